#include "engine/ide/view.h"

#include "engine/analysis/structure.h"
#include "engine/query/engine.h"
#include "engine/source/queries.h"
#include "engine/template/queries.h"

#include <algorithm>

namespace nuages::ide {

std::optional<View::Parts> View::partsUnlessKnown(query::Reader &db, project::Project project, source::File file,
                                                  const source::Text &text)
{
    if (db.get<source::SourceText>(file) == text)
        return std::nullopt;
    Parts parts;
    parts.syntax = templates::parse(text.view());
    parts.facts = templates::collectFacts(parts.syntax);
    parts.layers = analysis::layersOf(db, project, parts.facts);
    parts.structure = templates::buildStructure(parts.syntax, analysis::Scope(db, project, parts.layers, parts.syntax));
    return parts;
}

View::View(query::Reader &db, project::Project project, source::File file, const source::Text &text)
    : m_db(db), m_project(project), m_file(file), m_own(partsUnlessKnown(db, project, file, text)),
      m_syntax(m_own ? m_own->syntax : db.get<templates::Template>(file)),
      m_facts(m_own ? m_own->facts : db.get<templates::Facts>(file)),
      m_structure(m_own ? m_own->structure : db.get<analysis::TemplateStructure>(project, file)),
      m_scope(db, project, m_own ? m_own->layers : db.get<analysis::Layers>(project, file), m_syntax)
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
