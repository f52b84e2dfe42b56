#pragma once

#include "engine/project/apps/installedapps.h"
#include "engine/project/openreason.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::project {

/// The names of the distributions that a package declares as its own dependencies, in the order written: those of
/// [project] in pyproject.toml, install_requires in setup.cfg. Without versions, extras and markers.
struct DeclaredDependencies {
    static constexpr std::string_view about = "of the package";

    static std::vector<std::string> run(query::Reader &db, Project project);
};

/// Why a project without settings is no reusable package: it has a manage.py, whose settings were not found. At the
/// line that names them. Nullopt if it has none.
std::optional<OpenReason> unreadManage(query::Reader &db, Project project);

/// The applications of a reusable package, which has no settings: every Python package below the root, or of a
/// declared dependency, that has a `templates` or `templatetags` folder; and Django's own applications.
///
/// Always open, as the projects that will use the package install others too.
struct PackageApps {
    static constexpr std::string_view about = "of the package";

    static AppInventory run(query::Reader &db, Project project);
};

} // namespace nuages::project
