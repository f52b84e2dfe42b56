#pragma once

#include "engine/query/engine.h"

#include <string>
#include <utility>
#include <vector>

namespace nuages::project {

/// What a project is, before anything of it is read: where to look, and the surroundings it is read in.
///
/// Set by app from the command line, the configuration and the process's environment; nothing below app reads any
/// of these itself. Paths are absolute and normal (no "..", no slash at the end).
struct ProjectData {
    std::string root; ///< Folder of manage.py or of [tool.nuages]; first on the Python path.
    std::vector<std::string> sitePackages; ///< In the order of the Python path, folders of .pth files included.
    std::string settingsModule; ///< Dotted; empty: found as `manage.py` would.
    std::vector<std::pair<std::string, std::string>> environment; ///< Name and value, sorted by name.

    friend bool operator==(const ProjectData &, const ProjectData &) = default;
};

/// There is but one, so a name need not say which.
inline std::string describe(const ProjectData &) { return {}; }

/// The project as an input: each field is tracked by itself, so that a change of the environment re-runs only what
/// read it.
using Project = query::Input<ProjectData, &ProjectData::root, &ProjectData::sitePackages, &ProjectData::settingsModule,
                             &ProjectData::environment>;

} // namespace nuages::project
