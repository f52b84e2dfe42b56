#pragma once

#include "engine/project/openreason.h"
#include "engine/project/project.h"
#include "engine/source/file.h"

#include <vector>

/// Why some claims are withheld. Each answer is sorted and names a reason once.
namespace nuages::rules {

/// What could not be read of the project as a whole: apps, libraries, builtins, template folders.
struct ProjectOpenness {
    static std::vector<project::OpenReason> run(query::Reader &db, project::Project project);
};

/// What could not be read of the libraries that one template loads. Empty for most.
struct TemplateOpenness {
    static std::vector<project::OpenReason> run(query::Reader &db, project::Project project, source::File file);
};

} // namespace nuages::rules
