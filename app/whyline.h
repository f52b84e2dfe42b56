#pragma once

#include "app/formats/report.h"

#include "engine/trace/store.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::app {

/// A line of a template, as the command line and the output of `check` name it.
struct TemplateLine {
    std::string path;
    std::uint32_t number = 1; ///< From 1, after the edit.

    /// "a.html:3:4: error…" is line 3 of a.html; nullopt for what names no line.
    static std::optional<TemplateLine> of(const std::string &subject);
};

/// The line of this number without its end; nullopt if there are fewer.
std::optional<std::string_view> lineOf(std::string_view text, std::uint32_t number);

/// What `diagnostics` asked because of the line, itself or through the structure and the scope of the template: the
/// queries read whose key, or a part of it, stands there as a word, such as FindTemplate(base.html) for an extends.
/// Rising.
std::vector<trace::NodeId> queriesOfLine(const trace::Store &store, trace::NodeId diagnostics, std::string_view line);

/// How the findings of two checks differ.
struct ChangedFindings {
    std::vector<const Finding *> gone; ///< Of the first check.
    std::vector<const Finding *> fresh; ///< Of the second.
};

/// A finding is the same if path, rule, message and text of the line are: lines move in an edit.
ChangedFindings changedFindings(const Report &before, const Report &after);

/// "Of the findings 1 is new, 2 are gone:" and a line for each, of each kind `most` at most; or that none changed.
std::string textOf(const ChangedFindings &changed, std::size_t most);

/// One line for each finding on a source line like this one of the file `path`: it is new, as before, or gone.
std::string findingsOfLine(const Report &before, const Report &after, std::string_view path, std::string_view line);

} // namespace nuages::app
