#include "engine/query/claimwaits.h"

#include "engine/query/cell.h"
#include "engine/query/occupant.h"

#include <algorithm>

namespace nuages::query::detail {

bool ClaimWaits::Wait::isStillTrue() const
{
    return std::atomic_ref(wanted.cell->claim).load(std::memory_order_seq_cst) == owner;
}

std::vector<DependencyKey> ClaimWaits::wait(const Occupant &reader, std::span<const Claim> held, Claim wanted,
                                            std::uint32_t owner)
{
    const Wait mine{reader.id, owner, wanted, held};
    std::unique_lock lock(m_mutex);
    if (!mine.isStillTrue())
        return {}; // It was given back meanwhile, and its owner may sleep for something of ours by now: that is no
                   // ring.
    if (std::vector<DependencyKey> members = ring(mine); !members.empty())
        return members;

    struct Listed {
        ClaimWaits &waits;
        std::unique_lock<std::mutex> &lock;
        std::uint32_t reader;
        ~Listed()
        {
            if (!lock.owns_lock())
                lock.lock();
            std::erase_if(waits.m_waits, [this](const Wait &wait) { return wait.reader == reader; });
            waits.m_waiting.fetch_sub(1, std::memory_order_seq_cst);
        }
    };
    m_waits.push_back(mine);
    m_waiting.fetch_add(1, std::memory_order_seq_cst);
    const Listed listed{*this, lock, reader.id};
    // The releasing side stores the claim and then looks at m_waiting; this side does the reverse: one sees the other.
    while (mine.isStillTrue() && !(reader.epoch.load(std::memory_order_relaxed) & stopBit))
        m_changed.wait(lock);
    return {};
}

void ClaimWaits::wakeAll()
{
    std::scoped_lock lock(m_mutex);
    m_changed.notifyAll();
}

/// The ring that `mine` would close; empty if it closes none.
///
/// A sleeper that has not noticed yet that its claim is free is passed over: it will look again by itself.
std::vector<DependencyKey> ClaimWaits::ring(const Wait &mine) const
{
    std::vector<const Wait *> chain{&mine};
    while (chain.back()->owner != mine.reader) {
        const auto next = std::ranges::find_if(
            m_waits, [&](const Wait &wait) { return wait.reader == chain.back()->owner && wait.isStillTrue(); });
        if (next == m_waits.end())
            return {};
        chain.push_back(&*next);
    }
    // Each reader is in the ring from the memo that the one before it wants down to the top of its own stack.
    std::vector<DependencyKey> members;
    const Wait *before = chain.back();
    for (const Wait *wait : chain) {
        const auto from = std::ranges::find(wait->held, before->wanted.key, &Claim::key);
        if (from == wait->held.end())
            members.push_back(before->wanted.key); // It has its fallback, and its reader asks for more in another one.
        for (const Claim &claim : std::span(from, wait->held.end()))
            members.push_back(claim.key);
        before = wait;
    }
    return members;
}

} // namespace nuages::query::detail
