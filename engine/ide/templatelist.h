#pragma once

#include "engine/ide/origin.h"
#include "engine/project/project.h"

#include <string>
#include <string_view>
#include <vector>

namespace nuages::ide {

/// A name that `{% include %}` may use, and where its template is.
struct NamedTemplate {
    std::string name;
    std::string path; ///< Absolute; of several directories that have the name, the first.
    Origin origin = Origin::Own;

    friend bool operator==(const NamedTemplate &, const NamedTemplate &) = default;
};

/// Every template that the loaders can find, installed packages included: the project's own first, then by name.
///
/// Read from the listings of the template directories, so that only a file that comes or goes makes it run again.
struct TemplateList {
    static constexpr std::string_view about = "all names";

    static std::vector<NamedTemplate> run(query::Reader &db, project::Project project);
};

} // namespace nuages::ide
