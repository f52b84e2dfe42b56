#pragma once

#include "engine/query/dependencykey.h"
#include "engine/query/revision.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <new>

namespace nuages::query {

/// Why a query ran.
enum class Reason : std::uint8_t {
    NeverComputed,
    DependencyChanged, ///< The cause is the first dependency, in order of reading, that differs.
    UntrackedRead, ///< It read something that the engine cannot see, so it runs in every revision.
    DurabilityDropped, ///< The cause kept its value, but may now change more often than was promised.
    DurabilityRaised, ///< The cause kept its value, and is expected to change less often from now on.
    DependencyCollected, ///< The cause was given up while nobody could reach it; its key may stand for another now.
};

namespace detail {

/// A number of revisions, of which there are at most so many: beyond that it means at least as many.
using SameFor = std::uint16_t;

/// How long the value will have been the same at `now`, if it stays and `changedAt` moves there nevertheless.
constexpr SameFor sameUntil(Revision now, Revision changedAt, SameFor before)
{
    return static_cast<SameFor>(std::min<Revision>(now - changedAt + before, std::numeric_limits<SameFor>::max()));
}

/// A query's last value with what it read. All zero is an empty cell, so that fresh memory needs no constructor
/// and a column costs only the pages it touches.
///
/// Who holds the claim may touch everything. Everyone else reads `verifiedAt` first (acquire), and the rest, but
/// for the edges, only if it equals the reader's revision: from then on nothing changes until the next revision.
/// Only `trust` may be read before, to find out whether a claim is needed at all.
struct CellHeader {
    static constexpr std::uint32_t inlineEdges = 2;

    Revision verifiedAt; ///< Through std::atomic_ref; stored (release) after all the rest.
    Revision changedAt; ///< The value is the same since this revision.
    std::uint32_t claim; ///< Through std::atomic_ref; the id of the reader that computes this cell, or 0.
    std::uint32_t edgeCount;
    union {
        DependencyKey few[inlineEdges]; ///< Most leaves read one or two things: no allocation for them.
        DependencyKey *many;
    };
    DependencyKey cause; ///< The first changed dependency of the last execution.
    Durability durability; ///< The lowest of all that was read.
    std::uint8_t trust; ///< Through std::atomic_ref; 1 + durability if that may prove the memo good, else 0.
    Reason reason : 3; ///< Of the last execution.
    bool hasValue : 1;
    bool isUntracked : 1;
    bool fellBack : 1; ///< It was in a ring of queries that need each other; its last edge is the next member.
    std::uint8_t mark : 2; ///< The collector's.
    std::uint8_t isRoot; ///< Through std::atomic_ref; 1 if it was asked for from outside and not by another query.
    std::uint8_t generation; ///< Of the key; what names another one means no memo that is here.
    SameFor sameFor; ///< How long the value had been the same when `changedAt` moved because durability dropped.

    /// What the last execution read, in order of first reading.
    const DependencyKey *edges() const { return edgeCount <= inlineEdges ? few : many; }
    void setEdges(const DependencyKey *first, std::uint32_t count);
    void takeEdgesOf(CellHeader &other) noexcept;
    void freeEdges();

    /// What an empty cell is, for a key of `generation`. The value is destroyed already.
    void clear(std::uint8_t nextGeneration);
};

static_assert(sizeof(CellHeader) == 48);

template <class T>
struct Cell : CellHeader {
    alignas(T) std::byte storage[sizeof(T)];

    T &value() { return *std::launder(reinterpret_cast<T *>(storage)); }
};

} // namespace detail
} // namespace nuages::query
