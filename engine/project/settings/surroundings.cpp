#include "engine/project/settings/surroundings.h"

#include "engine/project/discovery/discovery.h"

#include <algorithm>
#include <utility>

namespace nuages::project {

namespace {

bool isBelow(std::string_view path, std::string_view folder)
{
    return path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/';
}

} // namespace

SettingsSurroundings::SettingsSurroundings(query::Reader &db, Project project, std::vector<std::string> own)
    : FileSurroundings(db, std::move(own), db.get<SitePackages>(project).folders), m_db(db), m_project(project)
{
}

// A virtual environment may lie inside the project, and an editable install may put the project among the packages.
bool SettingsSurroundings::isOwn(const std::string &file)
{
    const std::string &root = rootOf(m_db, m_project);
    const auto holdsFile = [&](const std::string &folder) { return isBelow(folder, root) && isBelow(file, folder); };
    return isBelow(file, root) && std::ranges::none_of(installed(), holdsFile);
}

std::optional<std::string> SettingsSurroundings::variable(std::string_view name)
{
    return environmentVariable(m_db, m_project, name);
}

} // namespace nuages::project
