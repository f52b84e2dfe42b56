#include "engine/rules/rule.h"

#include <format>
#include <ranges>

namespace nuages::rules {

namespace {

void checkUnclosed(const Subject &subject, Findings &found)
{
    const templates::TemplateSyntax &syntax = subject.syntax;
    for (const auto &[problem, unclosed] : std::views::zip(subject.structure.problems, unclosedOpeners(subject))) {
        if (unclosed == templates::noToken)
            continue;
        const templates::Token &opener = syntax.tokens()[unclosed];
        std::string message = std::format("'{}' is never closed", syntax.command(opener));
        if (!problem.expected.empty())
            message += std::format(", '{}' is missing", problem.expected.back());
        std::vector<Related> related;
        if (problem.token != unclosed) {
            const templates::Token &closer = syntax.tokens()[problem.token];
            related.push_back(
                placeIn(subject, problem.token,
                        std::format("'{}' comes first and closes a tag around it", syntax.command(closer))));
        }
        found.add(syntax.commandRange(opener), std::move(message), std::move(related));
    }
}

} // namespace

constinit const Rule unclosedTag{"unclosed-tag", Severity::Error, &checkUnclosed, Rule::Basis::Nesting};

} // namespace nuages::rules
