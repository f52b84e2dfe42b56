#pragma once

#include "engine/project/openreason.h"
#include "engine/project/project.h"
#include "engine/source/file.h"

#include <string>
#include <string_view>
#include <vector>

namespace nuages::project {

/// A Python module that should export `register`.
struct LibraryModule {
    std::string module; ///< Dotted.
    source::File file;

    friend bool operator==(const LibraryModule &, const LibraryModule &) = default;
};

/// What `{% load name %}` may load. Nearly always one module; several when engines or branches of the settings
/// differ. A name or filter of any of them is known.
struct Library {
    std::string name;
    std::vector<LibraryModule> modules; ///< In the order of the engines, without doubles.

    friend bool operator==(const Library &, const Library &) = default;
};

/// The libraries of the project's Django engines, each fact with its own openness.
struct LibraryInventory {
    std::vector<Library> libraries; ///< Sorted by name.

    /// Loaded without `{% load %}`: Django's three, then OPTIONS["builtins"]. A later one overrides an earlier.
    std::vector<LibraryModule> builtins;

    std::vector<OpenReason> open; ///< Why a name that `libraries` lacks may exist.

    /// Why a name that `libraries` has may stand for another module: TEMPLATES cannot be read. An application that is
    /// not seen is no such reason, nor a variable that is not set (docs/decisions/0010, 0011).
    std::vector<OpenReason> replacedOpen;
    std::vector<OpenReason> builtinsOpen; ///< Why there may be more builtins; by the same rule.

    /// The library called `name`, or null.
    const Library *find(std::string_view name) const;

    friend bool operator==(const LibraryInventory &, const LibraryInventory &) = default;
};

/// Finds the libraries as Django does: every module under `templatetags` of django and of each app that has a
/// `register`, a later app overriding an earlier; then OPTIONS["libraries"]. `libraries` of [tool.nuages] adds some,
/// and closes the list of names.
///
/// A module of `templatetags` whose `register` cannot be seen but may exist is listed too.
///
/// Source: django/template/backends/django.py, get_template_tag_modules; django/template/engine.py.
struct Libraries {
    static constexpr std::string_view about = "what can be loaded";

    static LibraryInventory run(query::Reader &db, Project project);
};

} // namespace nuages::project
