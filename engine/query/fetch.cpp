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

DependencyKey keyOf(DependencyKey key) { return key; }
DependencyKey keyOf(const Claim &claim) { return claim.key; }

[[gnu::noinline, gnu::cold]] void makeRoom(std::vector<Claim> &claims) { claims.reserve(2 * claims.size() + 8); }

std::atomic_ref<Revision> verifiedAtOf(CellHeader &cell) { return std::atomic_ref(cell.verifiedAt); }

} // namespace

/// Claims the memo for this reader and returns true; false if it turns out to be good already.
inline bool Reader::claim(CellHeader &cell, DependencyKey key)
{
    auto &claims = m_scratch->claims;
    const std::atomic_ref claimedBy(cell.claim);
    const Revision now = revision();
    for (;;) {
        NUAGES_YIELD("claim");
        if (verifiedAtOf(cell).load(std::memory_order_acquire) == now)
            return false;
        if (claims.size() == claims.capacity()) [[unlikely]]
            makeRoom(claims); // Now: a claim that is not in the list would never be given back.
        std::uint32_t owner = 0;
        if (claimedBy.compare_exchange_strong(owner, m_self.id, std::memory_order_acq_rel)) {
            claims.emplace_back(&cell, key);
            if (verifiedAtOf(cell).load(std::memory_order_relaxed) != now)
                return true;
            release(cell); // Another reader finished it between the two looks.
            return false;
        }
        if (owner == m_self.id)
            ringClosed({&cell, key});
        if (NUAGES_MUTATED(SkippedClaim)) {
            claims.emplace_back(&cell, key);
            return true;
        }
        NUAGES_YIELD("meet a claim");
        if (const std::vector<DependencyKey> ring = waitFor({&cell, key}, owner); !ring.empty())
            ringClosedOverThreads({&cell, key}, owner, ring);
        poll();
    }
}

/// Sleeps while `owner` has the claim of `wanted`; returns the ring that this would close instead.
std::vector<DependencyKey> Reader::waitFor(Claim wanted, std::uint32_t owner)
{
    ++m_scratch->counters[wanted.key.kind].blocked;
    const Instant began = m_isWatched ? m_core->time.now() : 0;
    std::vector<DependencyKey> ring = m_core->waits.wait(m_self, m_scratch->claims, wanted, owner);
    if (m_isWatched)
        waited(*wanted.cell, wanted.key, began);
    return ring;
}

/// Another reader had the claim of the memo until now.
void Reader::waited(CellHeader &cell, DependencyKey key, Instant began)
{
    EventRecord event{};
    event.what = Event::What::Blocked;
    event.key = key;
    if (!m_scratch->claims.empty())
        event.parent = m_scratch->claims.back().key;
    event.since = verifiedAtOf(cell).load(std::memory_order_acquire);
    event.at = began;
    event.durationNs = m_core->time.now() - began;
    push(event);
}

/// Gives the uppermost claim back; it is the one of `cell`.
void Reader::release(CellHeader &cell)
{
    m_scratch->claims.pop_back();
    std::atomic_ref(cell.claim).store(0, std::memory_order_seq_cst);
    m_core->waits.released();
}

inline void Reader::validated(CellHeader &cell, DependencyKey key, Event::What how, Revision since)
{
    Counters &counters = m_scratch->counters[key.kind];
    ++(how == Event::What::ValidatedDeep ? counters.validatedDeep : counters.validatedShallow);
    if (m_isWatched) {
        EventRecord event{};
        event.what = how;
        event.key = key;
        event.parent = parentOf(cell);
        event.since = since;
        event.edges = how == Event::What::ValidatedDeep ? cell.edgeCount : 0;
        event.durability = cell.durability;
        push(event);
    }
}

/// Whether nothing as durable as all that the memo read was written since `since`, when it was good last.
inline bool Reader::isProved(CellHeader &cell, Revision since) const
{
    const std::uint8_t trust = std::atomic_ref(cell.trust).load(std::memory_order_acquire);
    return trust != 0 && m_core->clock.lastChanged(static_cast<Durability>(trust - 1)) <= since;
}

