#include "lsp/server/features/warmup.h"

#include "engine/project/discovery/discovery.h"
#include "engine/project/libraries/libraries.h"
#include "engine/project/libraries/taglibrary.h"

namespace nuages::server {

Encode warmUp(query::Reader &db, const Question &question)
{
    for (const std::string &folder : db.read<&project::GivenData::folders>(question.given)) {
        const project::Project project = project::projectOf(db, question.given, folder);
        for (const project::Library &library : db.get<project::Libraries>(project).libraries) {
            for (const project::LibraryModule &module : library.modules)
                db.get<project::TagLibraryFacts>(project, module.file);
        }
    }
    return {};
}

} // namespace nuages::server
