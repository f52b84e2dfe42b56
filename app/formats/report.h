#pragma once

#include "engine/rules/diagnostic.h"
#include "engine/source/range.h"
#include "engine/source/text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::app {

/// A place as people and editors count it.
struct Position {
    std::uint32_t line = 1; ///< From 1.
    std::uint32_t column = 1; ///< From 1, in Unicode code points; a byte that is not UTF-8 counts as one.
    std::uint32_t offset = 0; ///< From 0, in bytes of the file as it is on the disk.
};

struct Span {
    Position start;
    Position end; ///< One past the last.
};

/// Another place that belongs to a finding.
struct Place {
    std::string path;
    Span span;
    std::string message;
};

/// A line of a template. Shares the template's text, as thousands of findings may stand in one long line.
struct SourceLine {
    source::Text text;
    source::Range range; ///< Without the line feed.

    std::string_view view() const { return text.view().substr(range.begin, range.size()); }
};

/// One finding, ready to print.
struct Finding {
    std::string path; ///< Relative to the project, absolute when it is not under it.
    std::string rule;
    rules::Severity severity = rules::Severity::Error;
    std::string message;
    Span span;
    std::vector<Place> related;
    SourceLine line; ///< Where the finding starts.
};

/// What `nuages check` found. The formats are pure functions of it, so one run prints the same in each.
struct Report {
    std::string project; ///< Absolute.
    std::optional<std::string> django; ///< Version of the Django that was read; none: not found.
    std::optional<std::string> settings; ///< Dotted name of the settings module; none: package mode.
    std::size_t templates = 0; ///< How many were checked.
    std::vector<Finding> findings; ///< Sorted by path, then as rules::shownBefore().
    std::vector<std::string> open; ///< "file:line: why", or "folder: why"; sorted, each once.
};

/// One line a finding, "path:line:column: severity rule: message", then "N problems in T templates".
std::string concise(const Report &report);

/// Each finding with its source line, a caret line under it, its related places and its page; then the same last line.
std::string full(const Report &report);

/// One JSON object and a line feed; its members are those of the command line contract (app/README.md).
std::string json(const Report &report);

/// "1 problem in 12 templates": the last line of the two formats for people, without line feed.
std::string summary(const Report &report);

} // namespace nuages::app
