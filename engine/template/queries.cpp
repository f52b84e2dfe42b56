#include "engine/template/queries.h"

#include "engine/source/queries.h"

namespace nuages::templates {

TemplateSyntax Template::run(query::Reader &db, source::File file)
{
    return TemplateSyntax(db.get<source::SourceText>(file));
}

TemplateFacts Facts::run(query::Reader &db, source::File file) { return collectFacts(db.get<Template>(file)); }

} // namespace nuages::templates
