#include "engine/rules/phrases.h"
#include "engine/rules/rule.h"

#include <format>
#include <ranges>

namespace nuages::rules {

namespace {

using templates::StructureProblem;

/// No tag is open around the token, or only one such as `extends`, which lasts to the end of the file.
bool waitsForNothing(const StructureProblem &problem)
{
    return problem.opener == templates::noToken
        || (problem.kind == StructureProblem::Kind::Unmatched && problem.expected.empty());
}

/// Why the token cannot stand where it is.
std::string whyNot(const templates::TemplateSyntax &syntax, const StructureProblem &problem)
{
    const templates::Token &token = syntax.tokens()[problem.token];
    if (waitsForNothing(problem))
        return std::format("{} has no opening tag", quoted(syntax.content(token)));
    const std::string_view opener = syntax.command(syntax.tokens()[problem.opener]);
    if (problem.kind != StructureProblem::Kind::Inside)
        return std::format("{} does not belong to the open '{}', which waits for {}", quoted(syntax.content(token)),
                           opener, quotedChoice(problem.expected));
    if (token.kind == templates::Token::Kind::Comment)
        return std::format("A comment cannot stand inside '{}'", opener);
    if (token.content.isEmpty())
        return std::format("An empty tag cannot stand inside '{}'", opener);
    return std::format("{} cannot stand inside '{}'", quoted(syntax.command(token)), opener);
}

void checkUnmatched(const Subject &subject, Findings &found)
{
    using Kind = StructureProblem::Kind;
    for (const auto &[problem, unclosed] : std::views::zip(subject.structure.problems, unclosedOpeners(subject))) {
        if (problem.kind != Kind::Unmatched && problem.kind != Kind::Malformed && problem.kind != Kind::Inside)
            continue;
        if (unclosed != templates::noToken)
            continue;
        const templates::Token &token = subject.syntax.tokens()[problem.token];
        std::vector<Related> related;
        if (!waitsForNothing(problem))
            related.push_back(openerOf(subject, problem.opener));
        const bool hasCommand = token.kind == templates::Token::Kind::Block && !token.content.isEmpty();
        found.add(hasCommand ? subject.syntax.commandRange(token) : token.range, whyNot(subject.syntax, problem),
                  std::move(related));
    }
}

} // namespace

constinit const Rule unmatchedTag{"unmatched-tag", Severity::Error, &checkUnmatched, Rule::Basis::Nesting};

} // namespace nuages::rules
