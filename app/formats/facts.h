#pragma once

#include "app/formats/report.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace nuages::app {

/// Where a fact was read. Paths start from the project's root, or are absolute when they do not lie under it.
struct Source {
    std::string path;
    std::uint32_t line = 0; ///< From 1; 0: the file as a whole.
};

struct AppShown {
    std::string entry; ///< As the settings have it.
    std::string name;
    std::string label;
    std::string directory;
    std::string config; ///< Dotted path of its AppConfig; empty: Django's own.
    bool certain = true; ///< False if only some branch of the settings has it.
    std::optional<Source> source; ///< The line of the settings; none in package mode.
};

/// A word of the settings: a folder, a loader, a module.
struct SettingShown {
    std::string name; ///< Of a library; else empty.
    std::string value;
    Source source;
};

struct EngineShown {
    std::string name;
    std::string backend;
    bool certain = true;
    Source source;
    std::string appDirs; ///< "yes", "no" or "unknown".
    std::vector<SettingShown> dirs;
    std::vector<SettingShown> loaders;
    std::vector<SettingShown> libraries;
    std::vector<SettingShown> builtins;
};

/// A tag or filter, and the function that makes it.
struct Registered {
    std::string name;
    std::string module; ///< Empty if it could not be read.
    std::string function; ///< Likewise.
    std::optional<Source> source;
};

/// A module that registers tags and filters.
struct LibraryShown {
    std::string name; ///< For `{% load %}`; empty of a builtin.
    std::string module;
    Source source;
    std::vector<Registered> tags; ///< Sorted by name.
    std::vector<Registered> filters; ///< Likewise.
    std::vector<Opening> open; ///< Why it may register more.
};

/// Why a list may hold more than was read.
struct OpenList {
    std::string list; ///< "apps", "engines", "libraries", "builtins" or "templates".
    Opening reason;
};

/// What is known of a project, and how. The formats are pure functions of it.
struct Facts {
    std::string root; ///< Absolute.
    struct Settings {
        std::string module;
        std::optional<std::string> path; ///< None: there is no such module.
        std::string foundBy;
    };
    std::optional<Settings> settings; ///< None: package mode.
    struct Django {
        std::string version;
        std::string directory;
    };
    std::optional<Django> django;
    std::vector<std::string> packages; ///< Folders of installed packages, in order.
    std::string packagesFoundBy;
    std::vector<std::string> pythonPath;
    std::vector<AppShown> apps; ///< In the order of INSTALLED_APPS.
    std::vector<EngineShown> engines; ///< In the order of TEMPLATES.
    std::vector<std::string> templateFolders; ///< In the order in which Django looks.
    std::vector<LibraryShown> libraries; ///< Sorted by name.
    std::vector<LibraryShown> builtins; ///< A later one overrides an earlier.
    std::vector<OpenList> open; ///< Sorted by list, then by place.
};

/// For people: a paragraph for each kind of fact, a line for each fact, with the place where it was read; one project
/// after the other. Neither takes an empty list.
std::string factsAsText(std::span<const Facts> projects);

/// One JSON object and a line feed; its members are described in app/README.md.
std::string factsAsJson(std::span<const Facts> projects);

} // namespace nuages::app
