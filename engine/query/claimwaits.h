#pragma once

#include "engine/query/dependencykey.h"
#include "engine/query/signal.h"

#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

namespace nuages::query::detail {

struct CellHeader;
struct Occupant;

/// What the owner writes into a claim while it looks: no reader has this id.
inline constexpr std::uint32_t ownersClaim = ~std::uint32_t(0);

/// A memo that a reader has claimed: it verifies or computes it, and others wait.
struct Claim {
    CellHeader *cell;
    DependencyKey key;
};

/// Which reader waits for which other one, because that one computes what it needs.
///
/// Thread-safe. A reader's claims are exactly its stack, each needed by the one before; so readers that wait in a
/// ring mean queries that need each other in a ring.
class ClaimWaits
{
public:
    /// Sleeps until `owner` no longer holds the claim of `wanted`, or the reader is told to stop.
    ///
    /// Returns an empty list then. If sleeping would close a ring, returns the members of the ring at once.
    std::vector<DependencyKey> wait(const Occupant &reader, std::span<const Claim> held, Claim wanted,
                                    std::uint32_t owner);

    /// Call after releasing claims: wakes those who wait, if there are any.
    void released()
    {
        if (m_waiting.load(std::memory_order_seq_cst) != 0)
            wakeAll();
    }

    void wakeAll();

private:
    struct Wait {
        std::uint32_t reader;
        std::uint32_t owner;
        Claim wanted;
        std::span<const Claim> held; ///< The waiting reader's stack; it cannot change while the reader sleeps.

        bool isStillTrue() const;
    };

    std::vector<DependencyKey> ring(const Wait &mine) const;

    std::mutex m_mutex; // guards m_waits
    Signal m_changed;
    std::vector<Wait> m_waits;
    std::atomic<int> m_waiting{0}; // size of m_waits; sequentially consistent, like the claims themselves
};

} // namespace nuages::query::detail
