#include "engine/project/apps/installedapps.h"

#include "engine/project/apps/appconfig.h"
#include "engine/project/django.h"
#include "engine/project/packagemode.h"
#include "engine/project/settings/settings.h"

#include <algorithm>

namespace nuages::project {

namespace {

void add(App app, AppInventory &inventory)
{
    const auto known = std::ranges::find(inventory.apps, app.name, &App::name);
    if (known == inventory.apps.end())
        inventory.apps.push_back(std::move(app));
    else
        known->certain = known->certain || app.certain;
}

AppInventory appsOfSettings(query::Reader &db, Project project, const SettingsFacts &settings)
{
    AppInventory inventory;
    inventory.open = settings.installedAppsOpen;
    // Where the list as a whole is in doubt, its entries are too, and no branch is the cause.
    const bool knowsBranches = db.get<FindDjango>(project)
        && std::ranges::none_of(settings.installedAppsOpen,
                                [](const OpenReason &reason) { return reason.doubt == python::Doubt::Unread; });
    for (const InstalledApp &entry : settings.installedApps) {
        const ResolvedApp &resolved = db.get<ResolveApp>(project, std::string_view(entry.value));
        // A branch that installs what is not there cannot be the one that runs here: Django would not start.
        if (resolved.isMissing && entry.certainty == Certainty::InSomeBranch && knowsBranches)
            continue;
        if (!resolved.problem.empty())
            inventory.open.push_back({entry.place.file, entry.place.line, resolved.problem});
        if (!resolved.app)
            continue;
        App app = *resolved.app;
        app.certain = entry.certainty == Certainty::Always;
        add(std::move(app), inventory);
    }
    std::ranges::sort(inventory.open);
    return inventory;
}

} // namespace

AppInventory InstalledApps::run(query::Reader &db, Project project)
{
    const auto &settings = db.get<Settings>(project);
    AppInventory inventory = settings ? appsOfSettings(db, project, *settings) : db.get<PackageApps>(project);
    const Configuration &configuration = db.get<ProjectConfiguration>(project);
    if (!configuration.hasApps)
        return inventory;
    // Closed by hand; but it closes the list of these settings, which may not be the right ones.
    inventory.open = settings ? settings->location.open : std::vector<OpenReason>();
    for (const std::string &entry : configuration.apps) {
        const ResolvedApp &resolved = db.get<ResolveApp>(project, std::string_view(entry));
        if (!resolved.problem.empty())
            inventory.open.push_back({rootOf(db, project), 0, "[tool.nuages] apps: " + resolved.problem});
        if (resolved.app)
            add(*resolved.app, inventory);
    }
    return inventory;
}

} // namespace nuages::project
