#pragma once

#include "engine/query/columns.h"
#include "engine/query/occupant.h"
#include "engine/query/querytype.h"
#include "engine/query/scratch.h"
#include "engine/query/ticket.h"

#include <array>
#include <memory>
#include <optional>

#if defined(__clang__)
#define NUAGES_LIFETIMEBOUND [[clang::lifetimebound]]
#else
#define NUAGES_LIFETIMEBOUND // GCC 14 has no such attribute.
#endif

namespace nuages::query {

namespace detail {
struct Core;
template <class Q>
struct QueryKind;
} // namespace detail

/// Runs queries at one revision, on the thread that made it and on no other.
///
/// Every reference it hands out lives as long as it does. It can be neither copied nor moved, and there is at most
/// one of an engine on a thread; using it elsewhere aborts with a sentence, in every build. While one is open no write
/// begins, so open it late and close it before doing anything slow with the answer. Include engine/query/engine.h to
/// use it.
class Reader
{
public:
    /// Throws Cancelled if the ticket's revision has passed, a write is waiting, the request was cancelled, or the
    /// engine is gone.
    explicit Reader(Ticket ticket);
    ~Reader();
    Reader(const Reader &) = delete;
    Reader &operator=(const Reader &) = delete;

    /// The value of query Q for these keys, computed now if need be. Throws Cancelled and CycleError.
    template <QueryType Q, class... K>
        requires KeysFor<Q, K...>
    const ValueOf<Q> &get(const K &...keys) NUAGES_LIFETIMEBOUND;

    /// One field of an input: `db.read<&FileData::stamp>(file)`. Throws Cancelled.
    template <auto Field, class D, auto... Fields>
        requires TrackedField<Input<D, Fields...>, Field>
    const auto &read(Input<D, Fields...> input) NUAGES_LIFETIMEBOUND;

    /// An input that is born now, in the revision being read: nobody can have read it before, so this is no write.
    /// The caller sees to it that two readers who mean the same thing get the same input.
    template <InputHandle I>
    I create(typename I::Data data, Durability level = Durability::Low);
    template <InputHandle I>
    I create(typename I::Data data, const std::array<Durability, I::fieldCount> &levels);

    /// The handle that `value` shares with all values equal to it; a std::string may be given as a view.
    template <InternedHandle I, class Form>
    I intern(const Form &value);
    template <InternedHandle I>
    const typename I::Value &value(I handle) NUAGES_LIFETIMEBOUND;

    /// The object that the owner attached: the outside world. What is read from it is untracked, unless an input
    /// stands for it.
    template <class T>
    T &attached();

    /// Throws Cancelled if the reader should stop. For long loops that ask no query.
    void poll()
    {
        if (m_self.epoch.load(std::memory_order_relaxed) & detail::stopBit) [[unlikely]]
            stopNow();
    }

    /// Says that the running query read something the engine cannot see: it will run again in every revision.
    void reportUntrackedRead();

    /// The queries that were running when an exception that is not the engine's own came out, outermost first.
    const std::vector<std::string> &failedQueries() const { return m_failedQueries; }

    Revision revision() const { return m_self.epoch.load(std::memory_order_relaxed) & ~detail::stopBit; }
    RequestId request() const { return m_self.request; }

private:
    template <class>
    friend struct detail::QueryKind;

    /// Called where something cannot be kept, before the exception goes on.
    struct NoteThrown {
        Reader &reader;
        void operator()() const { reader.noteThrown(); }
    };

    void checkThread() const
    {
        if (m_thread != __builtin_thread_pointer()) [[unlikely]]
            wrongThread();
    }
    void enter(Revision ticketRevision);
    [[noreturn, gnu::cold]] static void wrongThread();
    [[noreturn, gnu::cold]] static void nothingAttached();
    [[noreturn, gnu::cold]] void stopNow();
    template <class Named>
    std::vector<std::string> described(const std::vector<Named> &stack) const;
    [[noreturn, gnu::cold]] void tooDeep();
    [[noreturn, gnu::cold]] static void swallowed();
    [[gnu::cold]] void noteThrown();
    [[noreturn, gnu::cold]] void cycleFound(DependencyKey wanted, const std::vector<DependencyKey> &members);

