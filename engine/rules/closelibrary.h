#pragma once

#include "engine/project/project.h"

#include <optional>
#include <string>
#include <string_view>

namespace nuages::rules {

/// The one library that is probably meant by a name that no library has; see closeName().
struct CloseLibrary {
    static constexpr std::string_view about = "what was meant";

    static std::optional<std::string> run(query::Reader &db, project::Project project, std::string name);
};

} // namespace nuages::rules
