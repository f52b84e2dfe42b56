#pragma once

#include "engine/query/revision.h"

#include <array>

namespace nuages::query {

/// Counts revisions and knows, for each durability, when an input of that level or a higher one last changed.
///
/// It is what makes most memos free to keep: one that read nothing below durability `d` still holds when
/// `lastChanged(d)` is not later than the revision it was verified in, whatever else was written since.
///
/// Not thread-safe: the owner advances it while no reader is open.
class RevisionClock
{
public:
    /// Starts in `first`, as if everything had changed there.
    explicit RevisionClock(Revision first = 1) : m_lastChanged{first, first, first} { }

    /// The revision that a reader opened now would see.
    Revision current() const { return m_lastChanged.front(); }

    /// The latest revision that wrote an input of durability `floor` or higher; 1 if none did.
    Revision lastChanged(Durability floor) const { return m_lastChanged[static_cast<std::size_t>(floor)]; }

    /// Opens the next revision for writes of which `highest` is the highest durability, and returns it. Aborts with a
    /// sentence after the last.
    Revision advance(Durability highest);

private:
    // Invariant: never increases from Low to High, because a write counts for every level up to its own.
    std::array<Revision, durabilityCount> m_lastChanged;
};

} // namespace nuages::query
