#include "engine/ide/view.h"

#include "engine/source/queries.h"
#include "engine/template/queries.h"

#include <algorithm>

namespace nuages::ide {

namespace {

templates::TemplateSyntax syntaxOf(query::Reader &db, source::File file, const source::Text &text)
{
    if (db.get<source::SourceText>(file) == text)
        return db.get<templates::Template>(file);
    return templates::parse(text.view());
}

} // namespace

View::View(query::Reader &db, project::Project project, source::File file, const source::Text &text)
    : m_db(db), m_project(project), m_file(file), m_syntax(syntaxOf(db, file, text)),
      m_facts(templates::collectFacts(m_syntax)), m_scope(db, project, m_syntax, m_facts),
      m_structure(templates::buildStructure(m_syntax, m_scope))
{
}

std::optional<std::uint32_t> View::tokenAt(std::uint32_t offset) const
{
    const auto &tokens = m_syntax.tokens();
    const auto found =
        std::ranges::lower_bound(tokens, offset, {}, [](const templates::Token &t) { return t.range.end; });
    if (found == tokens.end())
        return std::nullopt;
    return static_cast<std::uint32_t>(found - tokens.begin());
}

std::vector<std::uint32_t> View::openTagsAt(std::uint32_t offset) const
{
    using Role = templates::Place::Role;
    const auto &tokens = m_syntax.tokens();
    const auto after =
        std::ranges::lower_bound(tokens, offset, {}, [](const templates::Token &token) { return token.range.begin; });
    std::vector<std::uint32_t> open;
    if (after == tokens.begin())
        return open;

    const auto before = static_cast<std::uint32_t>(after - tokens.begin() - 1);
    const templates::Place &place = m_structure.places[before];
    const templates::TagShape *shape = m_structure.shapeOf(before);
    const bool opens = place.role == Role::Tag && tokens[before].range.end <= offset && shape
        && shape->body != templates::TagShape::Body::None && shape->body != templates::TagShape::Body::Unknown;
    std::uint32_t at = opens ? before : place.parent;
    if (place.role == Role::Closer && tokens[before].range.end <= offset && at != templates::noToken)
        at = m_structure.places[at].parent;
    for (; at != templates::noToken; at = m_structure.places[at].parent)
        open.push_back(at);
    return open;
}

} // namespace nuages::ide
