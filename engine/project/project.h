#pragma once

#include "engine/project/discovery/configuration.h"
#include "engine/query/engine.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nuages::project {

/// What is said from outside about the projects of one engine, before anything of them is read.
///
/// Set by app and by the server from the command line, the editor and the process's environment; nothing below them
/// reads any of these itself. Paths are absolute and normal (no "..", no slash at the end).
struct GivenData {
    static constexpr std::string_view about = "input";

    /// Where work begins, folders or files; at least one. The queries about the project of the first bear no name.
    std::vector<std::string> folders;

    std::string root = {}; ///< Of the project that every path belongs to; empty: each path's root is found.
    Configuration options = {}; ///< Wins over the pyproject.toml of each project.
    std::vector<std::pair<std::string, std::string>> variables = {}; ///< Of the environment, sorted by name.

    friend bool operator==(const GivenData &, const GivenData &) = default;
};

/// There is but one, so a name need not say which.
inline std::string describe(const GivenData &) { return {}; }

/// Each field is tracked by itself, so that a change of the environment re-runs only what read it.
using Given =
    query::Input<GivenData, &GivenData::folders, &GivenData::root, &GivenData::options, &GivenData::variables>;

/// What tells projects apart.
struct ProjectKey {
    std::string root; ///< Folder of manage.py or of [tool.nuages]; first on the Python path.
    std::string shown; ///< How events and cycles name it; empty for the first project.
    Given given;

    friend bool operator==(const ProjectKey &, const ProjectKey &) = default;
};

inline std::string describe(const ProjectKey &key) { return key.shown; }

inline std::size_t hashValue(const ProjectKey &key)
{
    return query::detail::joinHash(query::detail::hashKey(key.root), query::detail::hashKey(key.given));
}

/// A project: a root, and what is given. All else about it are queries; see engine/project/discovery for the first.
using Project = query::Interned<ProjectKey>;

/// The absolute path of the project's root.
inline const std::string &rootOf(query::Reader &db, Project project) { return db.value(project).root; }

} // namespace nuages::project
