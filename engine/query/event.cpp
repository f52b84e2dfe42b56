#include "engine/query/event.h"

namespace nuages::query {

const char *nameOf(Event::What what)
{
    using What = Event::What;
    switch (what) {
    case What::ExecutedNew:
        return "ExecutedNew";
    case What::ExecutedChanged:
        return "ExecutedChanged";
    case What::ExecutedBackdated:
        return "ExecutedBackdated";
    case What::ValidatedDeep:
        return "ValidatedDeep";
    case What::ValidatedShallow:
        return "ValidatedShallow";
    case What::Blocked:
        return "Blocked";
    case What::Cancelled:
        return "Cancelled";
    case What::CycleFound:
        return "CycleFound";
    case What::Collected:
        return "Collected";
    case What::InputSet:
        return "InputSet";
    case What::Committed:
        return "Committed";
    }
    return "";
}

const char *nameOf(Reason reason)
{
    switch (reason) {
    case Reason::NeverComputed:
        return "never computed";
    case Reason::DependencyChanged:
        return "dependency changed";
    case Reason::UntrackedRead:
        return "untracked read";
    case Reason::DurabilityDropped:
        return "durability dropped";
    case Reason::DurabilityRaised:
        return "durability raised";
    case Reason::DependencyCollected:
        return "dependency collected";
    }
    return "";
}

} // namespace nuages::query
