#include "engine/rules/selection.h"

#include "engine/rules/closename.h"
#include "engine/rules/rule.h"

#include <algorithm>
#include <format>
#include <set>

namespace nuages::rules {

std::vector<Diagnostic> selected(std::vector<Diagnostic> findings, const RuleSelection &selection,
                                 const std::string &path)
{
    if (findings.empty())
        return findings;
    std::set<std::string_view> ignored(selection.ignore.begin(), selection.ignore.end());
    for (const auto &[pattern, rules] : selection.perFileIgnores) {
        if (project::isExcluded({pattern}, path))
            ignored.insert(rules.begin(), rules.end());
    }
    std::erase_if(findings, [&](const Diagnostic &finding) {
        const bool isSelected = selection.select.empty() || std::ranges::contains(selection.select, finding.rule);
        return !isSelected || ignored.contains(finding.rule);
    });
    for (Diagnostic &finding : findings) {
        const auto severity = selection.severity.find(finding.rule);
        if (severity != selection.severity.end())
            finding.severity = severity->second;
    }
    return findings;
}

RuleSelection selectionOf(const project::Configuration &configuration)
{
    RuleSelection selection{configuration.select, configuration.ignore, configuration.perFileIgnores, {}};
    for (const auto &[rule, word] : configuration.severity) {
        if (const auto severity = severityCalled(word))
            selection.severity.emplace(rule, *severity);
    }
    return selection;
}

std::vector<std::string> problemsOf(const project::Configuration &configuration)
{
    std::vector<std::string> problems;
    const auto name = [&problems](std::string_view key, const std::string &rule) {
        if (const auto problem = unknownRule(rule))
            problems.push_back(std::format("tool.nuages.{}: {}", key, *problem));
    };
    for (const std::string &rule : configuration.select)
        name("select", rule);
    for (const std::string &rule : configuration.ignore)
        name("ignore", rule);
    for (const auto &[pattern, rules] : configuration.perFileIgnores) {
        for (const std::string &rule : rules)
            name("per-file-ignores", rule);
    }
    for (const auto &[rule, word] : configuration.severity) {
        name("severity", rule);
        if (!severityCalled(word)) {
            problems.push_back(
                std::format("tool.nuages.severity: '{}' is none of error, warning, information, hint", word));
        }
    }
    return problems;
}

std::optional<std::string> unknownRule(std::string_view name)
{
    std::vector<std::string_view> names;
    for (const Rule *rule : allRules())
        names.push_back(rule->name);
    if (std::ranges::contains(names, name))
        return std::nullopt;
    const std::optional<std::string> close = closeName(name, names);
    return std::format("no rule is called '{}'{}", name, close ? didYouMean(close) : "; 'nuages rule' lists them");
}

std::optional<Severity> severityCalled(std::string_view word)
{
    for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Information, Severity::Hint}) {
        if (rules::word(severity) == word)
            return severity;
    }
    return std::nullopt;
}

} // namespace nuages::rules
