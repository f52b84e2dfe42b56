#pragma once

#include "engine/project/discovery/configuration.h"
#include "engine/query/sendable.h"
#include "engine/rules/diagnostic.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::rules {

/// Which findings count, and how much they weigh, as the command line, an editor or the configuration has it. Names of
/// rules as in allRules(); see unknownRule() for what is none.
struct RuleSelection {
    std::vector<std::string> select = {}; ///< The only rules that count; empty: every one.
    std::vector<std::string> ignore = {}; ///< Do not count, also if they are selected.
    std::map<std::string, std::vector<std::string>> perFileIgnores = {}; ///< Likewise in files, by pattern.
    std::map<std::string, Severity> severity = {}; ///< In the place of the rule's own.

    friend bool operator==(const RuleSelection &, const RuleSelection &) = default;
};

/// The findings of the file `path` that count, in the same order.
///
/// A pattern of fnmatch(3) is held against the path and the folders above it; both are absolute, or both from the same
/// folder.
std::vector<Diagnostic> selected(std::vector<Diagnostic> findings, const RuleSelection &selection,
                                 const std::string &path);

/// What the configuration says about rules, without what problemsOf() names.
RuleSelection selectionOf(const project::Configuration &configuration);

/// What the configuration says about rules that are none, and severities that are none; each a sentence.
std::vector<std::string> problemsOf(const project::Configuration &configuration);

/// Why `name` cannot be selected or ignored: "no rule is called 'unclosed', did you mean 'unclosed-tag'?"; nullopt for
/// a rule.
std::optional<std::string> unknownRule(std::string_view name);

/// The severity that the word of word() stands for.
std::optional<Severity> severityCalled(std::string_view word);

} // namespace nuages::rules

template <>
inline constexpr bool nuages::query::enableSendable<nuages::rules::RuleSelection> = true;
