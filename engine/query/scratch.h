#pragma once

#include "engine/query/claimwaits.h"
#include "engine/query/counters.h"
#include "engine/query/eventring.h"
#include "engine/query/frame.h"
#include "engine/query/kind.h"

#include <array>
#include <memory>
#include <vector>

namespace nuages::query::detail {

/// A memo whose dependencies are being looked at: the next one, and all before it are unchanged.
struct Walk {
    CellHeader *cell;
    DependencyKey key;
    std::uint32_t nextEdge;
};

/// A member of a ring that has its fallback, and is still claimed: nobody sees it before all of the ring have theirs.
struct Fallen {
    Claim claim;
    Ran ran;
    std::unique_ptr<Fallback> value;
    CellHeader edges{}; ///< Has nothing but these.
    Instant insideNs = 0; ///< How long the executions took that it asked for.

    Fallen(Claim claimed, const Frame &frame, std::unique_ptr<Fallback> fallback);
    Fallen(Fallen &&other) noexcept;
    Fallen &operator=(Fallen &&) = delete;
    ~Fallen() { edges.freeEdges(); }
};

/// How a reader goes on that has come upon a ring in which every member has a rule.
struct RingPlan {
    enum class Next : std::uint8_t {
        Keep, ///< All of the ring is being proved, and stands as it did: all members are good.
        Run, ///< `from` is being proved, but may be worth something else in this ring.
        FallBack, ///< All members run, and wait for each other: they take their fallbacks.
        HandOver, ///< Another reader is in the ring too: it gets this one's part.
    };
    Next next = Next::Keep;
    std::size_t from = 0; ///< The claim down to which the reader steps back.
    Claim wanted = {}; ///< To hand over: what closes the ring,
    std::uint32_t owner = 0; ///< and the reader that has it.
    bool hadStopped = false;
};

/// Thrown where a ring is found, and caught where `RingPlan::from` was asked for.
struct RingClosed {
};

/// All that a reader needs and the next one can use again: stacks, counters and its event ring.
///
/// Lent by the engine to one reader at a time; only the ring is looked at by another thread, the owner.
struct Scratch {
    std::vector<std::unique_ptr<Frame>> frames; ///< One for each level of nesting so far; only grows.
    std::vector<Claim> claims; ///< The reader's stack, outermost first: memos it verifies or runs.
    std::vector<Claim> abandoned; ///< The stack that the last failure left behind, for its report.
    std::vector<Walk> walks;
    std::vector<Fallen> fallen;
    std::array<std::uint64_t, maxKinds> hits{};
    std::vector<Counters> counters = std::vector<Counters>(maxKinds); ///< By kind; without hits.
    bool hasCounted = false; ///< Something may be in `counters`.
    EventRing ring;
};

} // namespace nuages::query::detail
