#include "engine/rules/missingnames.h"

#include "engine/analysis/names.h"
#include "engine/query/engine.h"
#include "engine/rules/phrases.h"
#include "engine/template/arguments.h"

#include <format>

namespace nuages::rules {

std::vector<MissingTag> missingTags(const Subject &subject)
{
    using Role = templates::Place::Role;
    std::vector<MissingTag> missing;
    const std::vector<templates::Place> &places = subject.structure.places;
    for (std::uint32_t token = 0; token < places.size(); ++token) {
        const templates::Place &place = places[token];
        if ((place.role != Role::Tag && place.role != Role::Unknown) || place.status != analysis::Scope::Status::Unknown
            || place.doubtful)
            continue;
        const std::string name(subject.syntax.command(subject.syntax.tokens()[token]));
        MissingTag tag{token, name, {}};
        for (const analysis::TagProvider &provider : subject.db.get<analysis::TagProviders>(subject.project, name)) {
            if (tag.libraries.empty() || tag.libraries.back() != provider.library)
                tag.libraries.push_back(provider.library);
        }
        missing.push_back(std::move(tag));
    }
    return missing;
}

std::vector<MissingFilter> missingFilters(const Subject &subject)
{
    std::vector<MissingFilter> missing;
    const std::vector<templates::Token> &tokens = subject.syntax.tokens();
    for (std::uint32_t token = 0; token < tokens.size(); ++token) {
        using Kind = templates::Token::Kind;
        // Most tokens have no bar at all, and cutting their expressions costs more than the search.
        if ((tokens[token].kind != Kind::Variable && tokens[token].kind != Kind::Block)
            || !subject.syntax.content(tokens[token]).contains('|') || subject.structure.places[token].doubtful)
            continue;
        for (const templates::Expression &expression : compiledExpressions(subject.syntax, subject.structure, token)) {
            for (const templates::FilterUse &filter : expression.filters) {
                if (subject.scope.findFilter(filter.name, filter.range.begin) != analysis::Scope::Status::Unknown)
                    continue;
                missing.push_back({token, filter.range, filter.name,
                                   subject.db.get<analysis::FilterProviders>(subject.project, filter.name)});
            }
        }
    }
    return missing;
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
