#pragma once

#include "engine/project/project.h"
#include "engine/source/file.h"

#include <string>
#include <string_view>
#include <vector>

namespace nuages::analysis {

/// The templates that a template extends, its parent first, as far as the names are constant and found. A circle ends
/// where it closes.
///
/// `name` is what the template extends, as it is written; `file` is the template itself, for relative names.
struct Ancestry {
    static constexpr std::string_view about = "extends chain";

    static std::vector<source::File> run(query::Reader &db, project::Project project, source::File file,
                                         std::string name);
};

/// The templates that `written`, in an include or extends of `file`, may stand for: the first that the loaders would
/// take, for each name that the file itself has if `written` is relative.
std::vector<source::File> filesOf(query::Reader &db, project::Project project, source::File file,
                                  const std::string &written);

} // namespace nuages::analysis
