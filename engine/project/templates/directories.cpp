#include "engine/project/templates/directories.h"

#include "engine/project/apps/installedapps.h"
#include "engine/project/apps/templatechanges.h"
#include "engine/project/settings/settings.h"

#include <algorithm>
#include <regex>

namespace nuages::project {

namespace {

/// Whether `regex` matches at the front of `name`, as Python's re.match has it. One that cannot be compiled here fits
/// everything: then the file may be the other engine's.
bool fits(std::string_view name, const std::string &regex)
{
    if (regex.empty())
        return true;
    try {
        const std::regex compiled(regex, std::regex::ECMAScript);
        return std::regex_search(name.begin(), name.end(), compiled, std::regex_constants::match_continuous);
    } catch (const std::regex_error &) {
        return true;
    }
}

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
            addApps(engine.appFolder);
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
    roots.addOpen(db.get<TemplateChanges>(project));
    if (std::ranges::none_of(settings->engines, &TemplateEngine::isDjango))
        roots.addOpen(settings->enginesLeftAlone);
    return roots.take();
}

std::vector<EngineFolders> Engines::run(query::Reader &db, Project project)
{
    std::vector<EngineFolders> engines;
    const auto &settings = db.get<Settings>(project);
    if (!settings)
        return {{true, db.get<TemplateDirectories>(project).directories, {}, {}}};
    for (const TemplateEngine &engine : settings->engines) {
        Roots roots(db.get<InstalledApps>(project));
        if (engine.isDjango()) {
            for (const TemplateLoader &loader : engine.loaders)
                roots.addLoader(engine, loader);
        } else {
            for (const SettingsEntry &folder : engine.dirs)
                roots.addFolder(folder.value);
            if (engine.appDirs != Answer::No && !engine.appFolder.empty())
                roots.addApps(engine.appFolder);
        }
        engines.push_back({engine.isDjango(), roots.take().directories, engine.matchExtension, engine.matchRegex});
    }
    return engines;
}

std::size_t EngineFolders::takes(std::string_view path) const
{
    std::size_t longest = 0;
    for (const std::string &folder : directories) {
        const bool isUnder = path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
        if (isUnder && folder.size() > longest && path.ends_with(matchExtension)
            && fits(path.substr(folder.size() + 1), matchRegex))
            longest = folder.size();
    }
    return longest;
}

Owner ownerOf(const std::vector<EngineFolders> &engines, std::string_view path)
{
    // Django's engine takes all names, but nobody means these for it who has another engine for them.
    static constexpr std::string_view jinjaEndings[] = {".jinja", ".jinja2", ".j2"};
    const bool isMeantForJinja =
        std::ranges::any_of(jinjaEndings, [path](std::string_view ending) { return path.ends_with(ending); });
    std::size_t longest = 0;
    Owner owner = Owner::Nobody;
    for (const EngineFolders &engine : engines) {
        const std::size_t depth = engine.takes(path);
        if (depth > longest || (depth != 0 && depth == longest && isMeantForJinja && !engine.isDjango)) {
            longest = depth;
            owner = engine.isDjango ? Owner::Django : Owner::Another;
        }
    }
    return owner;
}

} // namespace nuages::project
