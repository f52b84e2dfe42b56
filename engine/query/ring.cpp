#include "engine/query/core.h"
#include "engine/query/misuse.h"
#include "engine/query/reader.h"
#include "engine/query/yieldpoint.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>

/// Queries that need each other in a ring: the reader steps back from where it found the ring, and every member takes
/// its fallback; docs/decisions/0016 says why it is the same for whoever asks first.

namespace nuages::query {

using namespace detail;

namespace {

bool haveRules(const std::vector<DependencyKey> &members)
{
    return !members.empty()
        && std::ranges::all_of(members, [](DependencyKey key) { return kindOf(key.kind).fallBack != nullptr; });
}

template <class Walks>
auto walkOf(Walks &walks, const CellHeader *cell, std::size_t below)
{
    return std::ranges::find(walks.begin() + static_cast<std::ptrdiff_t>(below), walks.end(), cell, &Walk::cell);
}

} // namespace

Fallen::Fallen(Claim claimed, const Frame &frame, std::unique_ptr<Fallback> fallback)
    : claim(claimed), ran(frame.ran()), value(std::move(fallback))
{
    edges.setEdges(frame.edges().data(), static_cast<std::uint32_t>(frame.edges().size()));
}

Fallen::Fallen(Fallen &&other) noexcept
    : claim(other.claim), ran(other.ran), value(std::move(other.value)), insideNs(other.insideNs)
{
    edges.takeEdgesOf(other.edges);
}

/// Where in this reader's stack the ring begins that comes back to `key`: not below a fallback that runs.
std::size_t Reader::claimOf(DependencyKey key) const
{
    const auto &claims = m_scratch->claims;
    const auto at = static_cast<std::size_t>(std::ranges::find(claims, key, &Claim::key) - claims.begin());
    const bool isInFallback = m_claimsBelowFallback != 0;
    if (isInFallback && (at < m_claimsBelowFallback || at == claims.size()))
        misuse("a cycleFallback() asked for a query that needs the ring itself");
    return at;
}

/// `wanted` is claimed by this reader already.
void Reader::ringClosed(Claim wanted)
{
    const auto &claims = m_scratch->claims;
    const std::size_t from = claimOf(wanted.key);
    std::vector<DependencyKey> members;
    for (std::size_t at = from; at < claims.size(); ++at)
        members.push_back(claims[at].key);
    if (!haveRules(members))
        cycleFound(wanted.key, members);
    stepBack(planFor(from));
}

/// `owner` has `wanted`, and waits for `members.front()` of this reader.
void Reader::ringClosedOverThreads(Claim wanted, std::uint32_t owner, const std::vector<DependencyKey> &members)
{
    const std::size_t from = claimOf(members.front());
    if (!haveRules(members))
        cycleFound(wanted.key, members);
    stepBack({.next = RingPlan::Next::HandOver, .from = from, .wanted = wanted, .owner = owner});
}

/// What to do about the ring that begins at claim `first` and is this reader's alone.
///
/// A memo that is being proved would ask for the next one if it ran, because all that it read before is the same. If
/// all of them stand where they took their fallbacks, the ring is what it was. Else those that are being proved run,
/// the lowest one first, so that what they read is written down in one way only: by running.
RingPlan Reader::planFor(std::size_t first) const
{
    const auto &claims = m_scratch->claims;
    std::optional<std::size_t> lowestProved;
    bool stands = true;
    auto walk = m_scratch->walks.rbegin(); // in the order of the claims
    for (std::size_t at = claims.size(); at-- > first;) {
        const CellHeader &cell = *claims[at].cell;
        const bool isProved = walk != m_scratch->walks.rend() && walk->cell == &cell;
        stands = stands && isProved && cell.fellBack && walk->nextEdge + 1 == cell.edgeCount;
        if (isProved) {
            lowestProved = at;
            ++walk;
        }
    }
    using Next = RingPlan::Next;
    return {.next = stands     ? Next::Keep
                : lowestProved ? Next::Run
                               : Next::FallBack,
            .from = stands ? first : lowestProved.value_or(first)};
}

void Reader::stepBack(RingPlan plan)
{
    plan.hadStopped = std::exchange(m_hasStopped, true);
    m_plan = plan;
    throw RingClosed{};
}

/// Goes on stepping back unless this call of bring() has the memo to go on with. In a handler only.
void Reader::stepBackTo(const Level &level)
{
    if (m_plan.from >= level.claims)
        return;
    m_scratch->walks.erase(m_scratch->walks.begin() + static_cast<std::ptrdiff_t>(level.walks), m_scratch->walks.end());
    throw;
}

/// Carries out the plan; `at` was where this call of bring() stood, and becomes where it goes on.
Reader::Step Reader::goOn(Walk &at, const Level &level)
{
    const RingPlan plan = m_plan;
    auto &walks = m_scratch->walks;
    m_hasStopped = plan.hadStopped;
    m_unreturned = level.unreturned;
    const CellHeader *const cell = m_scratch->claims[plan.from].cell;
    if (const auto walk = walkOf(walks, cell, level.walks); walk != walks.end()) {
        at = *walk;
        walks.erase(walk, walks.end());
    }
    assert(at.cell == cell);
    const bool firstIsMissed = NUAGES_MUTATED(WrongFallback) && m_scratch->claims.size() > plan.from + 1;
    if (plan.next == RingPlan::Next::FallBack)
        fallBack(plan.from + firstIsMissed);
    else if (m_depth > level.depth)
        m_insideNs = m_scratch->frames[level.depth]->insideOuterNs();
    m_depth = level.depth;
    m_frame = m_depth == 0 ? nullptr : m_scratch->frames[m_depth - 1].get();
    switch (plan.next) {
    case RingPlan::Next::FallBack:
        if (!firstIsMissed)
            return Step::Good;
        releaseFrom(plan.from);
        return Step::Settle;
    case RingPlan::Next::Keep:
        keepRing(plan.from);
        return Step::Good;
    case RingPlan::Next::Run:
        releaseFrom(plan.from + 1);
        return Step::Run;
    case RingPlan::Next::HandOver:
        break;
    }
    releaseFrom(plan.from);
    at.nextEdge = 0;
    waitFor(plan.wanted, plan.owner); // If that closes a ring too, it is found again, by asking again.
    poll();
    return Step::Settle;
}

/// Gives the members from claim `from` on their fallbacks: all of them or, if one throws, none.
void Reader::fallBack(std::size_t from)
{
    auto &claims = m_scratch->claims;
    auto &fallen = m_scratch->fallen;
    const std::size_t firstFallen = fallen.size();
    DependencyKey next = claims[from].key; // of the uppermost
    ++m_scratch->counters[next.kind].cycles;
    record(Event::What::CycleFound, next, claims.back().key, 0);
    std::size_t depth = m_depth;
    Durability durability = Durability::High;
    while (claims.size() > from) {
        const Frame &frame = *m_scratch->frames[--depth];
        const DependencyKey member = claims.back().key;
        fallen.push_back(fallenOf(claims.back(), frame, next));
        claims.pop_back();
        next = member;
        durability = std::min(durability, fallen.back().ran.durability);
        m_insideNs = frame.insideOuterNs();
    }
    // Nothing can fail from here on. There is room for the claims: they were there before.
    for (std::size_t at = fallen.size(); at-- > firstFallen;)
        claims.push_back(fallen[at].claim);
    const Instant insideOuterNs = std::exchange(m_insideNs, 0);
    for (std::size_t at = firstFallen; at < fallen.size(); ++at) {
        Fallen &member = fallen[at];
        CellHeader &cell = *member.claim.cell;
        member.ran.durability = durability; // Each of them needs all that the others read.
        m_insideNs += member.insideNs;
        cell.takeEdgesOf(member.edges);
        finish(cell, member.claim.key, member.value->place(cell), member.ran);
        release(cell);
    }
    m_insideNs += insideOuterNs;
    while (fallen.size() > firstFallen)
        fallen.pop_back();
}

/// Runs the fallback of `member`, of which `frame` is what it read until it asked for `next`.
///
/// What the fallback reads comes first among its edges: it depends on the keys alone. The last is the next in the ring.
Fallen Reader::fallenOf(Claim member, const Frame &frame, DependencyKey next)
{
    const std::size_t unreturned = m_unreturned;
    const std::size_t below = std::exchange(m_claimsBelowFallback, m_scratch->claims.size());
    const Instant insideNs = m_insideNs;
    openFrame(member.key, frame.ran().reason, frame.ran().cause);
    std::unique_ptr<Fallback> value = kindOf(member.key.kind).fallBack(*this, *member.cell, member.key.key);
    if (m_unreturned != unreturned || m_frame->hasLostEdge())
        swallowed();
    m_frame->addAll(frame);
    m_frame->add(next, revision(), Durability::High);
    --m_depth;
    m_claimsBelowFallback = below;
    Fallen fallen(member, *m_frame, std::move(value));
    fallen.ran.began = frame.ran().began;
    fallen.ran.fellBack = true;
    fallen.insideNs = insideNs + m_insideNs;
    return fallen;
}

/// All members from claim `from` on are good: each would wait for the next one again.
void Reader::keepRing(std::size_t from)
{
    auto &claims = m_scratch->claims;
    while (claims.size() > from)
        keep(*claims.back().cell, claims.back().key);
}

void Reader::releaseFrom(std::size_t from)
{
    auto &claims = m_scratch->claims;
    for (; claims.size() > from; claims.pop_back())
        std::atomic_ref(claims.back().cell->claim).store(0, std::memory_order_seq_cst);
    NUAGES_YIELD("claims were given up");
    m_core->waits.released();
}

} // namespace nuages::query
