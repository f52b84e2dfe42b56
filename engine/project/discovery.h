#pragma once

#include "engine/source/filesystem.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nuages::project {

/// The nearest folder, from `path` upwards, that holds a manage.py or a pyproject.toml with a table [tool.nuages];
/// `path` itself (its folder, if it is a file) when there is none. `path` is absolute.
///
/// These functions run before there is a project, so they ask `files` and not a query.
std::string findProjectRoot(source::FileSystem &files, std::string_view path);

/// The folders of installed packages that the project at `root` sees: `given` if it names any, else those of the
/// virtual environment in `environment` (VIRTUAL_ENV), else of .venv, venv or env in the root, else the system's
/// dist-packages and site-packages. VIRTUAL_ENV stands back where it holds no Django and the next place does: a hook
/// of pre-commit runs in an environment of its own, which is not the project's.
///
/// Behind all of them stand the folders that their .pth files name by a plain path (editable installs). Only folders
/// that exist, each once.
std::vector<std::string> findSitePackages(source::FileSystem &files, std::string_view root,
                                          std::span<const std::string> given,
                                          std::span<const std::pair<std::string, std::string>> environment);

} // namespace nuages::project
