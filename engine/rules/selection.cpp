#include "engine/rules/selection.h"

#include "engine/rules/closename.h"
#include "engine/rules/rule.h"

#include <algorithm>
#include <format>
#include <set>

#include <fnmatch.h>

namespace nuages::rules {

namespace {

bool matches(const std::string &pattern, const std::string &path)
{
    std::size_t end = 0;
    do {
        end = path.find('/', end + 1);
        const std::string part = path.substr(0, end); // a folder of the path, at last the path itself
        if (fnmatch(pattern.c_str(), part.c_str(), 0) == 0)
            return true;
    } while (end != path.npos);
    return false;
}

} // namespace

std::vector<Diagnostic> selected(std::vector<Diagnostic> findings, const RuleSelection &selection,
                                 const std::string &path)
{
    if (findings.empty())
        return findings;
    std::set<std::string_view> ignored(selection.ignore.begin(), selection.ignore.end());
    for (const auto &[pattern, rules] : selection.perFileIgnores) {
        if (matches(pattern, path))
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
