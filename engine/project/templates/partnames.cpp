#include "engine/project/templates/partnames.h"

#include "engine/project/apps/installedapps.h"
#include "engine/project/django.h"

#include <algorithm>

namespace nuages::project {

namespace {

/// Whether a loader of django-template-partials is in force.
Answer hasPartialsLoader(query::Reader &db, Project project)
{
    const auto &settings = db.get<Settings>(project);
    if (settings && std::ranges::any_of(settings->engines, &TemplateEngine::namesParts))
        return Answer::Yes;
    for (const App &app : db.get<InstalledApps>(project).apps) {
        if (app.name == "template_partials" && !app.config.ends_with(".SimpleAppConfig"))
            return app.certain ? Answer::Yes : Answer::Unknown;
    }
    return Answer::No;
}

} // namespace

PartNames FindPartNames::run(query::Reader &db, Project project)
{
    const Answer loader = hasPartialsLoader(db, project);
    PartNames names{loader, loader};
    const auto &django = db.get<FindDjango>(project);
    const std::optional<bool> isNew = django ? django->isAtLeast(6, 0) : std::nullopt;
    if (isNew == true)
        names.inIncludes = Answer::Yes;
    else if (!isNew && loader == Answer::No)
        names.inIncludes = Answer::Unknown;
    return names;
}

std::optional<PartName> cutPartName(std::string_view name)
{
    const std::size_t hash = name.find('#');
    if (hash == name.npos)
        return std::nullopt;
    return PartName{std::string(name.substr(0, hash)), std::string(name.substr(hash + 1))};
}

} // namespace nuages::project
