#include "engine/query/revisionclock.h"

#include "engine/query/misuse.h"

#include <algorithm>
#include <cassert>
#include <functional>

namespace nuages::query {

Revision RevisionClock::advance(Durability highest)
{
    if (current() == lastRevision)
        detail::misuse("an Engine has opened as many revisions as it can count; make a new one");
    const Revision next = current() + 1;
    for (std::size_t level = 0; level <= static_cast<std::size_t>(highest); ++level)
        m_lastChanged[level] = next;
    assert(std::ranges::is_sorted(m_lastChanged, std::ranges::greater{}));
    return next;
}

} // namespace nuages::query
