#include "engine/project/settings/surroundings.h"

#include "engine/project/discovery/discovery.h"
#include "engine/python/module.h"
#include "engine/source/files.h"
#include "engine/source/path.h"
#include "engine/source/queries.h"

#include <algorithm>

namespace nuages::project {

namespace {

bool isBelow(std::string_view path, std::string_view folder)
{
    return path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/';
}

} // namespace

SettingsSurroundings::SettingsSurroundings(query::Reader &db, Project project, const SettingsLocation &location)
    : m_db(db), m_project(project), m_ownPath(location.pythonPath)
{
}

std::optional<python::ModuleLocation> SettingsSurroundings::find(std::span<const std::string> front,
                                                                 std::string_view dotted)
{
    std::vector<std::string> path;
    for (const std::string &folder : front)
        path.push_back(source::normalPath(folder.starts_with('/') ? folder : workingFolder() + '/' + folder));
    path.insert(path.end(), m_ownPath.begin(), m_ownPath.end());
    const auto &installed = m_db.get<SitePackages>(m_project).folders;
    path.insert(path.end(), installed.begin(), installed.end());
    return python::findModule(m_db, path, dotted);
}

bool SettingsSurroundings::knowsInstalledModules() { return !m_db.get<SitePackages>(m_project).folders.empty(); }

// A virtual environment may lie inside the project, and an editable install may put the project among the packages.
bool SettingsSurroundings::isOwn(const std::string &file)
{
    const std::string &root = rootOf(m_db, m_project);
    const auto isInstalled = [&](const std::string &folder) { return isBelow(folder, root) && isBelow(file, folder); };
    return isBelow(file, root) && std::ranges::none_of(m_db.get<SitePackages>(m_project).folders, isInstalled);
}

python::SyntaxTree SettingsSurroundings::parse(const std::string &file)
{
    return m_db.get<python::PythonModule>(source::fileAt(m_db, file));
}

std::string SettingsSurroundings::read(const std::string &file)
{
    return std::string(m_db.get<source::SourceText>(source::fileAt(m_db, source::normalPath(file))).view());
}

python::PathKind SettingsSurroundings::kindOf(const std::string &path)
{
    switch (m_db.read<&source::FileData::status>(source::fileAt(m_db, source::normalPath(path)))) {
    case source::Status::Regular:
        return python::PathKind::File;
    case source::Status::Directory:
        return python::PathKind::Folder;
    default:
        return python::PathKind::Absent;
    }
}

std::vector<std::string> SettingsSurroundings::list(const std::string &folder)
{
    std::vector<std::string> names;
    for (const source::Entry &entry : m_db.get<source::Listing>(source::fileAt(m_db, source::normalPath(folder))))
        names.push_back(entry.name);
    return names;
}

std::optional<std::string> SettingsSurroundings::variable(std::string_view name)
{
    return environmentVariable(m_db, m_project, name);
}

} // namespace nuages::project
