#pragma once

#include "engine/project/openreason.h"
#include "engine/project/project.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::project {

/// An installed application, resolved from its entry in INSTALLED_APPS.
struct App {
    std::string entry; ///< As the settings have it: a module or a dotted path to a class.
    std::string name; ///< Dotted module of the package.
    std::string label; ///< The AppConfig's, else the last part of the name.
    std::string directory; ///< Absolute; the AppConfig's `path` if it sets one that can be read.
    std::string config; ///< Dotted path of the AppConfig class; empty: Django's own.
    bool certain = true; ///< False if only some branch of the settings installs it.

    friend bool operator==(const App &, const App &) = default;
};

/// The installed applications in the order of INSTALLED_APPS, an entry of any branch included.
struct AppInventory {
    std::vector<App> apps;

    /// Why there may be applications that `apps` lacks; empty when the list is closed.
    std::vector<OpenReason> open;

    friend bool operator==(const AppInventory &, const AppInventory &) = default;
};

/// Resolves INSTALLED_APPS as AppConfig.create does, reading instead of importing: an entry that is a module takes
/// the one AppConfig of its `apps` module (or the one with `default = True`), any other entry names a class.
///
/// An entry that cannot be found opens the inventory: what that app would bring is not known. One that only a branch of
/// the settings adds does not, where Django itself is found: Django cannot start on that branch, so it is another that
/// runs here. In package mode (no settings) the packages of the root and those of the declared dependencies are the
/// apps, and the list is open. `apps` of [tool.nuages] adds applications and closes the list.
///
/// Source: django/apps/config.py, AppConfig.create, 4.2 to 6.1.
struct InstalledApps {
    static constexpr std::string_view about = "in their order";

    static AppInventory run(query::Reader &db, Project project);
};

} // namespace nuages::project
