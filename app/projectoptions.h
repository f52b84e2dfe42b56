#pragma once

#include "app/environment.h"

#include <CLI/CLI.hpp>

#include <string_view>

namespace nuages::app {

/// The options that say where a project is and what it is read with. `foundFrom` names what the root is found from
/// otherwise. `wanted` outlives the parse.
void addProjectOptions(CLI::App &command, Wanted &wanted, std::string_view foundFrom);

} // namespace nuages::app
