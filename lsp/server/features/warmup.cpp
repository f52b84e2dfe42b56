#include "lsp/server/features/warmup.h"

#include "engine/project/discovery/discovery.h"
#include "engine/project/libraries/libraries.h"
#include "engine/project/libraries/taglibrary.h"
#include "engine/python/module.h"

namespace nuages::server {

Encode warmUp(query::Reader &db, const Question &question)
{
    for (const std::string &folder : db.read<&project::GivenData::folders>(question.given)) {
        const project::Project project = project::projectOf(db, question.given, folder);
        const project::LibraryInventory &index = db.get<project::Libraries>(project);
        for (const project::LibraryModule &module : index.builtins)
            db.get<python::PythonModule>(module.file); // For the docstrings; what Django registers is known.
        for (const project::Library &library : index.libraries) {
            for (const project::LibraryModule &module : library.modules)
                db.get<project::TagLibraryFacts>(project, module.file);
        }
    }
    return {};
}

} // namespace nuages::server
