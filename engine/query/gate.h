#pragma once

#include "engine/query/claimwaits.h"
#include "engine/query/occupant.h"
#include "engine/query/revisionclock.h"
#include "engine/query/signal.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace nuages::query {

/// The number of an edit that waits to be written. Whoever appends edits counts them, from 1, in order.
using Wish = std::uint64_t;

/// What the gate looks like at one moment.
struct GateState {
    bool isShut = false; ///< New readers are refused.
    std::size_t openReaders = 0;
    Wish highestWish = 0;
    Wish metWish = 0; ///< The highest wish that a commit contained.
};

/// An open reader that was told to stop and has not yet.
struct Laggard {
    RequestId request = 0;
    DependencyKey query; ///< The one it last began.
    Instant sinceTold = 0; ///< At least as long as since its last poll, in nanoseconds.
};

namespace detail {

/// Something to ring when the last reader has gone; called with the gate locked, so it may only post and return.
struct Bell {
    virtual ~Bell() = default;
    virtual void ring() noexcept = 0;
};

/// One writer or many readers. Open(r) → Draining(r) → Exclusive → Open(r or r + 1).
///
/// The gate is shut exactly while some numbered wish is higher than the last commit's, or the owner has asked to write
/// and has not yet. A wish that arrives late, early or twice can therefore neither shut it for ever nor be lost.
///
/// Thread-safe; exclusive calls come from the owner alone. Tickets keep it alive, so that one that is opened after the
/// engine has died is refused. See README.md, "Threads".
class Gate
{
public:
    using Lock = std::scoped_lock<std::mutex>;

    Gate(ClaimWaits &waits, Clock &clock, const RevisionClock &revisions)
        : m_waits(waits), m_clock(clock), m_revisions(revisions)
    {
    }

    /// What enter(), leave() and the ledger need, which a reader that opens or closes uses both of at once.
    std::mutex &mutex() { return m_mutex; }

    /// Lets a reader in that was given a ticket for `ticketRevision`, and numbers it. Throws Cancelled when the gate is
    /// shut, the ticket's revision has passed or the engine is gone.
    void enter(const Lock & /*held*/, Occupant &reader, Revision ticketRevision)
    {
        if (m_isGone || isShut() || ticketRevision != m_revisions.current()) [[unlikely]]
            refuse();
        reader.epoch.store(ticketRevision, std::memory_order_relaxed);
        m_readers.push_back(&reader);
        // The count starts again after 2^32 readers; then a few numbers have another meaning.
        if (++m_lastId == ownersClaim) [[unlikely]]
            m_lastId = 1;
        reader.id = m_lastId;
    }

    /// Lets a reader out. The last one rings the bell if a write is wanted.
    void leave(const Lock & /*held*/, const Occupant &reader)
    {
        if (m_readers.back() == &reader)
            m_readers.pop_back();
        else
            std::erase(m_readers, &reader);
        if (m_readers.empty() && isShut()) [[unlikely]]
            lastHasLeft();
    }

    /// Wants wish `wish` to be met: shuts the gate unless a commit contained it, and tells the readers to stop, each
    /// after its grace. Never blocks. Any thread.
    void want(Wish wish);

    /// Tells those to stop whose grace has run out; returns when to call again, if anyone is left. Any thread.
    std::optional<Instant> stopOverdue();

    /// Wants `wish`, and returns whether no reader is open, so that the owner now has the engine for itself. If not,
    /// the gate stays shut until it has, even if a commit met the wish before: its edit may not have been in there.
    bool tryBeginExclusive(Wish wish);

    /// Shuts the gate, tells all readers to stop at once, and waits until they have. The commit that follows meets all
    /// wishes made before this call.
    void waitForExclusive();

    /// Ends exclusive access; `met` is the highest wish the commit contained, none after waitForExclusive().
    void endExclusive(std::optional<Wish> met);

    /// Lets nobody in any more and returns true: the engine may go, and what the gate knows of it is not looked at
    /// again. False if a reader is open.
    bool closeForGood();

    GateState state() const;
    std::vector<Laggard> laggards() const;
    void setBell(std::unique_ptr<Bell> bell);

private:
    [[noreturn, gnu::cold]] void refuse() const;
    void lastHasLeft();
    bool isShut() const { return m_highest > m_met || m_ownerAsks; }
    std::optional<Instant> stopOverdueLocked(Instant now);

    ClaimWaits &m_waits;
    Clock &m_clock;
    const RevisionClock &m_revisions; ///< Looked at only while the gate is open.
    mutable std::mutex m_mutex; // guards all that follows, the stop times of the readers, and what the ledger says
    Signal m_emptied;
    std::vector<Occupant *> m_readers;
    std::unique_ptr<Bell> m_bell;
    std::uint32_t m_lastId = 0; ///< Of a reader.
    Wish m_highest = 0;
    Wish m_met = 0;
    Wish m_before = 0; ///< The highest wish when waitForExclusive() was called.
    bool m_isGone = false; ///< The engine.
    bool m_ownerAsks = false; ///< From its first attempt to write until it has written.
    bool m_ownerBlocks = false; ///< In waitForExclusive(): no reader has a grace.
};

} // namespace detail
} // namespace nuages::query
