#pragma once

#include "engine/project/project.h"
#include "engine/project/settings/settings.h"

#include <optional>
#include <string>
#include <string_view>

namespace nuages::project {

/// Whether "card.html#row" names the part `row` of the template card.html, or a template as a whole.
///
/// Django's engine cuts such names from 6.0 on where it is asked for a template, as `include` does; `extends` asks the
/// loaders, to whom a name is a name. Before, and for both tags, the loader of django-template-partials cuts them; its
/// application puts that loader into the settings unless SimpleAppConfig is installed.
///
/// Source: Engine.get_template of django/template/engine.py, 6.0; template_partials/apps.py and loader.py, 25.3.
struct PartNames {
    Answer inIncludes = Answer::No;
    Answer inExtends = Answer::No;

    friend bool operator==(const PartNames &, const PartNames &) = default;
};

struct FindPartNames {
    static constexpr std::string_view about = "parts of a template";

    static PartNames run(query::Reader &db, Project project);
};

/// A template's name cut at its first "#".
struct PartName {
    std::string name; ///< Of the template.
    std::string part; ///< Empty: the whole of it.
};

/// nullopt if there is no "#".
std::optional<PartName> cutPartName(std::string_view name);

} // namespace nuages::project
