#include "engine/project/searchpath.h"

#include "engine/project/discovery/discovery.h"
#include "engine/project/settings/settings.h"

#include <algorithm>

namespace nuages::project {

std::vector<std::string> SearchPath::run(query::Reader &db, Project project)
{
    std::vector<std::string> path;
    const auto add = [&path](const std::string &folder) {
        if (!folder.empty() && !std::ranges::contains(path, folder))
            path.push_back(folder);
    };
    if (const auto &settings = db.get<Settings>(project))
        std::ranges::for_each(settings->pythonPath, add);
    const std::string &root = rootOf(db, project);
    add(root);
    add(root + "/src");
    std::ranges::for_each(db.get<SitePackages>(project).folders, add);
    return path;
}

std::string moduleName(std::span<const std::string> searchPath, std::string_view path)
{
    std::string_view folder;
    for (const std::string &candidate : searchPath) {
        const bool isUnder =
            path.size() > candidate.size() && path.starts_with(candidate) && path[candidate.size()] == '/';
        if (isUnder && candidate.size() > folder.size())
            folder = candidate;
    }
    if (folder.empty())
        return {};
    std::string_view rest = path.substr(folder.size() + 1);
    for (const std::string_view ending : {"/__init__.py", ".py"}) {
        if (rest.ends_with(ending)) {
            rest.remove_suffix(ending.size());
            break;
        }
    }
    std::string name(rest);
    std::ranges::replace(name, '/', '.');
    return name;
}

} // namespace nuages::project
