#include "lsp/server/features/warmup.h"

#include "engine/project/libraries/libraries.h"
#include "engine/project/libraries/taglibrary.h"

namespace nuages::server {

Encode warmUp(query::Reader &db, const Question &question)
{
    for (const project::Library &library : db.get<project::Libraries>(question.project).libraries) {
        for (const project::LibraryModule &module : library.modules)
            db.get<project::TagLibraryFacts>(question.project, module.file);
    }
    return {};
}

} // namespace nuages::server
