#include "engine/rules/rule.h"

#include "engine/analysis/structure.h"
#include "engine/query/engine.h"
#include "engine/template/queries.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <array>
#include <format>

namespace nuages::rules {

namespace {

/// The tags of a template that are closed, by name.
class ClosedTags
{
public:
    explicit ClosedTags(const Subject &subject) : m_subject(subject)
    {
        const std::vector<templates::Place> &places = subject.structure.places;
        for (std::uint32_t token = 0; token < places.size(); ++token) {
            if (places[token].closer != templates::noToken)
                m_openers[commandOf(token)].push_back(token);
        }
    }

    /// Whether one of the same name stands between the tag `opener` and the token `end`. Either of the two may then be
    /// the one that lost its closer.
    bool holdsTwin(std::uint32_t opener, std::uint32_t end) const
    {
        const auto named = m_openers.find(commandOf(opener));
        if (named == m_openers.end())
            return false;
        const auto next = std::ranges::upper_bound(named->second, opener);
        return next != named->second.end() && *next < end;
    }

private:
    std::string_view commandOf(std::uint32_t token) const
    {
        return m_subject.syntax.command(m_subject.syntax.tokens()[token]);
    }

    const Subject &m_subject;
    boost::unordered_flat_map<std::string_view, std::vector<std::uint32_t>, query::SeededHash> m_openers; // rising
};

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

std::vector<std::uint32_t> unclosedOpeners(const Subject &subject)
{
    using Kind = templates::StructureProblem::Kind;
    std::vector<std::uint32_t> unclosed;
    if (subject.structure.problems.empty())
        return unclosed;
    const ClosedTags closed(subject);
    for (const templates::StructureProblem &problem : subject.structure.problems) {
        const templates::Place &place = subject.structure.places[problem.token];
        const bool closesAnother = problem.kind == Kind::Unmatched && place.role == templates::Place::Role::Closer
            && place.parent != problem.opener;
        if (problem.kind == Kind::Unclosed)
            unclosed.push_back(problem.token);
        else if (closesAnother && !closed.holdsTwin(problem.opener, problem.token))
            unclosed.push_back(problem.opener);
        else
            unclosed.push_back(templates::noToken);
    }
    return unclosed;
}

std::span<const Rule *const> allRules()
{
    static constexpr std::array rules = {&emptyTag,       &missingPartial, &missingTemplate, &unclosedTag,
                                         &uninstalledApp, &unknownFilter,  &unknownLibrary,  &unknownTag,
                                         &unloadedFilter, &unloadedTag,    &unmatchedTag};
    return rules;
}

} // namespace nuages::rules
