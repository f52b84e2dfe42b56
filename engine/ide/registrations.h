#pragma once

#include "engine/ide/view.h"
#include "engine/project/libraries/libraries.h"
#include "engine/project/libraries/taglibrary.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::ide {

/// Where a name in force comes from.
struct Registration {
    std::string library; ///< As loaded; empty for a builtin.
    project::LibraryModule module; ///< That registers it.
    std::string function; ///< Empty if unknown.
    std::string functionModule; ///< Dotted; empty if unknown.
    std::optional<project::RegistrationPlace> place; ///< Of the function.
};

/// The registrations of a tag or filter that may be in force at byte `position`, the likeliest first; empty if the name
/// is not known there.
std::vector<Registration> registrationsOf(const View &view, project::RegistrationPlace::Kind kind,
                                          std::string_view name, std::uint32_t position);

/// The docstring of the function that starts on `line` (from 1) of the Python file `path`, without its indentation;
/// empty if it has none.
std::string docstringAt(query::Reader &db, const std::string &path, std::uint32_t line);

} // namespace nuages::ide
