#include "engine/query/gate.h"

#include "engine/query/failure.h"
#include "engine/query/yieldpoint.h"

#include <algorithm>

namespace nuages::query::detail {

/// Why nobody is let in who has a ticket of this revision, or why one with another ticket is not.
void Gate::refuse() const
{
    throw Cancelled{!m_isGone && isShut() ? Cancelled::Why::WriteWanted : Cancelled::Why::TicketExpired};
}

void Gate::lastHasLeft()
{
    m_emptied.notifyAll();
    if (m_bell)
        m_bell->ring(); // It is noexcept: a bell that does not ring would leave the owner asleep.
}

void Gate::want(Wish wish)
{
    NUAGES_YIELD("want a write");
    std::scoped_lock lock(m_mutex);
    m_highest = std::max(m_highest, wish);
    if (isShut())
        stopOverdueLocked(m_clock.now());
}

std::optional<Instant> Gate::stopOverdue()
{
    std::scoped_lock lock(m_mutex);
    return isShut() ? stopOverdueLocked(m_clock.now()) : std::nullopt;
}

std::optional<Instant> Gate::stopOverdueLocked(Instant now)
{
    std::optional<Instant> next;
    bool told = false;
    for (Occupant *reader : m_readers) {
        if (reader->toldAt)
            continue;
        if (!reader->stopAt) // The grace runs from the first wish, not from the last.
            reader->stopAt = now + graceOf(reader->urgency);
        if (*reader->stopAt <= now || m_ownerBlocks) {
            reader->toldAt = now;
            reader->stop();
            told = true;
        } else {
            next = next ? std::min(*next, *reader->stopAt) : *reader->stopAt;
        }
    }
    if (told)
        m_waits.wakeAll();
    return next;
}

bool Gate::tryBeginExclusive(Wish wish)
{
    NUAGES_YIELD("want a write");
    std::scoped_lock lock(m_mutex);
    m_highest = std::max(m_highest, wish);
    m_ownerAsks = true;
    stopOverdueLocked(m_clock.now());
    return m_readers.empty();
}

void Gate::waitForExclusive()
{
    NUAGES_YIELD("wait for the readers");
    std::unique_lock lock(m_mutex);
    m_ownerAsks = true;
    m_ownerBlocks = true;
    m_before = m_highest;
    stopOverdueLocked(m_clock.now());
    while (!m_readers.empty())
        m_emptied.wait(lock);
}

void Gate::endExclusive(std::optional<Wish> met)
{
    std::scoped_lock lock(m_mutex);
    m_ownerAsks = false;
    m_ownerBlocks = false;
    m_met = std::max(m_met, NUAGES_MUTATED(LostWish) ? m_highest : met.value_or(m_before));
}

bool Gate::closeForGood()
{
    std::scoped_lock lock(m_mutex);
    m_isGone = m_readers.empty();
    if (m_isGone)
        m_bell.reset();
    return m_isGone;
}

GateState Gate::state() const
{
    std::scoped_lock lock(m_mutex);
    return {isShut(), m_readers.size(), m_highest, m_met};
}

std::vector<Laggard> Gate::laggards() const
{
    std::scoped_lock lock(m_mutex);
    std::vector<Laggard> late;
    const Instant now = m_clock.now();
    for (const Occupant *reader : m_readers) {
        if (reader->toldAt)
            late.push_back({reader->request, reader->lastBegun(), now - *reader->toldAt});
    }
    return late;
}

void Gate::setBell(std::unique_ptr<Bell> bell)
{
    std::scoped_lock lock(m_mutex);
    m_bell = std::move(bell);
}

} // namespace nuages::query::detail