/// Makes a memo good that isProved(); among readers that do so at once only one counts.
inline void Reader::acceptProof(CellHeader &cell, DependencyKey key, Revision since)
{
    NUAGES_YIELD("accept a proof");
    const Revision now = revision();
    Revision before = since;
    if (since != now && verifiedAtOf(cell).compare_exchange_strong(before, now, std::memory_order_acq_rel))
        validated(cell, key, Event::What::ValidatedShallow, since);
}

/// Makes the memo good if that takes no look at its dependencies; false, with the memo claimed, if it does.
///
/// A proof needs no claim. Of a memo that runs, the trust is stored while it is claimed, and the claim is given back
/// after `verifiedAt` was stored: who reads the new trust sees the claim, or that the memo is good.
inline bool Reader::settle(CellHeader &cell, DependencyKey key)
{
    poll();
    const Revision since = verifiedAtOf(cell).load(std::memory_order_acquire);
    const bool hasProof = isProved(cell, since);
    if (hasProof && std::atomic_ref(cell.claim).load(std::memory_order_acquire) == 0) {
        acceptProof(cell, key, since);
        return true;
    }
    if (!claim(cell, key))
        return true;
    if (hasProof) { // The owner was looking at it.
        acceptProof(cell, key, since);
        release(cell);
        return true;
    }
    if (!cell.hasValue || cell.isUntracked) {
        execute(cell, key, cell.hasValue ? Reason::UntrackedRead : Reason::NeverComputed, {});
        return true;
    }
    return false;
}

/// Takes the look at a memo's dependencies on, from `nextEdge` to the next dependency that is not known to be good, and
/// returns that; or to its end, after which the memo is good, and returns null.
///
/// Dependencies are looked at in the order they were read: a later one may have been asked for only because an
/// earlier one had the value it had.
inline CellHeader *Reader::staleDependency(CellHeader &cell, DependencyKey key, std::uint32_t &nextEdge)
{
    const DependencyKey *edges = cell.edges();
    const Revision now = revision();
    for (; nextEdge < cell.edgeCount; ++nextEdge) {
        const DependencyKey edge = edges[nextEdge];
        const Kind &kind = kindOf(edge.kind);
        Stamp stamp;
        if (kind.isField()) {
            stamp = kind.stamp(*m_core, edge.key);
        } else {
            CellHeader &dependency = m_core->columns.cell(kind, edge);
            if (dependency.generation != kind.generation(edge.key)) [[unlikely]] {
                execute(cell, key, Reason::DependencyCollected, edge);
                return nullptr;
            }
            if (verifiedAtOf(dependency).load(std::memory_order_acquire) != now)
                return &dependency;
            stamp = {dependency.changedAt, dependency.durability, false, dependency.sameFor};
        }
        if (stamp.changedAt > cell.verifiedAt) {
            execute(cell, key, reasonOf(stamp, cell.verifiedAt), edge);
            return nullptr;
        }
    }
    if (cell.fellBack) [[unlikely]] { // The next in its ring is good, so the ring is gone.
        execute(cell, key, Reason::DependencyChanged, edges[cell.edgeCount - 1]);
        return nullptr;
    }
    keep(cell, key);
    return nullptr;
}

/// The claimed memo was looked at, and is as good as it was.
void Reader::keep(CellHeader &cell, DependencyKey key)
{
    validated(cell, key, Event::What::ValidatedDeep, cell.verifiedAt);
    NUAGES_YIELD("publish a validation");
    verifiedAtOf(cell).store(revision(), std::memory_order_release);
    release(cell);
}

/// Aborts with a sentence if the key is made of a handle that nobody gave out. A memo that was computed has none.
void Reader::checkKey(DependencyKey key) const
{
    if (!kindOf(key.kind).hasKey(*m_core, key.key))
        noSuchHandle();
}

/// The cell of `key`, for which there is no memory yet.
CellHeader &Reader::firstCell(DependencyKey key)
{
    checkKey(key);
    return m_core->columns.cell(kindOf(key.kind), key);
}

