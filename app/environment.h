#pragma once

#include "app/configuration.h"
#include "app/failure.h"

#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace nuages::app {

/// What the command line says about where things are; empty members are found by findEnvironment().
struct Wanted {
    std::vector<std::string> paths;
    std::string stdinFilename; ///< Stands for the paths when there are none; need not exist.
    std::string project;
    std::string settings;
    std::vector<std::string> sitePackages;
};

/// Where everything is: absolute, normal, existing folders and files.
struct Environment {
    std::string root;
    std::string settings; ///< Dotted name; empty: the engine looks for it.
    std::vector<std::string> sitePackages;
    std::vector<std::pair<std::string, std::string>> variables; ///< Of the process, sorted by name.
    std::vector<std::string> paths; ///< What to check; empty: the project's own templates.
    Configuration configuration;
};

/// Finds the project's root, its configuration and its installed packages, as the command line contract has it
/// (app/README.md, "Where things are found"). Reads the disk and the variables of the process.
[[nodiscard]] std::expected<Environment, Failure> findEnvironment(const Wanted &wanted);

/// `path` as an absolute normal path, without a slash at the end; relative ones start from the working folder.
std::string normalPath(const std::string &path);

} // namespace nuages::app
