#include "engine/project/settings/settings.h"

#include "engine/project/discovery/discovery.h"
#include "engine/project/discovery/namedsettings.h"
#include "engine/project/settings/surroundings.h"
#include "engine/python/findmodule.h"
#include "engine/source/files.h"
#include "engine/source/queries.h"

#include <algorithm>

namespace nuages::project {

namespace {

source::Status statusOf(query::Reader &db, const std::string &path)
{
    return db.read<&source::FileData::status>(source::fileAt(db, path));
}

bool isFile(query::Reader &db, const std::string &path) { return statusOf(db, path) == source::Status::Regular; }

std::vector<std::string> foldersIn(query::Reader &db, const std::string &root)
{
    std::vector<std::string> found;
    for (const source::Entry &entry : db.get<source::Listing>(source::fileAt(db, root))) {
        if (entry.kind == source::EntryKind::Directory && !entry.name.starts_with('.'))
            found.push_back(root + '/' + entry.name);
    }
    return found;
}

/// Finds out where the project's own modules are, and goes through those who may name the settings.
class Search
{
public:
    Search(query::Reader &db, Project project) : m_db(db), m_project(project), m_root(rootOf(db, project))
    {
        const std::vector<std::string> folders = foldersIn(db, m_root);
        if (isFile(db, m_root + "/manage.py")) {
            m_manage = m_root + "/manage.py";
        } else {
            for (const std::string &folder : folders) {
                if (m_manage.empty() && isFile(db, folder + "/manage.py"))
                    m_manage = folder + "/manage.py";
            }
        }
        if (!m_manage.empty())
            add(m_manage.substr(0, m_manage.rfind('/')));
        add(m_root);
        if (statusOf(db, m_root + "/src") == source::Status::Directory)
            add(m_root + "/src");
    }

    std::optional<SettingsLocation> run()
    {
        if (const std::string &given = m_db.get<ProjectConfiguration>(m_project).settings; !given.empty())
            return at(given, "configuration");
        if (const auto set = environmentVariable(m_db, m_project, "DJANGO_SETTINGS_MODULE"); set && !set->empty())
            return at(*set, "DJANGO_SETTINGS_MODULE");
        std::vector<std::string> files;
        if (!m_manage.empty())
            files.push_back(m_manage);
        for (const std::string &folder : std::vector<std::string>(m_path)) {
            for (const std::string &package : foldersIn(m_db, folder)) {
                for (const char *name : {"/wsgi.py", "/asgi.py"}) {
                    if (isFile(m_db, package + name))
                        files.push_back(package + name);
                }
            }
        }
        std::optional<SettingsLocation> first;
        SettingsSurroundings surroundings(m_db, m_project, m_path);
        for (const std::string &file : files) {
            const bool isManage = file == m_manage;
            const NamedSettings named = settingsNamedBy(surroundings, file, isManage ? "__main__" : dottedName(file));
            auto location = firstThatIsThere(named);
            if (location && !location->file.empty())
                return location;
            if (!first)
                first = std::move(location);
        }
        return first;
    }

private:
    void add(const std::string &folder)
    {
        if (!std::ranges::contains(m_path, folder))
            m_path.push_back(folder);
    }

    /// "mysite.wsgi" of a file in a package on the path.
    static std::string dottedName(const std::string &file)
    {
        const std::size_t name = file.rfind('/');
        const std::size_t package = file.rfind('/', name - 1);
        return file.substr(package + 1, name - package - 1) + '.' + file.substr(name + 1, file.rfind('.') - name - 1);
    }

    /// Of the modules named, the first that is there, as Django could not start with another; or just the first.
    std::optional<SettingsLocation> firstThatIsThere(const NamedSettings &named)
    {
        std::optional<SettingsLocation> found;
        std::vector<OpenReason> open = named.open;
        for (const NamedModule &each : named.modules) {
            SettingsLocation location = at(each.module, pathFrom(m_root, each.file) + ':' + std::to_string(each.line));
            location.namedAt = {each.file, each.line};
            const bool isThere = !location.file.empty();
            if (found && !found->file.empty() && isThere && location.file != found->file)
                open.push_back({each.file, each.line,
                                "which settings module is named here is decided only when the program runs, so name it "
                                "with settings in [tool.nuages]"});
            else if (!found || (found->file.empty() && isThere))
                found = std::move(location);
        }
        if (found)
            found->open = std::move(open);
        return found;
    }

    SettingsLocation at(const std::string &module, std::string foundBy)
    {
        std::vector<std::string> path = m_path;
        const auto &installed = m_db.get<SitePackages>(m_project).folders;
        path.insert(path.end(), installed.begin(), installed.end());
        const auto found = python::findModule(m_db, path, module);
        return {module, found ? found->file : std::string(), std::move(foundBy), m_path, {}, {}};
    }

    query::Reader &m_db;
    Project m_project;
    std::string m_root;
    std::string m_manage; // absolute; empty if there is none
    std::vector<std::string> m_path;
};

} // namespace

std::optional<SettingsLocation> SettingsModule::run(query::Reader &db, Project project)
{
    return Search(db, project).run();
}

} // namespace nuages::project
