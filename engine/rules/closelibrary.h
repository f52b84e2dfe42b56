#pragma once

#include "engine/project/project.h"

#include <optional>
#include <string>

namespace nuages::rules {

/// The one library that is probably meant by a name that no library has; see closeName().
struct CloseLibrary {
    static std::optional<std::string> run(query::Reader &db, project::Project project, std::string name);
};

} // namespace nuages::rules
