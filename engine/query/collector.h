#pragma once

#include "engine/query/collection.h"
#include "engine/query/columns.h"

#include <utility>
#include <vector>

namespace nuages::query::detail {

struct Core;
class KeyStore;

/// Gives up the memos that nobody can reach, and then the keys that no memo has, in steps between which readers run.
///
/// Roots are the memos that were asked for from outside: for ever where the key is an input or a name, of which there
/// are few, and for a number of revisions where it has several parts. What a root read when it last ran is reachable.
/// Readers may make and change memos between two steps; what was good since the round began is kept, and a memo that
/// lost what it read runs again. So a round may give up too much or too little, and no answer depends on it.
///
/// The owner's alone, while no reader is open.
class Collector
{
public:
    explicit Collector(Core &core) : m_core(core) { }

    void setPolicy(const Collection &policy) { m_policy = policy; }

    /// Goes on with a round, or begins one if there is reason to, for as long as the policy allows.
    void work() noexcept
    {
        if (m_phase != Phase::Rest || isDue()) [[unlikely]]
            step();
    }

private:
    enum class Phase : std::uint8_t { Rest, Marking, Sweeping, Forgetting };

    /// A reachable memo, and how many of its edges have been followed.
    struct Pending {
        CellHeader *cell;
        std::uint32_t nextEdge;
    };

    bool isDue() const;
    void step() noexcept;
    void begin();
    bool mark(Instant until);
    bool sweep(Instant until);
    bool forget(Instant until);
    void collected(DependencyKey key);
    bool isRoot(const CellHeader &cell, const Kind &kind) const;
    bool isLate(Instant until);
    void reach(CellHeader &cell);
    bool follow(Instant until);
    std::vector<std::pair<KeyStore *, std::uint32_t>> kindsByStore() const;

    Core &m_core;
    Collection m_policy;
    Phase m_phase = Phase::Rest;
    Revision m_begun = 0; ///< The revision in which the round began.
    std::uint8_t m_mark = 1; ///< Of what is reachable in this round: 1 and 2 in turn.
    CellWalk m_walk;
    std::vector<Pending> m_pending;
    std::size_t m_nextStore = 0;
    unsigned m_nextShard = 0;
    std::uint64_t m_kept = 0; ///< Memos, so far in this round; after it, of the last one.
    std::uint64_t m_madeBefore = 0; ///< Memos that had been made when the last round began.
    unsigned m_sinceLook = 0; ///< Cells since the clock was looked at.
};

} // namespace nuages::query::detail
