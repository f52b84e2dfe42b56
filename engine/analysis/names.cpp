#include "engine/analysis/names.h"

#include "engine/project/libraries/taglibrary.h"
#include "engine/query/engine.h"

#include <algorithm>

namespace nuages::analysis {

namespace {

using project::Libraries;
using project::LibraryModule;
using project::Project;
using project::TagLibraryFacts;

bool stopsAt(const templates::TagShape &shape, std::string_view word)
{
    return std::ranges::any_of(shape.sections, [word](const templates::TagShape::Section &section) {
        return std::ranges::any_of(section, [word](const templates::StopWord &stop) { return stop.word == word; });
    });
}

bool anyTagStopsAt(query::Reader &db, Project project, const LibraryModule &module, std::string_view word)
{
    return std::ranges::any_of(db.get<TagLibraryFacts>(project, module.file).tags,
                               [word](const project::TagFact &tag) { return stopsAt(tag.shape, word); });
}

} // namespace

LibraryAnswer LoadableLibrary::run(query::Reader &db, Project project, std::string name)
{
    const project::LibraryInventory &inventory = db.get<Libraries>(project);
    LibraryAnswer answer;
    if (const project::Library *library = inventory.find(name))
        answer.modules = library->modules;
    answer.open = !(answer.modules.empty() ? inventory.open : inventory.replacedOpen).empty();
    return answer;
}

LibraryAnswer BuiltinLibraries::run(query::Reader &db, Project project)
{
    const project::LibraryInventory &inventory = db.get<Libraries>(project);
    return {inventory.builtins, !inventory.builtinsOpen.empty()};
}

std::vector<TagProvider> TagProviders::run(query::Reader &db, Project project, std::string name)
{
    std::vector<TagProvider> providers;
    for (const project::Library &library : db.get<Libraries>(project).libraries) {
        for (const LibraryModule &module : library.modules) {
            if (const project::TagFact *tag = db.get<TagLibraryFacts>(project, module.file).tag(name))
                providers.emplace_back(library.name, tag->shape);
        }
    }
    return providers;
}

std::vector<std::string> FilterProviders::run(query::Reader &db, Project project, std::string name)
{
    std::vector<std::string> providers;
    for (const project::Library &library : db.get<Libraries>(project).libraries) {
        if (std::ranges::any_of(library.modules, [&](const LibraryModule &module) {
                return db.get<TagLibraryFacts>(project, module.file).filter(name) != nullptr;
            }))
            providers.push_back(library.name);
    }
    return providers;
}

bool IsStopWord::run(query::Reader &db, Project project, std::string word)
{
    const project::LibraryInventory &inventory = db.get<Libraries>(project);
    const auto stops = [&](const LibraryModule &module) { return anyTagStopsAt(db, project, module, word); };
    return std::ranges::any_of(inventory.builtins, stops)
        || std::ranges::any_of(inventory.libraries, [&](const project::Library &library) {
               return std::ranges::any_of(library.modules, stops);
           });
}

} // namespace nuages::analysis
