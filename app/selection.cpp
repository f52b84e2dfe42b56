#include "app/selection.h"

#include "engine/project/discovery/configuration.h"
#include "engine/query/engine.h"
#include "engine/source/files.h"

#include <map>

namespace nuages::app {

std::vector<project::TemplateFile> selectTemplates(query::Reader &db, project::Project project,
                                                   const Selection &selection)
{
    const std::vector<std::string> &exclude = db.get<project::ProjectConfiguration>(project).exclude;
    std::map<std::string, source::File> chosen;
    const auto add = [&](const std::vector<project::TemplateFile> &files) {
        for (const project::TemplateFile &file : files) {
            if (!project::isExcluded(exclude, file.path))
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
