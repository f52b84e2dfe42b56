#include "engine/trace/outcome.h"

namespace nuages::trace {

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
        return "value dropped";
    }
    return "";
}

} // namespace nuages::trace
