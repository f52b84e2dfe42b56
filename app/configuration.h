#pragma once

#include "app/failure.h"

#include <boost/json/value.hpp>

#include <expected>
#include <string>
#include <vector>

namespace nuages::app {

/// The table [tool.nuages] of a project's pyproject.toml. Options of the command line and of an editor win over it.
struct Configuration {
    std::string settings; ///< Dotted name; empty: find it.
    std::vector<std::string> sitePackages; ///< Absolute. Empty: find them.
    std::vector<std::string> exclude; ///< Patterns of fnmatch(3), see isExcluded().
};

/// Reads the table of `root`/pyproject.toml. No file, or no table, gives the empty configuration; an unknown key
/// or a value of the wrong type is a failure that names the line, since a typing mistake would else be mute.
[[nodiscard]] std::expected<Configuration, Failure> readConfiguration(const std::string &root);

/// The same from an editor that opens `folder`: the initializationOptions of its first request, an object with members
/// `settings`, `sitePackages` (from `folder`) and `exclude`; null and absent members stand for nothing said. Likewise
/// strict, and the failure names the member.
[[nodiscard]] std::expected<Configuration, Failure> readOptions(const std::string &folder,
                                                                const boost::json::value &options);

/// Whether one of `patterns` matches `path` (relative to the root) or one of the folders that hold it.
bool isExcluded(const std::vector<std::string> &patterns, const std::string &path);

} // namespace nuages::app
