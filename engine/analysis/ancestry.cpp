#include "engine/analysis/ancestry.h"

#include "engine/project/templates/findtemplate.h"
#include "engine/project/templates/partnames.h"
#include "engine/template/queries.h"

#include <algorithm>

namespace nuages::analysis {

namespace {

/// The template's name without the part of it that an include may ask for.
std::string fileNameOf(query::Reader &db, project::Project project, const std::string &name)
{
    const auto cut = project::cutPartName(name);
    if (!cut || db.get<project::FindPartNames>(project).inIncludes == project::Answer::No)
        return name;
    return db.get<project::FindTemplate>(project, name).origins.empty() ? cut->name : name;
}

} // namespace

std::vector<source::File> filesOf(query::Reader &db, project::Project project, source::File file,
                                  const std::string &written)
{
    std::vector<std::string> currents = {""};
    if (written.starts_with("./") || written.starts_with("../"))
        currents = db.get<project::TemplateNames>(project, file);
    std::vector<source::File> files;
    for (const std::string &current : currents) {
        const auto resolved = project::resolveRelativeName(current, written);
        if (!resolved)
            continue;
        const std::string name = fileNameOf(db, project, *resolved);
        // A template that extends its own name means the one that it hides from the loaders.
        for (const project::TemplateOrigin &origin : db.get<project::FindTemplate>(project, name).origins) {
            if (origin.file == file)
                continue;
            if (!std::ranges::contains(files, origin.file))
                files.push_back(origin.file);
            break;
        }
    }
    return files;
}

std::vector<source::File> Ancestry::run(query::Reader &db, project::Project project, source::File file,
                                        std::string name)
{
    std::vector<source::File> ancestors;
    source::File child = file;
    for (;;) {
        const std::vector<source::File> parents = filesOf(db, project, child, name);
        if (parents.empty() || parents.front() == file || std::ranges::contains(ancestors, parents.front()))
            return ancestors;
        child = parents.front();
        ancestors.push_back(child);
        const auto &extends = db.get<templates::Facts>(child).extends;
        if (!extends || !extends->name)
            return ancestors;
        name = *extends->name;
    }
}

} // namespace nuages::analysis
