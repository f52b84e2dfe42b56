#include "engine/project/libraries/libraries.h"

#include "engine/project/apps/installedapps.h"
#include "engine/project/apps/templatechanges.h"
#include "engine/project/django.h"
#include "engine/project/libraries/modules.h"
#include "engine/project/packagemode.h"
#include "engine/project/searchpath.h"
#include "engine/project/settings/settings.h"
#include "engine/python/findmodule.h"
#include "engine/source/files.h"

#include <algorithm>
#include <array>
#include <map>

namespace nuages::project {

namespace {

/// Engine.default_builtins of django/template/engine.py; the same since 1.9.
constexpr std::array<std::string_view, 3> defaultBuiltins = {
    "django.template.defaulttags", "django.template.defaultfilters", "django.template.loader_tags"};

using ByName = std::map<std::string, std::vector<LibraryModule>>;

void addOnce(std::vector<LibraryModule> &modules, LibraryModule module)
{
    if (!std::ranges::contains(modules, module))
        modules.push_back(std::move(module));
}

/// The module that the settings name; if it is not found, a file that is not there, whose library is open.
LibraryModule locate(query::Reader &db, Project project, const std::string &module)
{
    const auto location = python::findModule(db, db.get<SearchPath>(project), module);
    if (location && location->isReadable())
        return {module, source::fileAt(db, location->file)};
    std::string path = module;
    std::ranges::replace(path, '.', '/');
    return {module, source::fileAt(db, rootOf(db, project) + "/" + path + ".py")};
}

/// Libraries of django and the apps: a later app takes a name from an earlier one, unless it may not be installed.
ByName installedLibraries(query::Reader &db, Project project, const AppInventory &inventory)
{
    ByName libraries;
    for (const TagModule &module : db.get<TagModules>(project, std::string_view("django.templatetags")))
        libraries[module.name] = {module.library};
    for (const App &app : inventory.apps) {
        const std::string package = app.name + ".templatetags";
        for (const TagModule &module : db.get<TagModules>(project, std::string_view(package))) {
            std::vector<LibraryModule> &known = libraries[module.name];
            if (app.certain)
                known.clear();
            addOnce(known, module.library);
        }
    }
    return libraries;
}

bool isUnread(const OpenReason &reason) { return reason.doubt == python::Doubt::Unread; }

void sortOnce(std::vector<OpenReason> &reasons)
{
    std::ranges::sort(reasons);
    reasons.erase(std::ranges::unique(reasons).begin(), reasons.end());
}

} // namespace

const Library *LibraryInventory::find(std::string_view name) const
{
    const auto found = std::ranges::lower_bound(libraries, name, {}, &Library::name);
    return found != libraries.end() && found->name == name ? &*found : nullptr;
}

LibraryInventory Libraries::run(query::Reader &db, Project project)
{
    LibraryInventory result;
    const AppInventory &apps = db.get<InstalledApps>(project);
    result.open = apps.open;
    // What may add a library opens the list of names; only what cannot be read may put another in a known one's place.
    const auto addOpen = [&result](const std::vector<OpenReason> &reasons, std::vector<OpenReason> &alsoTo) {
        result.open.insert(result.open.end(), reasons.begin(), reasons.end());
        std::ranges::copy_if(reasons, std::back_inserter(alsoTo), isUnread);
    };
    const ByName installed = installedLibraries(db, project, apps);
    ByName all;
    bool hasEngine = false;

    const auto &searchPath = db.get<SearchPath>(project);
    for (const std::string_view module : defaultBuiltins) {
        const auto location = python::findModule(db, searchPath, module);
        if (location && location->isReadable())
            result.builtins.push_back({std::string(module), source::fileAt(db, location->file)});
    }
    if (!db.get<FindDjango>(project)) {
        const OpenReason missing{rootOf(db, project), 0, "Django is not found"};
        result.open.push_back(missing);
        result.builtinsOpen.push_back(missing);
    }
    if (const auto unread = db.get<Settings>(project) ? std::nullopt : unreadManage(db, project))
        result.builtinsOpen.push_back(*unread); // its engines may have builtins of their own
    const std::vector<OpenReason> &changes = db.get<TemplateChanges>(project);
    addOpen(changes, result.replacedOpen);
    std::ranges::copy(changes, std::back_inserter(result.builtinsOpen));
    if (const auto &settings = db.get<Settings>(project)) {
        addOpen(settings->enginesOpen, result.replacedOpen);
        std::ranges::copy_if(settings->enginesOpen, std::back_inserter(result.builtinsOpen), isUnread);
        if (std::ranges::none_of(settings->engines, &TemplateEngine::isDjango)) {
            addOpen(settings->enginesLeftAlone, result.replacedOpen);
            std::ranges::copy(settings->enginesLeftAlone, std::back_inserter(result.builtinsOpen));
        }
        for (const TemplateEngine &engine : settings->engines) {
            if (!engine.isDjango())
                continue;
            hasEngine = true;
            ByName libraries = installed;
            ByName custom;
            for (const LibraryEntry &entry : engine.libraries)
                addOnce(custom[entry.name], locate(db, project, entry.module));
            for (const auto &[name, modules] : custom)
                libraries[name] = modules;
            for (const auto &[name, modules] : libraries) {
                auto &known = all[name];
                for (const LibraryModule &module : modules)
                    addOnce(known, module);
            }
            for (const SettingsEntry &entry : engine.builtins)
                addOnce(result.builtins, locate(db, project, entry.value));
            addOpen(engine.librariesOpen, result.replacedOpen);
            std::ranges::copy_if(engine.builtinsOpen, std::back_inserter(result.builtinsOpen), isUnread);
        }
    }
    for (auto &[name, modules] : hasEngine ? all : installed)
        result.libraries.push_back({name, modules});
    if (const Configuration &configuration = db.get<ProjectConfiguration>(project); configuration.hasLibraries) {
        // Closed by hand; but without Django nobody can name all that it brings, nor where other settings may be meant.
        const auto &settings = db.get<Settings>(project);
        const auto isOfSettings = [&](const OpenReason &reason) {
            return settings && std::ranges::contains(settings->location.open, reason);
        };
        std::erase_if(result.open, [&](const OpenReason &reason) {
            const bool isDjango = std::ranges::contains(result.builtinsOpen, reason) && reason.line == 0;
            return !isDjango && !isOfSettings(reason);
        });
        std::erase_if(result.replacedOpen, [&](const OpenReason &reason) { return !isOfSettings(reason); });
        for (const auto &[name, module] : configuration.libraries) {
            const auto place = std::ranges::lower_bound(result.libraries, name, {}, &Library::name);
            const LibraryModule named = locate(db, project, module);
            if (place != result.libraries.end() && place->name == name)
                addOnce(place->modules, named);
            else
                result.libraries.insert(place, {name, {named}});
        }
    }
    sortOnce(result.open);
    sortOnce(result.replacedOpen);
    sortOnce(result.builtinsOpen);
    return result;
}

} // namespace nuages::project
