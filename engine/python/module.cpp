#include "engine/python/module.h"

#include "engine/source/queries.h"

namespace nuages::python {

SyntaxTree PythonModule::run(query::Reader &db, source::File file)
{
    return SyntaxTree(db.get<source::SourceText>(file));
}

} // namespace nuages::python
