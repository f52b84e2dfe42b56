#pragma once

#include "engine/project/project.h"
#include "engine/source/file.h"

#include <string>
#include <string_view>

namespace nuages::rules {

/// The application whose template a file is, if that is surely not installed, dotted; empty for every other file. Its
/// libraries and templates are then unknown to Django, so that nothing else is worth saying about what the file loads,
/// includes and uses.
struct UninstalledApp {
    static constexpr std::string_view about = "is its app missing";

    static std::string run(query::Reader &db, project::Project project, source::File file);
};

} // namespace nuages::rules
