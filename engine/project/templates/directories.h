#pragma once

#include "engine/project/openreason.h"
#include "engine/project/project.h"

#include <string>
#include <vector>

namespace nuages::project {

/// The directories in which the loaders of the project's Django engines look, in their order, each once.
struct TemplateRoots {
    std::vector<std::string> directories; ///< Absolute; also those that do not exist.
    std::vector<OpenReason> open; ///< Why there may be more, or other sources of templates.

    friend bool operator==(const TemplateRoots &, const TemplateRoots &) = default;
};

/// DIRS, then the `templates` directory of each app, or what explicit loaders say; of several engines one after
/// the other.
struct TemplateDirectories {
    static TemplateRoots run(query::Reader &db, Project project);
};

/// The same of the project's Jinja2 engines, whose files are none of Django's: DIRS, then the `jinja2` directory of
/// each app.
struct JinjaDirectories {
    static TemplateRoots run(query::Reader &db, Project project);
};

} // namespace nuages::project
