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
    /// From 1, in Unicode code points; a byte that is not UTF-8 counts as one, a byte-order mark of the file not at
    /// all.
    std::uint32_t column = 1;
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
    std::string path; ///< From the report's root, absolute when it is not under it.
    std::string rule;
    rules::Severity severity = rules::Severity::Error;
    std::string message;
    Span span;
    std::vector<Place> related;
    SourceLine line; ///< Where the finding starts; without byte-order mark.
};

/// Something that could not be read, so that claims are withheld.
struct Opening {
    std::string path; ///< As Finding::path.
    std::uint32_t line = 0; ///< From 1; 0: it concerns the file or folder as a whole.
    std::string why;
    std::string cure = {}; ///< The key of [tool.nuages] that makes up for it; empty: the line itself has to change.
    std::uint32_t claims = 0; ///< How many are withheld, be it for other reasons as well.
    std::uint32_t templates = 0; ///< In how many templates.

    friend auto operator<=>(const Opening &, const Opening &) = default;
};

/// What was learnt of one project as a whole.
struct ProjectReport {
    std::string root; ///< Absolute.
    std::optional<std::string> django; ///< Version of the Django that was read; none: not found.
    std::optional<std::string> settings; ///< Dotted name of the settings module; none: package mode.
    std::vector<std::string> environment; ///< Absolute folders of installed packages, in the order of the Python path.
    std::optional<std::string> environmentFoundBy; ///< For people: "VIRTUAL_ENV", "the configuration".
    std::size_t templates = 0; ///< How many were checked.
    std::vector<Opening> open; ///< Sorted, each once.
};

/// What `nuages check` found. The formats are pure functions of it, so one run prints the same in each.
struct Report {
    std::string root; ///< Absolute folder from which paths start.
    std::string repository; ///< The nearest folder at or above the root that is a repository; else the root.
    std::vector<ProjectReport> projects; ///< Sorted by root.
    std::vector<std::string> templates; ///< The paths of those that were checked, sorted.
    std::vector<Finding> findings; ///< Sorted by path, then as rules::shownBefore().
};

enum class Colours : std::uint8_t { Off, On };

/// One line a finding, "path:line:column: severity rule: message", then "N problems in T templates".
std::string concise(const Report &report, Colours colours = Colours::Off);

/// Each finding with its source line, a caret line under it, its related places and its page; then the same last line.
std::string full(const Report &report, Colours colours = Colours::Off);

/// One JSON object and a line feed; its members are those of the command line contract (app/README.md).
std::string json(const Report &report);

/// Commands of a GitHub workflow, one a finding, each of which makes an annotation of the line.
std::string github(const Report &report);

/// The JSON of GitLab's code quality.
std::string gitlab(const Report &report);

/// A test suite of JUnit's XML: a template is a test, its findings are failures of it.
std::string junit(const Report &report);

/// SARIF 2.1.0 (OASIS), one run.
std::string sarif(const Report &report);

/// "1 problem in 12 templates": the last line of the two formats for people, without line feed.
std::string summary(const Report &report);

/// "file:line: why", or "folder: why".
std::string shown(const Opening &opening);

/// What the opening costs, and what mends that: "withholds 3 claims in 2 templates; …".
std::string costOf(const Opening &opening);

/// A path of the report as a program on a server wants it: from the repository.
std::string fromRepository(const Report &report, const std::string &path);

/// For each finding 32 hexadecimal digits that stay while other lines come and go: made of path, rule, message and the
/// line's text, and of how many equal ones stand before it.
std::vector<std::string> fingerprints(const Report &report);

} // namespace nuages::app
