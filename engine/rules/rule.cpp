#include "engine/rules/rule.h"

#include "engine/analysis/structure.h"
#include "engine/query/engine.h"
#include "engine/template/queries.h"

#include <array>
#include <format>

namespace nuages::rules {

namespace {

/// Whether a closed tag of the same name stands between the tag `opener` and the token `end`. Either of the two may
/// then be the one that lost its closer.
bool holdsTwin(const Subject &subject, std::uint32_t opener, std::uint32_t end)
{
    const auto command = [&subject](std::uint32_t token) {
        return subject.syntax.command(subject.syntax.tokens()[token]);
    };
    for (std::uint32_t token = opener + 1; token < end; ++token) {
        if (subject.structure.places[token].closer != templates::noToken && command(token) == command(opener))
            return true;
    }
    return false;
}

} // namespace

Subject Subject::of(query::Reader &db, project::Project project, source::File file, const analysis::Scope &scope)
{
    return {db,
            project,
            file,
            db.get<templates::Template>(file),
            db.get<templates::Facts>(file),
            db.get<analysis::TemplateStructure>(project, file),
            scope};
}

void Findings::add(source::Range range, std::string message, std::vector<Related> related)
{
    m_all.push_back({std::string(m_rule.name), m_rule.severity, std::move(message), range, std::move(related)});
}

Related placeIn(const Subject &subject, std::uint32_t token, std::string message)
{
    return {subject.db.read<&source::FileData::path>(subject.file),
            subject.syntax.commandRange(subject.syntax.tokens()[token]), std::move(message)};
}

Related openerOf(const Subject &subject, std::uint32_t token)
{
    const std::string_view command = subject.syntax.command(subject.syntax.tokens()[token]);
    return placeIn(subject, token, std::format("'{}' is opened here", command));
}

std::uint32_t unclosedOpener(const Subject &subject, const templates::StructureProblem &problem)
{
    using Kind = templates::StructureProblem::Kind;
    if (problem.kind == Kind::Unclosed)
        return problem.token;
    const templates::Place &place = subject.structure.places[problem.token];
    const bool closesAnother = problem.kind == Kind::Unmatched && place.role == templates::Place::Role::Closer
        && place.parent != problem.opener;
    if (!closesAnother || holdsTwin(subject, problem.opener, problem.token))
        return templates::noToken;
    return problem.opener;
}

std::span<const Rule *const> allRules()
{
    static constexpr std::array rules = {&missingTemplate, &unclosedTag,    &unknownFilter, &unknownLibrary,
                                         &unknownTag,      &unloadedFilter, &unloadedTag,   &unmatchedTag};
    return rules;
}

} // namespace nuages::rules
