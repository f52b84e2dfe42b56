#include "engine/project/apps/installedapps.h"

#include "engine/project/apps/appconfig.h"
#include "engine/project/django.h"
#include "engine/project/packagemode.h"
#include "engine/project/settings/settings.h"

#include <algorithm>

namespace nuages::project {

AppInventory InstalledApps::run(query::Reader &db, Project project)
{
    const auto &settings = db.get<Settings>(project);
    if (!settings)
        return db.get<PackageApps>(project);
    AppInventory inventory;
    inventory.open = settings->installedAppsOpen;
    const bool knowsPackages = db.get<FindDjango>(project).has_value();
    for (const InstalledApp &entry : settings->installedApps) {
        const ResolvedApp &resolved = db.get<ResolveApp>(project, std::string_view(entry.value));
        // A branch that installs what is not there cannot be the one that runs here: Django would not start.
        if (resolved.isMissing && entry.certainty == Certainty::InSomeBranch && knowsPackages)
            continue;
        if (!resolved.problem.empty())
            inventory.open.push_back({entry.place.file, entry.place.line, resolved.problem});
        if (!resolved.app)
            continue;
        App app = *resolved.app;
        app.certain = entry.certainty == Certainty::Always;
        const auto known = std::ranges::find(inventory.apps, app.name, &App::name);
        if (known == inventory.apps.end())
            inventory.apps.push_back(std::move(app));
        else
            known->certain = known->certain || app.certain;
    }
    std::ranges::sort(inventory.open);
    return inventory;
}

} // namespace nuages::project
