#include "engine/query/memos.h"

#include "engine/query/engine.h"
#include "engine/query/yieldpoint.h"

#include <algorithm>

namespace nuages::query {

using namespace detail;

namespace {

bool wasComputed(CellHeader &cell) { return std::atomic_ref(cell.verifiedAt).load(std::memory_order_acquire) != 0; }

} // namespace

KeyName Engine::nameOf(DependencyKey key) const
{
    const Kind &kind = kindOf(key.kind);
    if (!isKept(m_core, key))
        return {kind.name, std::string(forgottenKey), kind.field, {}};
    return {kind.name, kind.describeKey(m_core, key.key), kind.field, kind.pathOfKey(m_core, key.key)};
}

std::optional<MemoState> Engine::memo(DependencyKey key) const
{
    checkOwner();
    const Kind &kind = kindOf(key.kind);
    if (kind.isField()) {
        const Stamp &stamp = kind.stamp(m_core, key.key);
        return MemoState{false, stamp.changedAt, stamp.changedAt, stamp.durability, false, false, {}, {}};
    }
    CellHeader *cell = m_core.columns.find(key);
    if (!cell || !wasComputed(*cell))
        return std::nullopt;
    // Who holds the claim may read everything; a reader that wants it meanwhile sleeps for as long as a copy takes.
    std::uint32_t nobody = 0;
    if (!std::atomic_ref(cell->claim).compare_exchange_strong(nobody, ownersClaim, std::memory_order_acq_rel))
        return MemoState{.isBusy = true};
    struct Release { // Whatever describing the value throws.
        Core &core;
        CellHeader &cell;
        ~Release()
        {
            std::atomic_ref(cell.claim).store(0, std::memory_order_seq_cst);
            core.waits.released();
        }
    };
    const Release release{m_core, *cell};
    NUAGES_YIELD("look at a memo");
    const DependencyKey *edges = cell->edges();
    return MemoState{false,
                     std::atomic_ref(cell->verifiedAt).load(std::memory_order_relaxed), // trust asks for no claim
                     cell->changedAt,
                     cell->durability,
                     cell->isUntracked,
                     cell->fellBack,
                     {edges, edges + cell->edgeCount},
                     cell->hasValue && kind.describeValue ? kind.describeValue(m_core, *cell) : std::string()};
}

bool Engine::nextMemos(MemoCursor &cursor, std::size_t limit, std::vector<DependencyKey> &found) const
{
    checkOwner();
    for (; limit > 0; --limit) {
        DependencyKey key;
        CellHeader *const cell = m_core.columns.next(cursor, key);
        if (!cell)
            return false;
        if (wasComputed(*cell))
            found.push_back(key);
    }
    return true;
}

std::vector<KindTotals> Engine::kinds() const
{
    checkOwner();
    std::vector<KindTotals> totals;
    std::vector<const Kind *> first; // of each of the totals
    const std::uint32_t count = kindCount();
    for (std::uint32_t number = 1; number < count; ++number) {
        const Kind &kind = kindOf(number);
        if (std::ranges::contains(first, kind.type, &Kind::type))
            continue;
        const Counters counters = kind.isField() ? Counters() : m_core.ledger.totals(number);
        const std::uint64_t made = kind.isField() ? kind.recordCount(m_core) : counters.memos;
        if (made == 0)
            continue;
        first.push_back(&kind);
        totals.push_back({kind.name, kind.isField(), made - counters.collected, counters});
    }
    for (std::size_t at = 0; at < totals.size(); ++at) {
        if (std::ranges::count(first, first[at]->name, &Kind::name) > 1)
            totals[at].name = first[at]->qualifiedName;
    }
    return totals;
}

} // namespace nuages::query
