#pragma once

#include "engine/project/project.h"
#include "engine/source/file.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::project {

/// The root of the project that owns a folder: the nearest one, from there upwards, that holds a manage.py or a
/// pyproject.toml with a table [tool.nuages]; nullopt when there is none. A folder with manage.py that is a package of
/// the settings which that, or the table beside it, names (`shop/manage.py` says "shop.settings") stands for the folder
/// above the package.
struct RootAbove {
    static constexpr std::string_view about = "whose project";

    static std::optional<std::string> run(query::Reader &db, source::File folder);
};

/// Where the manage.py of a root lies: the root, or the package below it that the root stands for.
struct ManageFolder {
    static constexpr std::string_view about = "where manage.py is";

    static std::string run(query::Reader &db, source::File root);
};

/// The roots of the projects in a folder and below, without those inside other projects; sorted. One that
/// links lead to counts once, by its own path if that is in the folder. Not looked into are
/// hidden folders, `node_modules`, virtual environments, and anything deeper than six levels.
struct RootsBelow {
    static constexpr std::string_view about = "projects of a folder";

    static std::vector<std::string> run(query::Reader &db, source::File folder);
};

/// The project that `path` (absolute, normal, need not exist) belongs to: that of GivenData::root, if there is one,
/// else of the root above; else that of the innermost of GivenData::folders around it, which is the only project below
/// that folder or the folder itself; else its own folder, in which little can be known.
Project projectOf(query::Reader &db, Given given, std::string_view path);

/// The project at a root.
Project projectAt(query::Reader &db, Given given, const std::string &root);

/// The folders of installed packages that a project sees.
struct InstalledPackages {
    std::vector<std::string> folders; ///< Absolute, in the order of the Python path, each once; all exist.
    std::string foundBy; ///< "the configuration", "VIRTUAL_ENV", "/p/.venv"; "the system" if there is no environment.
    bool isSystems = false; ///< They may be others than those that the project runs with.

    friend bool operator==(const InstalledPackages &, const InstalledPackages &) = default;
};

/// The first of these that has any: what the configuration names; the environment of VIRTUAL_ENV or CONDA_PREFIX;
/// UV_PROJECT_ENVIRONMENT; .venv, venv or env beside manage.py, in the root and in each folder above it; the one that
/// .pdm-python or
/// __pypackages__ names; those that Poetry, Pipenv and Hatch keep for a project of this name; the system's
/// dist-packages and site-packages. One without Django stands back where a later one has it: a hook of pre-commit runs
/// in an environment of its own, which is not the project's.
///
/// Behind all of them stand the folders that their .pth files name by a plain path (editable installs).
struct SitePackages {
    static constexpr std::string_view about = "where packages are";

    static InstalledPackages run(query::Reader &db, Project project);
};

/// The value of a variable of the environment: the process's, else what the configuration says.
std::optional<std::string> environmentVariable(query::Reader &db, Project project, std::string_view name);

} // namespace nuages::project
