#pragma once

#include "engine/query/access.h"
#include "engine/query/failure.h"
#include "engine/query/memos.h"
#include "engine/query/misuse.h"

#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nuages::query {

/// One link of the chain from a memo to the edit that made it run.
struct WhyStep {
    DependencyKey key;
    Reason reason = Reason::NeverComputed; ///< Why it ran last; of an input that was set, DependencyChanged.
    Revision changedAt = 0; ///< Its value is the same since then.

    friend bool operator==(const WhyStep &, const WhyStep &) = default;
};

/// Owns all inputs and memos, and decides who reads and who writes.
///
/// It belongs to the thread that made it, the owner, which alone writes and gives out tickets; other threads read
/// through a Reader opened from a ticket. Functions say so where any thread may call them. Neither copied nor moved;
/// all readers are closed before it dies. This header is all that the author of a query needs.
class Engine
{
public:
    explicit Engine(Clock &clock = steadyClock());
    ~Engine();
    Engine(const Engine &) = delete;
    Engine &operator=(const Engine &) = delete;

    /// The revision that a reader opened now would see; 1 at first.
    Revision revision() const { return m_core.clock.current(); }

    /// Permission to read the current revision, once.
    Ticket ticket(RequestId request = 0);
    Ticket ticket(RequestId request, CancelToken token, Urgency urgency = Urgency::Background);

    /// Makes `object` reachable by Reader::attached<T>(). Before the first ticket; it must outlive the engine.
    template <class T>
    void attach(T &object)
    {
        checkAttach();
        m_core.tables.attach(object);
    }

    /// Waits until no reader is open, telling them all to stop, and runs `fn(Transaction &)`.
    ///
    /// Afterwards there is one more revision if anything differed, even if `fn` threw after setting it. All wishes made
    /// before the call are met.
    template <std::invocable<Transaction &> Fn>
    void write(std::string_view label, Fn &&fn)
    {
        beginWrite();
        commit(label, {}, fn);
    }

    /// The form of write() that never waits: if a reader is open, wants wish `wish` and returns false; the bell rings
    /// when the last one has gone. Otherwise writes and returns true. `fn` carries out all wishes up to `wish`.
    template <std::invocable<Transaction &> Fn>
    [[nodiscard]] bool tryWrite(Wish wish, std::string_view label, Fn &&fn)
    {
        if (!tryBeginWrite(wish))
            return false;
        commit(label, wish, fn);
        return true;
    }

    /// Says that edit number `wish` waits to be written. Call it when the edit has been appended to the owner's
    /// mailbox, where it got its number. Readers are told to stop after their grace. Any thread; never blocks.
    void wantWrite(Wish wish) { m_core.gate->want(wish); }

    /// Tells those readers to stop whose grace has run out; returns when to call again. Any thread.
    std::optional<Instant> stopOverdue() { return m_core.gate->stopOverdue(); }

    /// Calls `callback()` whenever a write is wanted and the last reader closes. It runs on that reader's thread with
    /// the gate locked: let it post a message to the owner and return, without calling the engine or throwing.
    template <std::invocable Fn>
    void onIdle(Fn callback);

    /// When and for how long commits give up memos that nobody can reach.
    void setCollection(const Collection &policy)
    {
        checkOwner();
        m_core.collector.setPolicy(policy);
    }

    GateState gate() const { return m_core.gate->state(); } ///< Any thread.
    std::vector<Laggard> laggards() const { return m_core.gate->laggards(); } ///< Any thread.

    /// One field of an input, for the owner while it writes nothing.
    template <auto Field, class D, auto... Fields>
        requires TrackedField<Input<D, Fields...>, Field>
    const auto &read(Input<D, Fields...> input) const
    {
        checkOwner();
        return m_core.tables.get<detail::InputTable<Input<D, Fields...>>>().rows.at(input.index).data.*Field;
    }

    /// As Reader::intern(). Any thread.
    template <InternedHandle I, class Form>
    I intern(const Form &value)
    {
        return I{m_core.tables.get<detail::KeyTable<typename I::Value>>().numberOf(value)};
    }

    /// Readers opened from now on record events, or no longer do. Counters count always.
    void setWatching(bool watching) { m_core.ledger.setWatching(watching); }
    bool isWatching() const { return m_core.ledger.isWatching(); }

