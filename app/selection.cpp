#include "app/selection.h"

#include "app/configuration.h"

#include "engine/query/engine.h"
#include "engine/source/files.h"

#include <map>

namespace nuages::app {

namespace {

bool isIn(const std::string &path, const std::string &folder)
{
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

} // namespace

std::string shownPath(const std::string &root, const std::string &path)
{
    if (path == root)
        return ".";
    return isIn(path, root) ? path.substr(root.size() + 1) : path;
}

std::vector<project::TemplateFile> selectTemplates(query::Reader &db, project::Project project,
                                                   const Selection &selection)
{
    std::map<std::string, source::File> chosen;
    const auto add = [&](const std::vector<project::TemplateFile> &files) {
        for (const project::TemplateFile &file : files) {
            if (!isExcluded(selection.exclude, shownPath(selection.root, file.path)))
                chosen.emplace(file.path, file.file);
        }
    };
    if (selection.paths.empty())
        add(db.get<project::ProjectTemplates>(project));
    for (const std::string &path : selection.paths) {
        const source::File file = source::fileAt(db, path);
        if (db.read<&source::FileData::status>(file) == source::Status::Directory)
            add(db.get<project::TemplatesIn>(project, path));
        else
            chosen.insert_or_assign(path, file);
    }
    std::vector<project::TemplateFile> templates;
    for (const auto &[path, file] : chosen)
        templates.push_back({path, file});
    return templates;
}

} // namespace nuages::app
