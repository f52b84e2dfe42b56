#include "engine/trace/batch.h"

namespace nuages::trace {

Node::operator NodeName() const { return {id, kind, key, field, file, isInput}; }

std::string nameOf(const NodeName &node)
{
    std::string name;
    name.reserve(node.kind.size() + node.key.size() + node.field.size() + 3);
    name.append(node.kind).append("(").append(node.key).append(")");
    if (!node.field.empty())
        name.append(".").append(node.field);
    return name;
}

} // namespace nuages::trace
