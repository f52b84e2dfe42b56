#pragma once

#include "engine/project/project.h"

#include <string>
#include <vector>

namespace nuages::ide {

/// A name that `{% include %}` may use, and where its template is.
struct NamedTemplate {
    std::string name;
    std::string path; ///< Absolute; of several directories that have the name, the first.

    friend auto operator<=>(const NamedTemplate &, const NamedTemplate &) = default;
};

/// Every template that the loaders can find, installed packages included, sorted by name.
///
/// Read from the listings of the template directories, so that only a file that comes or goes makes it run again.
struct TemplateList {
    static std::vector<NamedTemplate> run(query::Reader &db, project::Project project);
};

} // namespace nuages::ide
