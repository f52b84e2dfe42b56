#pragma once

#include "app/failure.h"

#include "engine/project/project.h"
#include "engine/source/files.h"

#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace nuages::app {

/// What the command line says about where things are; empty members are found by the engine.
struct Wanted {
    std::vector<std::string> paths;
    std::string stdinFilename; ///< Stands for the paths when there are none; need not exist.
    std::string project;
    std::string settings;
    std::vector<std::string> sitePackages;
    std::vector<std::string> select; ///< Rules, in the place of those that a configuration selects.
    std::vector<std::string> ignore; ///< Likewise.
};

/// The same, made absolute and normal, with what the process itself adds.
struct Environment {
    project::GivenData given;
    std::vector<std::string> paths; ///< What to check; empty: the projects' own templates.
};

/// Reads the variables of the process, and the disk to see that what is named is there.
[[nodiscard]] std::expected<Environment, Failure> findEnvironment(const Wanted &wanted);

/// The parts of the disk that change about as often: where work begins, then each folder of installed packages that is
/// named.
std::vector<source::Files::Root> rootsOf(const project::GivenData &given);

/// What a server starts from: the working folder, and the variables of the process.
project::GivenData surroundings();

/// `path` as an absolute normal path, without a slash at the end; relative ones start from the working folder.
std::string normalPath(const std::string &path);

} // namespace nuages::app
