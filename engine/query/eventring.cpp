#include "engine/query/eventring.h"

#include <algorithm>
#include <new>

namespace nuages::query::detail {

namespace {

EventClass classOf(Event::What what)
{
    const bool isValidation = what == Event::What::ValidatedDeep || what == Event::What::ValidatedShallow;
    return isValidation ? EventClass::Validation : EventClass::Other;
}

} // namespace

void EventRing::push(const EventRecord &record) noexcept
{
    const EventClass eventClass = classOf(record.what);
    const std::size_t head = m_head.load(std::memory_order_relaxed);
    const std::size_t used = head - m_tail.load(std::memory_order_acquire);
    if (!m_owned) {
        m_owned.reset(new (std::nothrow) EventRecord[capacity]);
        m_records.store(m_owned.get(), std::memory_order_relaxed); // published with the first head
    }
    if (!m_owned || used >= (eventClass == EventClass::Validation ? roomForValidations : capacity)) {
        auto &count = m_dropped[static_cast<std::size_t>(eventClass)];
        count.store(count.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed); // one producer: no race
        return;
    }
    m_owned[head % capacity] = record;
    m_head.store(head + 1, std::memory_order_release);
}

void EventRing::take(std::vector<EventRecord> &events, std::size_t limit)
{
    std::size_t tail = m_tail.load(std::memory_order_relaxed);
    const std::size_t head = tail + std::min(m_head.load(std::memory_order_acquire) - tail, limit);
    const EventRecord *records = m_records.load(std::memory_order_relaxed);
    for (; tail != head; ++tail)
        events.push_back(records[tail % capacity]);
    m_tail.store(tail, std::memory_order_release);
}

DropCounts EventRing::dropped() const
{
    return {m_dropped[0].load(std::memory_order_relaxed), m_dropped[1].load(std::memory_order_relaxed)};
}

} // namespace nuages::query::detail
