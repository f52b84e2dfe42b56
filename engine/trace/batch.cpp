#include "engine/trace/batch.h"

namespace nuages::trace {

std::string nameOf(const Node &node)
{
    std::string name = node.kind + "(" + node.key + ")";
    if (!node.field.empty())
        name.append(".").append(node.field);
    return name;
}

const char *nameOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::NotChecked:
        return "not even checked";
    case Outcome::Validated:
        return "checked, kept";
    case Outcome::ExecutedNew:
        return "ran, new";
    case Outcome::ExecutedChanged:
        return "ran, changed";
    case Outcome::ExecutedBackdated:
        return "ran, same value";
    case Outcome::InputSet:
        return "set";
    case Outcome::Cancelled:
        return "cancelled";
    case Outcome::Cycle:
        return "needed itself";
    case Outcome::Evicted:
        return "dropped";
    }
    return "";
}

} // namespace nuages::trace
