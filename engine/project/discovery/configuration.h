#pragma once

#include "engine/query/handle.h"
#include "engine/source/file.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::project {

struct ProjectKey;

/// A mistake in the configuration.
struct ConfigurationProblem {
    std::string file; ///< Absolute; empty if it came from outside of any file.
    std::uint32_t line = 0; ///< From 1; 0: none.
    std::string what; ///< A sentence without full stop, "unknown key tool.nuages.setings (known: …)".

    friend bool operator==(const ConfigurationProblem &, const ConfigurationProblem &) = default;
};

/// What people say about a project: the table [tool.nuages] of pyproject.toml, with the names of its keys in brackets,
/// or the same from an editor or the command line.
struct Configuration {
    std::string settings; ///< [settings] Dotted name; empty: find it.
    std::vector<std::string> sitePackages; ///< [site-packages] Absolute. Empty: find them.
    std::vector<std::string> exclude; ///< [exclude] Patterns as isExcluded() takes them.
    std::map<std::string, std::string> env; ///< [env] Variables that count as set, though the process's own win.
    std::vector<std::string> apps; ///< [apps] Installed as well, and then the list of applications is whole.
    std::map<std::string, std::string> libraries; ///< [libraries] Name and module; then the list is whole.
    std::vector<std::string> select; ///< [select] The only rules that count; empty: all.
    std::vector<std::string> ignore; ///< [ignore] Rules that do not count.
    std::map<std::string, std::string> severity; ///< [severity] By rule: error, warning, information or hint.
    std::map<std::string, std::vector<std::string>> perFileIgnores; ///< [per-file-ignores] By pattern, likewise.
    bool hasApps = false; ///< `apps` is given, be it empty.
    bool hasLibraries = false; ///< Likewise.
    std::vector<ConfigurationProblem> problems; ///< What was left out of the above, in the order of the file.

    friend bool operator==(const Configuration &, const Configuration &) = default;
};

/// The table of a pyproject.toml; nullopt if the file is not there or has no such table. A table in a file that is no
/// TOML gives a configuration that says nothing but the problem. An unknown key and a value of the wrong type are
/// problems too, since a typing mistake would else be mute; the rest of the table holds.
struct ConfigurationFile {
    static constexpr std::string_view about = "[tool.nuages]";

    static std::optional<Configuration> run(query::Reader &db, source::File file);
};

/// What holds for a project: GivenData::options, and for each key of which they say nothing, the table of the nearest
/// pyproject.toml beside manage.py, at the root or above that has one.
struct ProjectConfiguration {
    static constexpr std::string_view about = "what is configured";

    static Configuration run(query::Reader &db, query::Interned<ProjectKey> project);
};

/// `base`, but for each key of which `given` says something, what that says.
Configuration merged(const Configuration &given, Configuration base);

/// The form in which a Configuration keeps the pattern of fnmatch(3) that people wrote for paths from `folder`.
std::string patternFrom(std::string_view folder, std::string_view pattern);

/// Whether one of `patterns` (see patternFrom()) matches the absolute `path` or one of the folders that hold it.
bool isExcluded(const std::vector<std::string> &patterns, std::string_view path);

/// `path` from `folder`, "." for the folder itself; as it is when it does not lie under it. Both absolute and normal.
std::string pathFrom(std::string_view folder, std::string_view path);

} // namespace nuages::project
