#include "engine/python/outline.h"

#include "engine/python/module.h"
#include "engine/source/queries.h"

#include <algorithm>

namespace nuages::python {

std::optional<std::uint32_t> Outline::numberOf(std::uint32_t offset) const
{
    const auto found = std::ranges::lower_bound(hidden, offset, {},
                                                [](const FunctionSuite &suite) { return suite.definition.offset; });
    if (found == hidden.end() || found->definition.offset != offset)
        return std::nullopt;
    return static_cast<std::uint32_t>(found - hidden.begin());
}

Outline ModuleOutline::run(query::Reader &db, source::File file)
{
    const source::Text &text = db.get<source::SourceText>(file);
    const auto suites = functionSuites(text.view());
    if (!suites || suites->empty())
        return {db.get<PythonModule>(file), {}};
    return {SyntaxTree::withoutBodies(text, *suites), *suites};
}

SyntaxTree HiddenFunction::run(query::Reader &db, source::File file, std::uint32_t number)
{
    const Outline &outline = db.get<ModuleOutline>(file);
    if (number >= outline.hidden.size())
        return {};
    const FunctionSuite &suite = outline.hidden[number];
    return SyntaxTree::ofPart(db.get<source::SourceText>(file), suite.definition, suite.end);
}

Node bodyOf(query::Reader &db, source::File file, Node definition)
{
    const auto hidden = db.get<ModuleOutline>(file).numberOf(definition.range().begin);
    if (!hidden)
        return definition.child(Field::Body);
    const std::vector<Node> statements = db.get<HiddenFunction>(file, *hidden).root().children();
    const bool isWhole = !statements.empty() && statements.front().is(Kind::FunctionDefinition);
    return isWhole ? statements.front().child(Field::Body) : Node();
}

} // namespace nuages::python
