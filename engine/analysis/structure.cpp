#include "engine/analysis/structure.h"

#include "engine/analysis/layers.h"
#include "engine/analysis/scope.h"
#include "engine/query/engine.h"
#include "engine/template/queries.h"

namespace nuages::analysis {

templates::Structure TemplateStructure::run(query::Reader &db, project::Project project, source::File file)
{
    const templates::TemplateSyntax &syntax = db.get<templates::Template>(file);
    const Scope scope(db, project, db.get<Layers>(project, file), syntax);
    return templates::buildStructure(syntax, scope);
}

} // namespace nuages::analysis
