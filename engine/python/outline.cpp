#include "engine/python/outline.h"

#include "engine/python/module.h"
#include "engine/source/queries.h"

#include <algorithm>

namespace nuages::python {

namespace {

constexpr auto definitionOffset = [](const FunctionSuite &suite) { return suite.definition.offset; };

} // namespace

bool Outline::hides(std::uint32_t offset) const
{
    return std::ranges::binary_search(hidden, offset, {}, definitionOffset);
}

Outline ModuleOutline::run(query::Reader &db, source::File file)
{
    const source::Text &text = db.get<source::SourceText>(file);
    const auto suites = functionSuites(text.view());
    if (!suites || suites->empty())
        return {db.get<PythonModule>(file), {}};
    return {SyntaxTree::withoutBodies(text, *suites), *suites};
}

SyntaxTree HiddenFunction::run(query::Reader &db, source::File file, std::uint32_t offset)
{
    const Outline &outline = db.get<ModuleOutline>(file);
    const auto suite = std::ranges::lower_bound(outline.hidden, offset, {}, definitionOffset);
    if (suite == outline.hidden.end() || suite->definition.offset != offset)
        return {};
    return SyntaxTree::ofPart(db.get<source::SourceText>(file), suite->definition, suite->end);
}

} // namespace nuages::python
