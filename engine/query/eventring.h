#pragma once

#include "engine/query/event.h"

#include <array>
#include <atomic>
#include <memory>
#include <vector>

namespace nuages::query::detail {

/// An Event without what only the owner's events have: plain bytes, so that recording one allocates nothing.
struct EventRecord {
    std::uint64_t sequence;
    RequestId request;
    Instant at;
    Instant durationNs;
    Instant selfNs;
    DependencyKey key;
    DependencyKey cause;
    DependencyKey parent;
    Revision revision;
    Revision since;
    std::uint32_t reader;
    std::uint32_t thread;
    std::uint32_t edges;
    Event::What what;
    Reason reason;
    Durability durability;
    bool isUntracked : 1;
    bool fellBack : 1;
};

/// When a ring runs full, validations give way first: they are the most frequent and say the least.
enum class EventClass : std::uint8_t { Validation, Other };

struct DropCounts {
    std::uint64_t validations = 0;
    std::uint64_t others = 0;

    friend bool operator==(const DropCounts &, const DropCounts &) = default;
};

/// A queue of events with one producer, the reader that holds it, and one consumer, the owner. Neither ever waits:
/// what finds no room is counted and dropped.
class EventRing
{
public:
    static constexpr std::size_t capacity = 8192; // records; 704 KiB, allocated when the first one is pushed
    static constexpr std::size_t roomForValidations = capacity / 8 * 7;

    /// Adds `record`, or counts it as dropped. Producer only.
    void push(const EventRecord &record) noexcept;

    /// Appends what is there to `events`, oldest first, and frees the room; no more than `limit` records. Consumer
    /// only.
    void take(std::vector<EventRecord> &events, std::size_t limit = capacity);

    /// How many are there at least. Consumer only.
    std::size_t size() const { return m_head.load(std::memory_order_acquire) - m_tail.load(std::memory_order_relaxed); }

    /// How many were dropped since the beginning. Any thread.
    DropCounts dropped() const;

private:
    std::atomic<EventRecord *> m_records{nullptr};
    std::unique_ptr<EventRecord[]> m_owned; // of the producer; null if there was no memory
    alignas(64) std::atomic<std::size_t> m_head{0}; ///< How many were pushed.
    alignas(64) std::atomic<std::size_t> m_tail{0}; ///< How many were taken.
    std::array<std::atomic<std::uint64_t>, 2> m_dropped{};
};

} // namespace nuages::query::detail
