#pragma once

#include "engine/project/project.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::project {

/// Where the project's modules are looked for, as sys.path would have it: what the settings and manage.py add, the
/// root and its `src`, then site-packages. Absolute, each once.
struct SearchPath {
    static constexpr std::string_view about = "where imports look";

    static std::vector<std::string> run(query::Reader &db, Project project);
};

/// The dotted name under which `path` is imported ("shop.templatetags.shop_tags"; a package by its folder's name);
/// empty if it lies under no folder of `searchPath`. The innermost folder counts.
std::string moduleName(std::span<const std::string> searchPath, std::string_view path);

} // namespace nuages::project
