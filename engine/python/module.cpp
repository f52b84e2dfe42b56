#include "engine/python/module.h"

#include "engine/source/sourcetext.h"

namespace nuages::python {

SyntaxTree PythonModule::run(query::Reader &db, source::File file)
{
    return SyntaxTree::parse(std::string(db.get<source::SourceText>(file).view()));
}

} // namespace nuages::python
