#include "engine/rules/missingnames.h"

#include "engine/analysis/names.h"
#include "engine/query/engine.h"
#include "engine/rules/phrases.h"
#include "engine/template/arguments.h"

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <format>
#include <functional>
#include <utility>

namespace nuages::rules {

namespace {

using Status = analysis::Scope::Status;

/// Most tokens have no filter, and cutting their expressions costs more than a look. A filter tag has one without a
/// bar.
bool mayUseFilters(const Subject &subject, std::uint32_t token)
{
    const templates::Token &t = subject.syntax.tokens()[token];
    if (t.kind != templates::Token::Kind::Variable && t.kind != templates::Token::Kind::Block)
        return false;
    if (subject.syntax.content(t).contains('|'))
        return true;
    const templates::TagShape *shape = subject.structure.shapeOf(token);
    return shape && shape->arguments == templates::TagShape::Arguments::Chain;
}

/// Of a token that may have been skipped nothing is claimed; but that much is withheld.
bool countsAs(Status status, const templates::Place &place) { return status == Status::Open || !place.doubtful; }

/// Calls `visit(token, name)` for every tag that the look-up answered with `status`.
template <class Visit>
void forEachTag(const Subject &subject, Status status, Visit visit)
{
    using Role = templates::Place::Role;
    const std::vector<templates::Place> &places = subject.structure.places;
    for (std::uint32_t token = 0; token < places.size(); ++token) {
        const templates::Place &place = places[token];
        if ((place.role == Role::Tag || place.role == Role::Unknown) && place.status == status
            && countsAs(status, place))
            visit(token, std::string(subject.syntax.command(subject.syntax.tokens()[token])));
    }
}

/// The same for filters: `visit(token, filter)`.
template <class Visit>
void forEachFilter(const Subject &subject, Status status, Visit visit)
{
    const std::vector<templates::Token> &tokens = subject.syntax.tokens();
    for (std::uint32_t token = 0; token < tokens.size(); ++token) {
        if (!countsAs(status, subject.structure.places[token]) || !mayUseFilters(subject, token))
            continue;
        for (const templates::Expression &expression : compiledExpressions(subject.syntax, subject.structure, token)) {
            for (const templates::FilterUse &filter : expression.filters) {
                if (subject.scope.findFilter(filter.name, filter.range.begin) == status)
                    visit(token, filter);
            }
        }
    }
}

/// Libraries that a tag names which does not exist, and which was probably meant to load them: `{% laod i18n %}`,
/// `{% i18n %}`, `{% loadi18n %}`. That the names of such a library are not loaded below is no mistake of its own.
class LostLoads
{
public:
    explicit LostLoads(const Subject &subject)
    {
        forEachTag(subject, Status::Unknown, [&](std::uint32_t token, const std::string &name) {
            const templates::Token &t = subject.syntax.tokens()[token];
            for (const templates::Bit &word : subject.syntax.words(t))
                m_lost.try_emplace(word.text, t.range.begin);
            if (name.starts_with("load"))
                m_lost.try_emplace(name.substr(4), t.range.begin);
        });
    }

    bool explain(const std::vector<std::string> &libraries, std::uint32_t position) const
    {
        return std::ranges::any_of(libraries, [&](const std::string &library) {
            const auto lost = m_lost.find(library);
            return lost != m_lost.end() && lost->second < position;
        });
    }

private:
    boost::unordered_flat_map<std::string, std::uint32_t, query::SeededHash, std::equal_to<>>
        m_lost; // with the first place
};

/// Leaves out what a lost load explains.
template <class Missing, class PositionOf>
std::vector<Missing> withoutConsequences(const Subject &subject, std::vector<Missing> missing, PositionOf positionOf)
{
    if (std::ranges::any_of(missing, [](const Missing &name) { return !name.libraries.empty(); })) {
        const LostLoads lost(subject);
        std::erase_if(missing, [&](const Missing &name) { return lost.explain(name.libraries, positionOf(name)); });
    }
    return missing;
}

} // namespace

std::vector<MissingTag> missingTags(const Subject &subject)
{
    std::vector<MissingTag> missing;
    forEachTag(subject, Status::Unknown, [&](std::uint32_t token, std::string name) {
        MissingTag tag{token, std::move(name), {}};
        for (const analysis::TagProvider &provider :
             subject.db.get<analysis::TagProviders>(subject.project, tag.name)) {
            if (tag.libraries.empty() || tag.libraries.back() != provider.library)
                tag.libraries.push_back(provider.library);
        }
        missing.push_back(std::move(tag));
    });
    return withoutConsequences(subject, std::move(missing), [&subject](const MissingTag &tag) {
        return subject.syntax.tokens()[tag.token].range.begin;
    });
}

std::vector<MissingFilter> missingFilters(const Subject &subject)
{
    std::vector<MissingFilter> missing;
    forEachFilter(subject, Status::Unknown, [&](std::uint32_t token, const templates::FilterUse &filter) {
        missing.push_back({token, filter.range, filter.name,
                           subject.db.get<analysis::FilterProviders>(subject.project, filter.name)});
    });
    return withoutConsequences(subject, std::move(missing),
                               [](const MissingFilter &filter) { return filter.range.begin; });
}

std::vector<OpenName> openNames(const Subject &subject)
{
    std::vector<OpenName> names;
    if (!subject.scope.isOpen())
        return names;
    forEachTag(subject, Status::Open, [&](std::uint32_t token, std::string name) {
        names.push_back({std::move(name), subject.syntax.tokens()[token].range.begin});
    });
    forEachFilter(subject, Status::Open, [&](std::uint32_t, const templates::FilterUse &filter) {
        names.push_back({filter.name, filter.range.begin});
    });
    return names;
}

std::vector<Related> blamedOpener(const Subject &subject, std::uint32_t token)
{
    const templates::Place &place = subject.structure.places[token];
    if (place.role != templates::Place::Role::Middle || place.parent == templates::noToken)
        return {};
    return {openerOf(subject, place.parent)};
}

std::string loadAdvice(const std::vector<std::string> &libraries)
{
    return std::format("load {}", quotedChoice(libraries));
}

} // namespace nuages::rules