/// The cell of `key`, good in this revision.
CellHeader &Reader::bring(DependencyKey key)
{
    CellHeader *const known = m_core->columns.find(kindOf(key.kind), key);
    CellHeader &wanted = known ? *known : firstCell(key);
    Walk at{&wanted, key, 0};
    const Level level{m_scratch->walks.size(), m_scratch->claims.size(), m_depth, m_unreturned};
    for (Step step = Step::Settle;;) {
        try {
            walk(at, step, level.walks);
            return wanted;
        } catch (const RingClosed &) {
            stepBackTo(level);
        }
        step = goOn(at, level);
    }
}

/// Makes the memo at `at` good, and all that wait for it above `below`. Without recursion, so that a chain of any
/// length can be proved.
inline void Reader::walk(Walk &at, Step step, std::size_t below)
{
    auto &walks = m_scratch->walks; // those that wait for a dependency to be brought
    bool isGood = true;
    if (step == Step::Settle)
        isGood = settle(*at.cell, at.key);
    else if (step == Step::Run)
        execute(*at.cell, at.key, Reason::DependencyChanged, at.cell->edges()[at.nextEdge]);
    for (;;) {
        if (!isGood) {
            if (CellHeader *dependency = staleDependency(*at.cell, at.key, at.nextEdge)) {
                const DependencyKey edge = at.cell->edges()[at.nextEdge];
                walks.push_back(at);
                at.cell = dependency; // One by one: a copy of all three would wait for their stores.
                at.key = edge;
                at.nextEdge = 0;
                isGood = settle(*at.cell, at.key);
                continue;
            }
        }
        if (walks.size() == below)
            return;
        at = walks.back(); // It looks at the same edge again, which is good now.
        walks.pop_back();
        isGood = false;
    }
}

/// What cannot be described has a "?" for a key.
template <class Named>
std::vector<std::string> Reader::described(const std::vector<Named> &stack) const
{
    std::vector<std::string> names;
    for (const Named &each : stack) {
        const DependencyKey key = keyOf(each);
        try {
            names.push_back(describe(*m_core, key));
        } catch (...) {
            names.push_back(std::string(kindOf(key.kind).name) + "(?)");
        }
    }
    return names;
}

CellHeader &Reader::fetchCold(const Kind &kind, std::atomic<std::uint32_t> &number, std::uint32_t key)
{
    const DependencyKey wanted{numberKind(number, kind), key};
    if (m_frame) {
        ++m_unreturned;
        CellHeader &cell = bring(wanted);
        --m_unreturned;
        m_frame->add(wanted, cell.changedAt, cell.durability);
        return cell;
    }
    m_scratch->hasCounted = true; // or will have: all that is counted, but hits, is counted below.
    // The outermost call: here, and only here, what an exception left behind is cleared away, in one go. A handler at
    // each level would make unwinding several times slower.
    try {
        CellHeader &cell = bring(wanted);
        if (const std::atomic_ref isRoot(cell.isRoot); isRoot.load(std::memory_order_relaxed) == 0)
            isRoot.store(1, std::memory_order_relaxed);
        return cell;
    } catch (const Cancelled &) {
        abandon();
        throw;
    } catch (CycleError &cycle) {
        abandon(); // First: describing runs the user's code, which may take its time and may fail.
        cycle.participants = described(m_ring);
        throw;
    } catch (...) {
        if (m_hasStopped)
            swallowed();
        abandon();
        m_failedQueries = described(m_scratch->abandoned);
        throw;
    }
}

void Reader::swallowed() { misuse("a query caught an exception that came through another query; only runTask() may"); }

void Reader::tooDeep()
{
    m_hasStopped = true;
    throw Cancelled{Cancelled::Why::TooDeep};
}

/// Writes down what the query read, which may take memory: before its value is replaced, so that nothing has happened
/// yet if there is none. A value without its edges would never be looked at again.
void Reader::keepEdges(CellHeader &cell)
{
    cell.setEdges(m_frame->edges().data(), static_cast<std::uint32_t>(m_frame->edges().size()));
}

