#pragma once

#include "engine/ide/view.h"
#include "engine/project/libraries/libraries.h"
#include "engine/project/libraries/taglibrary.h"

#include <cstdint>
#include <map>
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

/// The registrations of a tag or filter in a library, loaded or not, the one that counts first; an empty name means the
/// builtins.
std::vector<Registration> registrationsIn(query::Reader &db, project::Project project, const std::string &library,
                                          project::RegistrationPlace::Kind kind, std::string_view name);

/// Those of the libraries that have the name, whether or not they are loaded, sorted by library.
std::vector<Registration> registrationsElsewhere(query::Reader &db, project::Project project,
                                                 project::RegistrationPlace::Kind kind, std::string_view name);

/// "shop.templatetags.shop_tags.price, library shop_tags"; the module alone if the function is not known, "built in"
/// for a builtin.
std::string describe(const Registration &registration);

/// What is behind a name in force.
struct NameInForce {
    std::string_view library; ///< Empty for a builtin.
    const project::TagFact *tag = nullptr; ///< Of a tag.
    const project::FilterFact *filter = nullptr; ///< Of a filter.
};

/// All tags or all filters in force at byte `position`. The views live as long as the view's reader.
std::map<std::string_view, NameInForce> namesInForce(const View &view, project::RegistrationPlace::Kind kind,
                                                     std::uint32_t position);

/// The docstring of the function that starts on `line` (from 1) of the Python file `path`, without its indentation;
/// empty if it has none.
std::string docstringAt(query::Reader &db, const std::string &path, std::uint32_t line);

} // namespace nuages::ide