    /// Where a call of bring() began.
    struct Level {
        std::size_t walks;
        std::size_t claims;
        std::size_t depth;
        std::size_t unreturned;
    };
    enum class Step : std::uint8_t { Settle, Run, Good }; ///< What bring() does next with a memo.

    // Rings of queries that need each other: ring.cpp.
    [[noreturn, gnu::cold]] void ringClosed(detail::Claim wanted);
    [[noreturn, gnu::cold]] void ringClosedOverThreads(detail::Claim wanted, std::uint32_t owner,
                                                       const std::vector<DependencyKey> &members);
    std::size_t claimOf(DependencyKey key) const;
    detail::RingPlan planFor(std::size_t first) const;
    [[noreturn, gnu::cold]] void stepBack(detail::RingPlan plan);
    [[gnu::cold]] void stepBackTo(const Level &level);
    [[gnu::cold]] Step goOn(detail::Walk &at, const Level &level);
    [[gnu::cold]] void fallBack(std::size_t from);
    detail::Fallen fallenOf(detail::Claim member, const detail::Frame &frame, DependencyKey next);
    [[gnu::cold]] void keepRing(std::size_t from);
    [[gnu::cold]] void releaseFrom(std::size_t from);

    [[gnu::noinline]] detail::CellHeader &fetchCold(const detail::Kind &kind, std::atomic<std::uint32_t> &number,
                                                    std::uint32_t key);
    void checkKey(DependencyKey key) const;
    [[gnu::cold]] detail::CellHeader &firstCell(DependencyKey key);
    detail::CellHeader &bring(DependencyKey key);
    void walk(detail::Walk &at, Step step, std::size_t below);
    bool isProved(detail::CellHeader &cell, Revision since) const;
    void acceptProof(detail::CellHeader &cell, DependencyKey key, Revision since);
    bool settle(detail::CellHeader &cell, DependencyKey key);
    detail::CellHeader *staleDependency(detail::CellHeader &cell, DependencyKey key, std::uint32_t &nextEdge);
    bool claim(detail::CellHeader &cell, DependencyKey key);
    [[gnu::cold]] std::vector<DependencyKey> waitFor(detail::Claim wanted, std::uint32_t owner);
    void release(detail::CellHeader &cell);
    void keep(detail::CellHeader &cell, DependencyKey key);
    void execute(detail::CellHeader &cell, DependencyKey key, Reason reason, DependencyKey cause);
    void openFrame(DependencyKey key, Reason reason, DependencyKey cause);
    void keepEdges(detail::CellHeader &cell);
    void finish(detail::CellHeader &cell, DependencyKey key, detail::Result result, const detail::Ran &ran);
    void validated(detail::CellHeader &cell, DependencyKey key, Event::What how, Revision since);
    [[gnu::cold]] void waited(detail::CellHeader &cell, DependencyKey key, Instant began);
    void abandon();
    void record(Event::What what, DependencyKey key, DependencyKey parent, Revision since);
    [[gnu::cold]] void push(detail::EventRecord record);
    DependencyKey parentOf(const detail::CellHeader &cell) const;

    // All that a hit touches, in one line.
    void *m_thread;
    detail::Column *m_columns = nullptr;
    detail::Frame *m_frame = nullptr; ///< Of the running query; null outside of one.
    std::uint64_t *m_hits = nullptr;
    detail::Core *m_core;
    detail::Occupant m_self;

    std::shared_ptr<detail::Gate> m_gate;
    detail::Scratch *m_scratch = nullptr;
    std::size_t m_depth = 0; ///< Queries running now, and frames in use.
    std::size_t m_unreturned = 0; ///< What running queries asked for and did not get: not yet, or it threw.
    bool m_hasStopped = false; ///< The engine threw Cancelled or CycleError through a running query.
    const char *m_stackLimit; ///< No query begins below this address.
    bool m_isWatched = false; ///< Records events.
    Instant m_insideNs = 0; ///< How long the executions took that the running query asked for; of a watched reader.
    std::optional<CancelToken> m_token;
    std::vector<DependencyKey> m_ring; ///< The members of the cycle that was found last.
    detail::RingPlan m_plan;
    std::size_t m_claimsBelowFallback = 0; ///< When the cycleFallback() began that runs; 0 while none does.
    std::vector<std::string> m_failedQueries;
};

} // namespace nuages::query
