#pragma once

#include "engine/project/project.h"
#include "engine/rules/diagnostic.h"
#include "engine/source/file.h"

#include <string_view>
#include <vector>

namespace nuages::rules {

/// What every rule finds in one template, sorted by shownBefore(), without what an ignore comment silences.
///
/// Depends on the template's own text, on the libraries that it loads and on the names that it mentions, and on
/// nothing else of the project. A file that is not there has no findings.
struct Diagnostics {
    static constexpr std::string_view about = "what the editor sees";

    static std::vector<Diagnostic> run(query::Reader &db, project::Project project, source::File file);
};

} // namespace nuages::rules
