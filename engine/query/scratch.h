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

/// All that a reader needs and the next one can use again: stacks, counters and its event ring.
///
/// Lent by the engine to one reader at a time; only the ring is looked at by another thread, the owner.
struct Scratch {
    std::vector<std::unique_ptr<Frame>> frames; ///< One for each level of nesting so far; only grows.
    std::vector<Claim> claims; ///< The reader's stack, outermost first: memos it verifies or runs.
    std::vector<Claim> abandoned; ///< The stack that the last failure left behind, for its report.
    std::vector<Walk> walks;
    std::array<std::uint64_t, maxKinds> hits{};
    std::vector<Counters> counters = std::vector<Counters>(maxKinds); ///< By kind; without hits.
    EventRing ring;
};

} // namespace nuages::query::detail