/// Runs the query. If it throws, the old memo is untouched and the claim stays ours until abandon().
void Reader::execute(CellHeader &cell, DependencyKey key, Reason reason, DependencyKey cause)
{
    if (static_cast<const char *>(__builtin_frame_address(0)) < m_stackLimit)
        tooDeep();
    if (reason == Reason::NeverComputed) {
        checkKey(key);
        const auto generation = static_cast<std::uint8_t>(kindOf(key.kind).generation(key.key));
        if (cell.generation != generation) // Then nobody has an edge to it yet, and looks at the generation.
            cell.generation = generation;
    }
    NUAGES_YIELD("execute");
    Frame *outer = m_frame;
    const std::size_t unreturned = m_unreturned;
    openFrame(key, reason, cause);
    const Result result = kindOf(key.kind).run(*this, cell, key.key);
    if (m_unreturned != unreturned || m_frame->hasLostEdge())
        swallowed();
    finish(cell, key, result, m_frame->ran());
    m_insideNs += m_frame->insideOuterNs();
    --m_depth;
    m_frame = outer;
    release(cell);
}

/// Begins to note what the query reads that runs from now on.
void Reader::openFrame(DependencyKey key, Reason reason, DependencyKey cause)
{
    m_self.publishRunning(key);
    if (m_depth == m_scratch->frames.size())
        m_scratch->frames.push_back(std::make_unique<Frame>());
    m_frame = m_scratch->frames[m_depth].get();
    ++m_depth;
    m_frame->open(reason, cause, m_isWatched ? m_core->time.now() : 0, std::exchange(m_insideNs, 0));
}

/// Decides since when the value is the same, and publishes the memo. Nothing here can fail.
void Reader::finish(CellHeader &cell, DependencyKey key, Result result, const Ran &ran)
{
    const Revision now = revision();
    const Revision since = cell.verifiedAt;
    // Readers that trusted the higher durability would not look again, so they must see a change now.
    const bool durabilityDropped = result == Result::Equal && ran.durability < cell.durability;
    const bool isBackdated = result == Result::Equal && !durabilityDropped && !NUAGES_MUTATED(NoBackdating);
    if (!isBackdated) {
        cell.sameFor = durabilityDropped ? sameUntil(now, cell.changedAt, cell.sameFor) : SameFor(0);
        cell.changedAt = result == Result::First && !ran.isUntracked ? ran.changedAt : now;
    }
    cell.durability = ran.durability;
    cell.isUntracked = ran.isUntracked;
    cell.fellBack = ran.fellBack;
    cell.reason = ran.reason;
    cell.cause = ran.cause;

    Counters &counters = m_scratch->counters[key.kind];
    ++counters.executed;
    counters.backdated += isBackdated;
    counters.memos += result == Result::First;
    if (m_isWatched) {
        using What = Event::What;
        EventRecord event{};
        event.what = result == Result::First ? What::ExecutedNew
            : isBackdated                    ? What::ExecutedBackdated
                                             : What::ExecutedChanged;
        event.reason = ran.reason;
        event.key = key;
        event.cause = ran.cause;
        event.parent = parentOf(cell);
        event.since = since;
        event.at = ran.began;
        event.durationNs = m_core->time.now() - ran.began;
        event.selfNs = event.durationNs - std::exchange(m_insideNs, event.durationNs);
        event.edges = cell.edgeCount;
        event.durability = cell.durability;
        event.isUntracked = cell.isUntracked;
        event.fellBack = cell.fellBack;
        push(event);
    }
    const auto trust = static_cast<std::uint8_t>(cell.isUntracked ? 0 : 1 + static_cast<int>(cell.durability));
    std::atomic_ref(cell.trust).store(trust, std::memory_order_release);
    NUAGES_YIELD("publish a value");
    verifiedAtOf(cell).store(now, std::memory_order_release);
}

/// Forgets what was going on, and gives all claims back. What was finished stays memoised.
void Reader::abandon()
{
    auto &claims = m_scratch->abandoned;
    claims.clear();
    claims.swap(m_scratch->claims);
    m_scratch->walks.clear();
    m_depth = 0;
    m_unreturned = 0;
    m_hasStopped = false;
    m_frame = nullptr;
    m_insideNs = 0;
    m_claimsBelowFallback = 0;
    for (; !m_scratch->fallen.empty(); m_scratch->fallen.pop_back())
        claims.push_back(m_scratch->fallen.back().claim);
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
    NUAGES_YIELD("claims were released");
    m_core->waits.released();
}

} // namespace nuages::query
