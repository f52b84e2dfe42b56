#include "engine/query/core.h"
#include "engine/query/failure.h"
#include "engine/query/misuse.h"
#include "engine/query/reader.h"

#include <utility>

/// Getting a memo that is not known to be good in this revision: claim it, prove it or run it.
///
/// Source: the salsa book, plumbing/fetch and plumbing/maybe_changed_after; here without recursion.

namespace nuages::query {

using namespace detail;

namespace {

std::atomic_ref<Revision> verifiedAtOf(CellHeader &cell) { return std::atomic_ref(cell.verifiedAt); }

} // namespace

CellHeader &Reader::fetchCold(const Kind &kind, std::atomic<std::uint32_t> &number, std::uint32_t key)
{
    const DependencyKey wanted{numberKind(number, kind), key};
    if (m_frame) {
        CellHeader &cell = bring(wanted);
        m_frame->add(wanted, cell.changedAt, cell.durability);
        return cell;
    }
    // The outermost call: here, and only here, what an exception left behind is cleared away, in one go. A handler at
    // each level would make unwinding several times slower.
    try {
        return bring(wanted);
    } catch (const Cancelled &) {
        abandon();
        throw;
    } catch (const CycleError &) {
        abandon();
        throw;
    } catch (...) {
        m_failedQueries.clear();
        for (const Claim &claim : m_scratch->claims)
            m_failedQueries.push_back(describe(*m_core, claim.key));
        abandon();
        throw;
    }
}

/// The cell of `key`, good in this revision.
CellHeader &Reader::bring(DependencyKey key)
{
    CellHeader &cell = m_core->columns.cell(kindOf(key.kind), key);
    const std::size_t below = m_scratch->walks.size();
    if (!settle(cell, key)) {
        while (m_scratch->walks.size() > below)
            step();
    }
    return cell;
}

/// Makes the memo good if that takes no look at its dependencies, and returns true; else begins a walk over them.
bool Reader::settle(CellHeader &cell, DependencyKey key)
{
    poll();
    if (!claim(cell, key))
        return true;
    if (!cell.hasValue || cell.isUntracked) {
        execute(cell, key, cell.hasValue ? Reason::UntrackedRead : Reason::NeverComputed, {});
        return true;
    }
    if (m_core->clock.lastChanged(cell.durability) <= cell.verifiedAt) {
        validated(cell, key, Event::What::ValidatedShallow);
        return true;
    }
    m_scratch->walks.push_back({&cell, key, 0});
    return false;
}

/// Takes the uppermost walk further: to its end, or to a dependency that must be made good first.
///
/// Dependencies are looked at in the order they were read: a later one may have been asked for only because an
/// earlier one had the value it had.
void Reader::step()
{
    auto &walks = m_scratch->walks;
    Walk &walk = walks.back();
    CellHeader &cell = *walk.cell;
    const DependencyKey *edges = cell.edges();
    const Revision now = revision();
    for (; walk.nextEdge < cell.edgeCount; ++walk.nextEdge) {
        const DependencyKey edge = edges[walk.nextEdge];
        const Kind &kind = kindOf(edge.kind);
        Revision changedAt = 0;
        bool onlyDurabilityDropped = false;
        if (kind.isField()) {
            const Stamp &stamp = kind.stamp(*m_core, edge.key);
            changedAt = stamp.changedAt;
            onlyDurabilityDropped = stamp.onlyDurabilityDropped;
        } else {
            CellHeader &dependency = m_core->columns.cell(kind, edge);
            if (verifiedAtOf(dependency).load(std::memory_order_acquire) != now) {
                settle(dependency, edge); // It may have put a walk above this one; then we come back to the same edge.
                return;
            }
            changedAt = dependency.changedAt;
            onlyDurabilityDropped = dependency.onlyDurabilityDropped;
        }
        if (changedAt > cell.verifiedAt) {
            const DependencyKey key = walk.key;
            walks.pop_back();
            execute(cell, key, onlyDurabilityDropped ? Reason::DurabilityDropped : Reason::DependencyChanged, edge);
            return;
        }
    }
    const DependencyKey key = walk.key;
    walks.pop_back();
    validated(cell, key, Event::What::ValidatedDeep);
}

/// Claims the memo for this reader and returns true; false if it turns out to be good already.
bool Reader::claim(CellHeader &cell, DependencyKey key)
{
    auto &claims = m_scratch->claims;
    const std::atomic_ref claimedBy(cell.claim);
    const Revision now = revision();
    for (;;) {
        NUAGES_YIELD("claim");
        if (verifiedAtOf(cell).load(std::memory_order_acquire) == now)
            return false;
        std::uint32_t owner = 0;
        if (claimedBy.compare_exchange_strong(owner, m_self.id, std::memory_order_acq_rel)) {
            claims.push_back({&cell, key});
            if (verifiedAtOf(cell).load(std::memory_order_relaxed) != now)
                return true;
            release(cell); // Another reader finished it between the two looks.
            return false;
        }
        if (owner == m_self.id) {
            std::vector<DependencyKey> members;
            for (const Claim &claim : claims) {
                if (claim.cell == &cell || !members.empty())
                    members.push_back(claim.key);
            }
            cycleFound(key, members);
        }
        ++m_scratch->counters[key.kind].blocked;
        record(Event::What::Blocked, key, claims.empty() ? DependencyKey{} : claims.back().key, 0);
        const std::vector<DependencyKey> ring = m_core->waits.wait(m_self, claims, {&cell, key}, owner);
        if (!ring.empty())
            cycleFound(key, ring);
        poll();
    }
}

/// Gives the uppermost claim back; it is the one of `cell`.
void Reader::release(CellHeader &cell)
{
    m_scratch->claims.pop_back();
    std::atomic_ref(cell.claim).store(0, std::memory_order_seq_cst);
    m_core->waits.released();
}

void Reader::validated(CellHeader &cell, DependencyKey key, Event::What how)
{
    Counters &counters = m_scratch->counters[key.kind];
    ++(how == Event::What::ValidatedDeep ? counters.validatedDeep : counters.validatedShallow);
    record(how, key, parentOfTop(), cell.verifiedAt);
    NUAGES_YIELD("publish a validation");
    verifiedAtOf(cell).store(revision(), std::memory_order_release);
    release(cell);
}

/// Runs the query. If it throws, the old memo is untouched and the claim stays ours until abandon().
void Reader::execute(CellHeader &cell, DependencyKey key, Reason reason, DependencyKey cause)
{
    if (static_cast<const char *>(__builtin_frame_address(0)) < m_stackLimit)
        throw Cancelled{Cancelled::Why::TooDeep};
    NUAGES_YIELD("execute");
    m_self.publishRunning(key);
    if (m_depth == m_scratch->frames.size())
        m_scratch->frames.push_back(std::make_unique<Frame>());
    Frame *outer = std::exchange(m_frame, m_scratch->frames[m_depth].get());
    const std::size_t depth = ++m_depth;
    m_frame->open();
    const Instant began = m_isWatched ? m_core->time.now() : 0;
    const Result result = kindOf(key.kind).run(*this, cell, key.key);
    if (m_depth != depth)
        misuse("a query caught an exception that came through another query; only runTask() may");
    finish(cell, key, result, reason, cause, began);
    --m_depth;
    m_frame = outer;
    release(cell);
}

/// Writes down what the query read, decides since when its value is the same, and publishes the memo.
void Reader::finish(CellHeader &cell, DependencyKey key, Result result, Reason reason, DependencyKey cause,
                    Instant began)
{
    const Revision now = revision();
    const Revision since = cell.verifiedAt;
    // Readers that trusted the higher durability would not look again, so they must see a change now.
    const bool durabilityDropped = result == Result::Equal && m_frame->durability() < cell.durability;
    const bool isBackdated = result == Result::Equal && !durabilityDropped && !NUAGES_MUTATED(NoBackdating);
    if (!isBackdated) {
        cell.changedAt = result == Result::First && !m_frame->isUntracked() ? m_frame->changedAt() : now;
        cell.onlyDurabilityDropped = durabilityDropped;
    }
    cell.setEdges(m_frame->edges().data(), static_cast<std::uint32_t>(m_frame->edges().size()));
    cell.durability = m_frame->durability();
    cell.isUntracked = m_frame->isUntracked();
    cell.reason = reason;
    cell.cause = cause;

    Counters &counters = m_scratch->counters[key.kind];
    ++counters.executed;
    counters.backdated += isBackdated;
    if (m_isWatched) {
        using What = Event::What;
        EventRecord event{};
        event.what = result == Result::First ? What::ExecutedNew
            : isBackdated                    ? What::ExecutedBackdated
                                             : What::ExecutedChanged;
        event.reason = reason;
        event.key = key;
        event.cause = cause;
        event.parent = parentOfTop();
        event.since = since;
        event.durationNs = m_core->time.now() - began;
        push(event);
    }
    NUAGES_YIELD("publish a value");
    verifiedAtOf(cell).store(now, std::memory_order_release);
}

/// Forgets what was going on, and gives all claims back. What was finished stays memoised.
void Reader::abandon()
{
    auto &claims = m_scratch->claims;
    m_scratch->walks.clear();
    m_depth = 0;
    m_frame = nullptr;
    if (claims.empty())
        return;
    const bool keepsOne = NUAGES_MUTATED(ClaimNotReleased);
    for (std::size_t at = claims.size(); at-- > 0;) {
        ++m_scratch->counters[claims[at].key.kind].cancelled;
        record(Event::What::Cancelled, claims[at].key, at == 0 ? DependencyKey{} : claims[at - 1].key,
               claims[at].cell->verifiedAt);
        if (keepsOne && at == 0)
            continue;
        std::atomic_ref(claims[at].cell->claim).store(0, std::memory_order_seq_cst);
    }
    claims.clear();
    NUAGES_YIELD("claims were released");
    m_core->waits.released();
}

} // namespace nuages::query
