#include "engine/query/ledger.h"

#include <algorithm>
#include <iterator>
#include <new>
#include <utility>

namespace nuages::query::detail {

namespace {

Event inFull(const EventRecord &record)
{
    Event event;
    event.sequence = record.sequence;
    event.revision = record.revision;
    event.what = record.what;
    event.reason = record.reason;
    event.key = record.key;
    event.cause = record.cause;
    event.parent = record.parent;
    event.since = record.since;
    event.reader = record.reader;
    event.thread = record.thread;
    event.request = record.request;
    event.at = record.at;
    event.durationNs = record.durationNs;
    event.selfNs = record.selfNs;
    event.edges = record.edges;
    event.durability = record.durability;
    event.isUntracked = record.isUntracked;
    event.fellBack = record.fellBack;
    return event;
}

} // namespace

void Ledger::addIdle()
{
    m_idle.reserve(m_all.size() + 1); // Giving one back takes no memory.
    m_all.push_back(std::make_unique<Scratch>());
    m_idle.push_back(m_all.back().get());
}

void Ledger::takeBack(const Gate::Lock & /*held*/, Scratch &scratch)
{
    const std::uint32_t kinds = kindCount();
    for (std::uint32_t kind = 1; kind < kinds; ++kind) {
        if (scratch.hits[kind] != 0)
            m_totals[kind].hits += std::exchange(scratch.hits[kind], 0);
    }
    if (std::exchange(scratch.hasCounted, false)) {
        std::uint64_t made = 0;
        for (std::uint32_t kind = 1; kind < kinds; ++kind) {
            made += scratch.counters[kind].memos;
            m_totals[kind] += std::exchange(scratch.counters[kind], {});
        }
        m_memosMade.fetch_add(made, std::memory_order_relaxed);
    }
    m_idle.push_back(&scratch);
}

void Ledger::addCollected(std::uint32_t kind)
{
    std::scoped_lock lock(m_mutex);
    ++m_totals[kind].collected;
}

std::vector<Event> Ledger::takeEvents()
{
    std::vector<EventRecord> records;
    std::vector<Event> events;
    {
        std::scoped_lock lock(m_mutex);
        std::size_t count = 0;
        for (const auto &scratch : m_all)
            count += scratch->ring.size();
        records.reserve(count); // What is taken is not lost: from here on no memory is needed.
        events.reserve(count + m_owners.size());
        for (const auto &scratch : m_all)
            scratch->ring.take(records, records.capacity() - records.size());
    }
    std::ranges::move(m_owners, std::back_inserter(events));
    m_owners.clear();
    std::ranges::transform(records, std::back_inserter(events), inFull);
    std::ranges::sort(events, {}, &Event::sequence);
    return events;
}

void Ledger::add(const Event &event, std::string_view label) noexcept
{
    if (m_owners.size() == ownersRoom) { // Nobody takes them.
        ++m_ownersDropped;
        return;
    }
    try {
        m_owners.push_back(event);
    } catch (const std::bad_alloc &) {
        ++m_ownersDropped;
        return;
    }
    m_owners.back().sequence = nextSequence();
    try {
        m_owners.back().label = label;
    } catch (const std::bad_alloc &) {
        m_owners.back().label.clear(); // It happened, under whatever name.
    }
}

DropCounts Ledger::dropped() const
{
    std::scoped_lock lock(m_mutex);
    DropCounts all{0, m_ownersDropped};
    for (const auto &scratch : m_all) {
        const DropCounts counts = scratch->ring.dropped();
        all.validations += counts.validations;
        all.others += counts.others;
    }
    return all;
}

Counters Ledger::totals(std::string_view name) const
{
    std::scoped_lock lock(m_mutex);
    Counters sum;
    const std::uint32_t kinds = kindCount();
    for (std::uint32_t kind = 1; kind < kinds; ++kind) {
        if (name.empty() || kindOf(kind).isCalled(name))
            sum += m_totals[kind];
    }
    return sum;
}

Counters Ledger::totals(std::uint32_t kind) const
{
    std::scoped_lock lock(m_mutex);
    return m_totals[kind];
}

} // namespace nuages::query::detail
