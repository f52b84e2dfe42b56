#include "engine/project/discovery/namedsettings.h"

#include "engine/python/module.h"
#include "engine/python/strings.h"

namespace nuages::project {

namespace {

using python::Field;
using python::Kind;
using python::Node;

bool isVariable(Node node) { return python::stringValue(node) == "DJANGO_SETTINGS_MODULE"; }

std::vector<Node> everyNode(Node root)
{
    std::vector<Node> found{root};
    for (std::size_t i = 0; i < found.size(); ++i) {
        const std::vector<Node> children = found[i].children();
        found.insert(found.end(), children.begin(), children.end());
    }
    return found;
}

/// The texts that `value` may be: a literal, either side of a condition, or what is assigned to that name anywhere in
/// the file.
void collectTexts(Node value, const std::vector<Node> &nodes, std::vector<NamedSettings> &out, int depth = 0)
{
    constexpr int deepest = 3;
    if (const auto text = python::stringValue(value)) {
        out.push_back({*text, value.line()});
    } else if (value.is(Kind::ConditionalExpression) || value.is(Kind::ParenthesizedExpression)) {
        for (const Node part : value.children())
            collectTexts(part, nodes, out, depth);
    } else if (value.is(Kind::Identifier) && depth < deepest) {
        for (const Node node : nodes) {
            if (node.is(Kind::Assignment) && node.child(Field::Left).text() == value.text())
                collectTexts(node.child(Field::Right), nodes, out, depth + 1);
        }
    }
}

} // namespace

std::vector<NamedSettings> SettingsNamedIn::run(query::Reader &db, source::File file)
{
    std::vector<NamedSettings> found;
    const std::vector<Node> nodes = everyNode(db.get<python::PythonModule>(file).root());
    for (const Node node : nodes) {
        const std::vector<Node> arguments = node.child(Field::Arguments).children();
        if (node.is(Kind::Call) && node.child(Field::Function).text().ends_with("environ.setdefault")
            && arguments.size() == 2 && isVariable(arguments[0]))
            collectTexts(arguments[1], nodes, found);
        const Node left = node.child(Field::Left);
        if (node.is(Kind::Assignment) && left.is(Kind::Subscript) && isVariable(left.child(Field::Subscript)))
            collectTexts(node.child(Field::Right), nodes, found);
    }
    return found;
}

} // namespace nuages::project
