#pragma once

#include "engine/project/openreason.h"
#include "engine/project/project.h"

#include <string_view>
#include <vector>

namespace nuages::project {

/// The lines of applications that change TEMPLATES or the engine while Django starts: in `AppConfig.ready()` and the
/// functions of the same package that it calls, and at the top of `apps`, `models` and the package itself. What they
/// change is not followed, so builtins, libraries and loaders may be others than the settings say.
///
/// Django's own applications change nothing, and what django-template-partials changes is known.
struct TemplateChanges {
    static constexpr std::string_view about = "what apps change";

    static std::vector<OpenReason> run(query::Reader &db, Project project);
};

} // namespace nuages::project
