#include "engine/trace/batch.h"

namespace nuages::trace {

std::string nameOf(const Node &node)
{
    std::string name = node.kind + "(" + node.key + ")";
    if (!node.field.empty())
        name.append(".").append(node.field);
    return name;
}

} // namespace nuages::trace
