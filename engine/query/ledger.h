#pragma once

#include "engine/query/gate.h"
#include "engine/query/scratch.h"

#include <string_view>

namespace nuages::query::detail {

/// Lends scratch space to readers, adds up their counters when they close, and collects what their rings hold.
///
/// Thread-safe.
class Ledger
{
public:
    static constexpr std::size_t ownersRoom = 8192;

    /// `mutex` is the gate's: a reader that opens or closes takes one lock for both.
    explicit Ledger(std::mutex &mutex) : m_mutex(mutex) { }

    Scratch &lend(const Gate::Lock & /*held*/)
    {
        if (m_idle.empty()) [[unlikely]]
            addIdle();
        Scratch &scratch = *m_idle.back();
        m_idle.pop_back();
        return scratch;
    }

    /// Takes `scratch` back and adds its counters to the totals.
    void takeBack(const Gate::Lock &, Scratch &scratch);

    /// The events since the last call, in order of sequence. Owner only.
    std::vector<Event> takeEvents();

    /// Adds an event of the owner's own, or counts it as dropped if there is no memory, or if there are ownersRoom
    /// already that nobody took. Owner only.
    void add(const Event &event, std::string_view label = {}) noexcept;

    /// All events that were dropped, by class, since the beginning.
    DropCounts dropped() const;

    /// Totals of the kinds called `name`; of all kinds if it is empty. What open readers counted is not in it yet.
    Counters totals(std::string_view name) const;

    Counters totals(std::uint32_t kind) const; ///< Of one kind.

    /// Counts a memo of `kind` that was given up.
    void addCollected(std::uint32_t kind);

    /// How many memos came into being, those that are gone again included. What open readers made comes later.
    std::uint64_t memosMade() const { return m_memosMade.load(std::memory_order_relaxed); }

    std::uint64_t nextSequence() { return m_sequence.fetch_add(1, std::memory_order_relaxed) + 1; }

    bool isWatching() const { return m_isWatching.load(std::memory_order_relaxed); }
    void setWatching(bool watching) { m_isWatching.store(watching, std::memory_order_relaxed); }

private:
    void addIdle();

    std::mutex &m_mutex; // guards the lists of scratches and the totals
    std::vector<std::unique_ptr<Scratch>> m_all;
    std::vector<Scratch *> m_idle;
    std::vector<Counters> m_totals = std::vector<Counters>(maxKinds);
    std::atomic<std::uint64_t> m_memosMade{0};
    std::vector<Event> m_owners; // the owner's alone, and so is the next one
    std::uint64_t m_ownersDropped = 0;
    std::atomic<std::uint64_t> m_sequence{0};
    std::atomic<bool> m_isWatching{false};
};

} // namespace nuages::query::detail
