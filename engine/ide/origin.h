#pragma once

#include "engine/project/project.h"

#include <cstdint>
#include <string_view>

namespace nuages::ide {

/// Whose a file is, the likeliest to be meant first.
enum class Origin : std::uint8_t { Own, Installed, Contrib };

/// Whose the file at an absolute path is: the project's, of something installed, or of Django's own applications, which
/// a person hardly ever names.
Origin originOf(query::Reader &db, project::Project project, std::string_view path);

} // namespace nuages::ide