    /// Where the engine gets the time from.
    Clock &clock() const { return m_core.time; }

    /// The events since the last call, in the order they happened.
    std::vector<Event> takeEvents() { return m_core.ledger.takeEvents(); }

    /// How many events found no room in a ring, since the beginning.
    detail::DropCounts droppedEvents() const { return m_core.ledger.dropped(); }

    /// What happened to the memos of one query; of those that are called so, which need not be one unless the name is
    /// qualified ("shop::LineCount"); or of all. Counts of open readers come later.
    template <QueryType Q>
    Counters counters() const
    {
        return m_core.ledger.totals(detail::kindNumber<Q>.load(std::memory_order_acquire));
    }
    Counters counters(std::string_view query = {}) const { return m_core.ledger.totals(query); }

    /// "Template(shop/list.html)". The part in brackets comes from `std::string describe(const Data &)` beside the
    /// type, if there is one. Any thread, but not while the owner writes.
    std::string describe(DependencyKey key) const { return detail::describe(m_core, key); }

    /// The parts of that name.
    KeyName nameOf(DependencyKey key) const;

    /// The memo as it is kept now; nullopt if it was never computed. Costs a copy of what it read; may be called while
    /// readers are open.
    std::optional<MemoState> memo(DependencyKey key) const;

    /// Looks at the next `limit` places where memos may be and appends the keys of those that were computed; false when
    /// there are no more places. Memos that come into being meanwhile may or may not be among them.
    bool nextMemos(MemoCursor &cursor, std::size_t limit, std::vector<DependencyKey> &found) const;

    /// Every kind with anything in it, now or before, in the order in which the program first used them. What was never
    /// used in this engine is left out.
    std::vector<KindTotals> kinds() const;

    /// The key of a memo that may or may not have been computed; of a field of an input.
    template <QueryType Q, class... K>
        requires KeysFor<Q, K...>
    DependencyKey keyOf(const K &...keys) const
    {
        using Kind = detail::QueryKind<Q>;
        return {detail::numberKind(detail::kindNumber<Q>, Kind::kind), Kind::numberOf(m_core, [] { }, keys...)};
    }
    template <auto Field, class D, auto... Fields>
        requires TrackedField<Input<D, Fields...>, Field>
    DependencyKey keyOf(Input<D, Fields...> input) const
    {
        return detail::FieldKind<Input<D, Fields...>, Field>::keyOf(input);
    }

    /// Why the memo ran last, from it down to the input that was set: read from the memos themselves, so no log is
    /// needed. Empty if it never ran. Only while no reader is open.
    std::vector<WhyStep> why(DependencyKey key) const;

    /// The ring in which the memo fell back: from it on, each needs the next and the last one it. Empty if it did not.
    /// Only while no reader is open.
    std::vector<DependencyKey> ring(DependencyKey key) const;

private:
    template <class Fn>
    void commit(std::string_view label, std::optional<Wish> met, Fn &fn)
    {
        struct Ending {
            Engine &engine;
            std::string_view label;
            std::optional<Wish> met;
            Transaction transaction;
            ~Ending() { engine.endWrite(transaction, label, met); }
        };
        Ending ending{*this, label, met, Transaction(m_core)};
        fn(ending.transaction);
    }

    void checkOwner() const;
    void checkAttach() const;
    void checkMayWrite() const;
    void beginWrite();
    bool tryBeginWrite(Wish wish);
    void endWrite(const Transaction &transaction, std::string_view label, std::optional<Wish> met);

    void *m_owner; ///< Thread.
    mutable detail::Core m_core;
    bool m_isWriting = false;
    bool m_gaveTickets = false;
};

template <std::invocable Fn>
void Engine::onIdle(Fn callback)
{
    struct Callback final : detail::Bell {
        explicit Callback(Fn callback) : function(std::move(callback)) { }
        void ring() noexcept override
        {
            try {
                function();
            } catch (...) {
                detail::misuse("what onIdle() calls threw an exception");
            }
        }
        Fn function;
    };
    m_core.gate->setBell(std::make_unique<Callback>(std::move(callback)));
}

} // namespace nuages::query
