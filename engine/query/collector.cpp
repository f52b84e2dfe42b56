#include "engine/query/collector.h"

#include "engine/query/core.h"
#include "engine/query/keystore.h"

#include <algorithm>
#include <new>

namespace nuages::query::detail {

bool Collector::isDue() const
{
    return m_core.ledger.memosMade() - m_madeBefore >= std::max(m_policy.afterMemos, m_kept);
}

void Collector::step() noexcept
{
    const Instant until = m_core.time.now() + m_policy.perCommit;
    m_sinceLook = 0;
    try {
        if (m_phase == Phase::Rest)
            begin();
        if (m_phase == Phase::Marking && mark(until)) {
            m_phase = Phase::Sweeping;
            m_walk = {};
        }
        if (m_phase == Phase::Sweeping && sweep(until)) {
            m_phase = Phase::Forgetting;
            m_nextStore = 0;
            m_nextShard = 0;
        }
        if (m_phase == Phase::Forgetting && forget(until))
            m_phase = Phase::Rest;
    } catch (const std::bad_alloc &) { // The next round tries again.
        m_pending.clear();
        m_phase = Phase::Rest;
    }
}

void Collector::begin()
{
    m_phase = Phase::Marking;
    m_begun = m_core.clock.current();
    m_madeBefore = m_core.ledger.memosMade();
    m_mark = m_mark == 1 ? 2 : 1;
    m_walk = {};
    m_pending.clear();
    m_kept = 0;
}

/// Looks at the clock now and then.
bool Collector::isLate(Instant until)
{
    constexpr unsigned between = 64;
    if (++m_sinceLook % between != 0)
        return false;
    return m_core.time.now() >= until;
}

bool Collector::isRoot(const CellHeader &cell, const Kind &kind) const
{
    if (!cell.isRoot || !cell.hasValue)
        return false;
    return !kind.keyStore || m_begun - std::min(cell.verifiedAt, m_begun) < m_policy.askedWithin;
}

void Collector::reach(CellHeader &cell)
{
    if (cell.mark == m_mark || !cell.hasValue)
        return;
    cell.mark = m_mark & 3U;
    m_pending.push_back({&cell, 0});
}

/// Follows the edges of what is reachable; true when there are no more.
bool Collector::follow(Instant until)
{
    while (!m_pending.empty()) {
        Pending &last = m_pending.back();
        if (last.nextEdge >= last.cell->edgeCount) {
            m_pending.pop_back();
            continue;
        }
        const DependencyKey edge = last.cell->edges()[last.nextEdge++];
        if (!kindOf(edge.kind).isField()) {
            if (CellHeader *const read = m_core.columns.find(edge))
                reach(*read);
        }
        if (isLate(until))
            return false;
    }
    return true;
}

bool Collector::mark(Instant until)
{
    for (;;) {
        if (!follow(until))
            return false;
        DependencyKey key;
        CellHeader *const cell = m_core.columns.next(m_walk, key);
        if (!cell)
            return true;
        if (isRoot(*cell, kindOf(key.kind)))
            reach(*cell);
        if (isLate(until))
            return false;
    }
}

bool Collector::sweep(Instant until)
{
    DependencyKey key;
    while (CellHeader *const cell = m_core.columns.next(m_walk, key)) {
        if (cell->hasValue) {
            const bool isNew = cell->verifiedAt >= m_begun;
            if (cell->mark == m_mark || isNew) {
                ++m_kept;
            } else {
                kindOf(key.kind).destroy(*cell);
                cell->clear(cell->generation);
                collected(key);
            }
        }
        if (cell->mark != m_mark)
            cell->mark = 0; // The other mark will be in use again.
        if (isLate(until))
            return false;
    }
    return true;
}

void Collector::collected(DependencyKey key)
{
    m_core.ledger.addCollected(key.kind);
    if (!m_core.ledger.isWatching())
        return;
    Event event;
    event.what = Event::What::Collected;
    event.revision = m_core.clock.current();
    event.key = key;
    event.at = m_core.time.now();
    m_core.ledger.add(event);
}

/// The kinds whose keys are in each table, sorted by table.
std::vector<std::pair<KeyStore *, std::uint32_t>> Collector::kindsByStore() const
{
    std::vector<std::pair<KeyStore *, std::uint32_t>> kinds;
    const std::uint32_t count = kindCount();
    for (std::uint32_t number = 1; number < count; ++number) {
        if (const auto keyStore = kindOf(number).keyStore)
            kinds.emplace_back(keyStore(m_core), number);
    }
    std::ranges::sort(kinds);
    return kinds;
}

/// Forgets the keys that have no memo of any kind, a shard of a table after the other.
bool Collector::forget(Instant until)
{
    const auto kinds = kindsByStore(); // Anew each time: a kind may have been used for the first time.
    while (m_nextStore < kinds.size()) {
        KeyStore *const store = kinds[m_nextStore].first;
        const auto end = std::ranges::find_if(kinds.begin() + std::ptrdiff_t(m_nextStore), kinds.end(),
                                              [store](const auto &each) { return each.first != store; });
        const auto cellOf = [this](std::uint32_t kind, std::uint32_t number) {
            return m_core.columns.find(kindOf(kind), DependencyKey{kind, number});
        };
        const auto begin = kinds.begin() + std::ptrdiff_t(m_nextStore);
        const auto isUnused = [&](std::uint32_t number) {
            return std::none_of(begin, end, [&](const auto &each) {
                const CellHeader *const cell = cellOf(each.second, number);
                return cell && cell->hasValue;
            });
        };
        const auto forgotten = [&](std::uint32_t place, std::uint32_t nextGeneration) {
            std::for_each(begin, end, [&](const auto &each) {
                if (CellHeader *const cell = cellOf(each.second, place))
                    cell->generation = static_cast<std::uint8_t>(nextGeneration);
            });
        };
        store->forgetUnused(m_nextShard, isUnused, forgotten);
        if (++m_nextShard == KeyStore::shardCount) {
            m_nextShard = 0;
            m_nextStore = std::size_t(end - kinds.begin());
        }
        if (m_core.time.now() >= until)
            return m_nextStore == kinds.size();
    }
    return true;
}

} // namespace nuages::query::detail
