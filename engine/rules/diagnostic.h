#pragma once

#include "engine/source/range.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::rules {

/// How much a finding weighs, heaviest first, as in LSP.
enum class Severity : std::uint8_t { Error, Warning, Information, Hint };

/// The word of a severity in every output: "error", "warning", "information" or "hint".
std::string_view word(Severity severity);

/// Another place that explains a finding, such as the tag that is still open.
struct Related {
    std::string path; ///< Absolute.
    source::Range range;
    std::string message; ///< One sentence without the final full stop.

    friend bool operator==(const Related &, const Related &) = default;
};

/// One finding in one template.
///
/// A plain value: it names no file of its own, because the query that returns it has the file as its key.
struct Diagnostic {
    std::string rule; ///< The stable kebab-case name; its page is resources/rules/NAME.md.
    Severity severity = Severity::Error;
    std::string message; ///< One sentence without the final full stop.
    source::Range range; ///< Bytes of the file's text. Never empty.
    std::vector<Related> related;

    friend bool operator==(const Diagnostic &, const Diagnostic &) = default;
};

inline std::string describe(const Diagnostic &diagnostic) { return diagnostic.rule + ": " + diagnostic.message; }

/// The order in which findings of one file are shown: by place, then by rule, then by message.
bool shownBefore(const Diagnostic &left, const Diagnostic &right);

} // namespace nuages::rules
