#include "engine/rules/openness.h"

#include "engine/analysis/names.h"
#include "engine/project/apps/installedapps.h"
#include "engine/project/libraries/libraries.h"
#include "engine/project/libraries/taglibrary.h"
#include "engine/project/templates/directories.h"
#include "engine/query/engine.h"
#include "engine/template/queries.h"

#include <algorithm>

namespace nuages::rules {

namespace {

using project::OpenReason;

void append(std::vector<OpenReason> &reasons, const std::vector<OpenReason> &more)
{
    reasons.insert(reasons.end(), more.begin(), more.end());
}

std::vector<OpenReason> sortedOnce(std::vector<OpenReason> reasons)
{
    std::ranges::sort(reasons);
    const auto doubles = std::ranges::unique(reasons);
    reasons.erase(doubles.begin(), doubles.end());
    return reasons;
}

void appendLibrary(query::Reader &db, project::Project project, std::vector<OpenReason> &reasons,
                   const analysis::LibraryAnswer &library)
{
    for (const project::LibraryModule &module : library.modules)
        append(reasons, db.get<project::TagLibraryFacts>(project, module.file).open);
}

} // namespace

std::vector<OpenReason> ProjectOpenness::run(query::Reader &db, project::Project project)
{
    std::vector<OpenReason> reasons = db.get<project::InstalledApps>(project).open;
    const project::LibraryInventory &libraries = db.get<project::Libraries>(project);
    append(reasons, libraries.open);
    append(reasons, libraries.builtinsOpen);
    append(reasons, db.get<project::TemplateDirectories>(project).open);
    appendLibrary(db, project, reasons, db.get<analysis::BuiltinLibraries>(project));
    return sortedOnce(std::move(reasons));
}

std::vector<OpenReason> TemplateOpenness::run(query::Reader &db, project::Project project, source::File file)
{
    std::vector<OpenReason> reasons;
    for (const templates::Load &load : db.get<templates::Facts>(file).loads) {
        for (const std::string &name : load.libraries)
            appendLibrary(db, project, reasons, db.get<analysis::LoadableLibrary>(project, name));
    }
    return sortedOnce(std::move(reasons));
}

} // namespace nuages::rules
