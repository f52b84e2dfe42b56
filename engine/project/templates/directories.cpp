#include "engine/project/templates/directories.h"

#include "engine/project/apps/installedapps.h"
#include "engine/project/settings/settings.h"

#include <algorithm>

namespace nuages::project {

namespace {

class Roots
{
public:
    explicit Roots(const AppInventory &apps) : m_apps(apps) { }

    void addFolder(const std::string &folder)
    {
        if (!folder.empty() && !std::ranges::contains(m_roots.directories, folder))
            m_roots.directories.push_back(folder);
    }

    void addApps(std::string_view name)
    {
        for (const App &app : m_apps.apps)
            addFolder(app.directory.empty() ? std::string() : app.directory + "/" + std::string(name));
        addOpen(m_apps.open);
    }

    void addOpen(const std::vector<OpenReason> &reasons)
    {
        m_roots.open.insert(m_roots.open.end(), reasons.begin(), reasons.end());
    }

    void addLoader(const TemplateEngine &engine, const TemplateLoader &loader)
    {
        switch (loader.kind) {
        case TemplateLoader::Kind::FileSystem:
            if (loader.dirs) {
                std::ranges::for_each(*loader.dirs, [this](const std::string &folder) { addFolder(folder); });
                return;
            }
            for (const SettingsEntry &folder : engine.dirs)
                addFolder(folder.value);
            addOpen(engine.dirsOpen);
            return;
        case TemplateLoader::Kind::AppDirectories:
            addApps("templates");
            return;
        case TemplateLoader::Kind::InMemory:
        case TemplateLoader::Kind::Other:
            return; // no folders; see FindTemplate for the names, and loadersOpen for the unknown
        }
    }

    TemplateRoots take()
    {
        std::ranges::sort(m_roots.open);
        m_roots.open.erase(std::ranges::unique(m_roots.open).begin(), m_roots.open.end());
        return std::move(m_roots);
    }

private:
    const AppInventory &m_apps;
    TemplateRoots m_roots;
};

} // namespace

TemplateRoots TemplateDirectories::run(query::Reader &db, Project project)
{
    Roots roots(db.get<InstalledApps>(project));
    const auto &settings = db.get<Settings>(project);
    if (!settings) { // a package: its templates are found in its applications, as by Django's default engine
        roots.addApps("templates");
        return roots.take();
    }
    for (const TemplateEngine &engine : settings->engines) {
        if (!engine.isDjango())
            continue;
        for (const TemplateLoader &loader : engine.loaders)
            roots.addLoader(engine, loader);
        roots.addOpen(engine.loadersOpen);
    }
    roots.addOpen(settings->enginesOpen);
    return roots.take();
}

TemplateRoots JinjaDirectories::run(query::Reader &db, Project project)
{
    Roots roots(db.get<InstalledApps>(project));
    const auto &settings = db.get<Settings>(project);
    for (const TemplateEngine &engine : settings ? settings->engines : std::vector<TemplateEngine>()) {
        if (!engine.isJinja2())
            continue;
        for (const SettingsEntry &folder : engine.dirs)
            roots.addFolder(folder.value);
        if (engine.appDirs != Answer::No)
            roots.addApps("jinja2");
    }
    return roots.take();
}

} // namespace nuages::project
