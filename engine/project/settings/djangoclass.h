#pragma once

#include "engine/python/surroundings.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::project {

/// What a class that settings name by its dotted path is made of.
struct DjangoClass {
    std::vector<std::string> bases; ///< Dotted names of the classes of Django's that it derives from, nearest first.
    std::vector<std::string> names; ///< What it, and each class between it and those, binds.
    std::string appFolder; ///< Its `app_dirname`, if it sets one.
};

/// Reads the class `dotted` and its bases; nullopt if there is no such class that could be read.
std::optional<DjangoClass> readClass(python::Surroundings &surroundings, std::string_view dotted);

} // namespace nuages::project
