#include "engine/analysis/layers.h"

#include "engine/analysis/names.h"
#include "engine/query/engine.h"
#include "engine/template/queries.h"

namespace nuages::analysis {

namespace {

void addLoad(query::Reader &db, project::Project project, const templates::Load &load, std::vector<Layer> &layers)
{
    for (const std::string &name : load.libraries) {
        const LibraryAnswer &answer = db.get<LoadableLibrary>(project, name);
        for (const project::LibraryModule &module : answer.modules)
            layers.push_back({load.token, module.file, load.only});
        // A library that is not known, or that another may replace, can bring any name. When the rule unknown-library
        // claims it, the names below are left alone: one mistake, one finding.
        if (answer.modules.empty() || answer.open)
            layers.push_back({load.token, std::nullopt, load.only});
    }
}

} // namespace

std::vector<Layer> Layers::run(query::Reader &db, project::Project project, source::File file)
{
    return layersOf(db, project, db.get<templates::Facts>(file));
}

std::vector<Layer> layersOf(query::Reader &db, project::Project project, const templates::TemplateFacts &facts)
{
    std::vector<Layer> layers;
    const LibraryAnswer &builtins = db.get<BuiltinLibraries>(project);
    for (const project::LibraryModule &module : builtins.modules)
        layers.push_back({templates::noToken, module.file, {}});
    if (builtins.open)
        layers.push_back({templates::noToken, std::nullopt, {}});
    for (const templates::Load &load : facts.loads)
        addLoad(db, project, load, layers);
    return layers;
}

} // namespace nuages::analysis
