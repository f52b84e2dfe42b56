#include "tests/benchmarks/lesson/server.h"

#include "engine/query/task.h"
#include "tests/benchmarks/lesson/threads.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <mutex>
#include <utility>
#include <vector>

namespace nuages::lesson {

namespace {

using query::Reader;
using query::Urgency;

/// As in the product: someone waits for a hover, nobody for diagnostics.
Urgency urgencyOf(Kind kind) { return kind == Kind::Light ? Urgency::Latency : Urgency::Background; }

/// The answer; nullopt if an edit came first.
std::optional<std::uint64_t> read(query::Ticket ticket, const Place &place, Question question)
{
    const auto outcome = query::runTask(query::task(
        std::move(ticket), [](Reader &db, Place where, Question what) { return answer(db, where, what); }, place,
        question));
    if (outcome)
        return *outcome;
    if (outcome.error().kind != query::Failure::Kind::Cancelled) {
        std::fprintf(stderr, "bench_lesson: a request failed: %s\n", outcome.error().message.c_str());
        std::abort();
    }
    return std::nullopt;
}

/// An owner thread with a workspace on it.
class Owned
{
public:
    explicit Owned(const std::shared_ptr<const Subject> &subject, OwnerThread::Settle settle = {})
        : m_thread(std::move(settle))
    {
        m_thread.wait([&] {
            m_workspace = std::make_unique<Workspace>(subject);
            m_workspace->warmUp();
        });
    }
    ~Owned()
    {
        m_thread.post([this] { m_workspace.reset(); });
        m_thread.end();
    }
    Owned(const Owned &) = delete;
    Owned &operator=(const Owned &) = delete;

    OwnerThread &thread() { return m_thread; }
    Workspace &workspace() { return *m_workspace; } ///< Not before the constructor has returned.

    void write(const Edit &edit)
    {
        m_workspace->engine().write("edit", [&](query::Transaction &tx) { m_workspace->put(tx, edit); });
    }
    std::optional<std::uint64_t> readHere(const Question &question)
    {
        return read(m_workspace->engine().ticket(), m_workspace->place(), question);
    }

private:
    std::unique_ptr<Workspace> m_workspace; ///< The thread's.
    OwnerThread m_thread;
};

/// Only the owner may make tickets, so it leaves a stock of them after each edit; a request that holds the mutex takes
/// one. They cost nothing to speak of, and nobody is ever cancelled.
class MutexServer final : public Server
{
public:
    MutexServer(const std::shared_ptr<const Subject> &subject, unsigned threads, Done done)
        : m_done(std::move(done)), m_owned(subject), m_pool(threads)
    {
        m_owned.thread().wait([this] { restock(); });
    }
    ~MutexServer() override { abandon(); }

    void edit(std::size_t arrival, const Edit &edit) override
    {
        m_owned.thread().post([this, arrival, edit] {
            if (isOver())
                return;
            {
                const std::scoped_lock lock(m_engine);
                m_owned.write(edit);
                restock();
            }
            m_done(arrival, 0);
        });
    }

    void ask(std::size_t arrival, const Question &question) override
    {
        m_pool.submit(urgencyOf(question.kind), [this, arrival, question] {
            std::optional<std::uint64_t> found;
            while (!found) {
                std::unique_lock lock(m_engine);
                if (isOver())
                    return;
                if (m_tickets.empty()) {
                    lock.unlock();
                    refill();
                    continue;
                }
                query::Ticket ticket = std::move(m_tickets.back());
                m_tickets.pop_back();
                found = read(std::move(ticket), m_owned.workspace().place(), question);
            }
            m_done(arrival, *found);
        });
    }

private:
    static constexpr std::size_t stock = 64;

    void restock()
    {
        m_tickets.clear();
        for (std::size_t i = 0; i < stock; ++i)
            m_tickets.push_back(m_owned.workspace().engine().ticket());
    }

    void refill()
    {
        m_owned.thread().wait([this] {
            const std::scoped_lock lock(m_engine);
            if (m_tickets.empty())
                restock();
        });
    }

    const Done m_done;
    std::mutex m_engine; // guards the engine, and the tickets
    std::vector<query::Ticket> m_tickets;
    Owned m_owned;
    PinnedPool m_pool;
};

class EngineEachServer final : public Server
{
public:
    EngineEachServer(const std::shared_ptr<const Subject> &subject, unsigned threads, Done done)
        : m_done(std::move(done)), m_subject(subject), m_edits(subject->paths.size()), m_pool(threads)
    {
    }
    ~EngineEachServer() override { abandon(); }

    void edit(std::size_t arrival, const Edit &edit) override
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_edits[edit.subject] = edit;
        }
        m_done(arrival, 0);
    }

    void ask(std::size_t arrival, const Question &question) override
    {
        m_pool.submit(urgencyOf(question.kind), [this, arrival, question] {
            if (isOver())
                return;
            std::vector<std::optional<Edit>> edits;
            {
                const std::scoped_lock lock(m_mutex);
                edits = m_edits;
            }
            Workspace own(m_subject);
            own.engine().write("edits", [&](query::Transaction &tx) {
                for (const auto &edit : edits) {
                    if (edit)
                        own.put(tx, *edit);
                }
            });
            m_done(arrival, *read(own.engine().ticket(), own.place(), question));
        });
    }

private:
    const Done m_done;
    const std::shared_ptr<const Subject> m_subject;
    std::mutex m_mutex; // guards the next
    std::vector<std::optional<Edit>> m_edits; ///< The last of each template.
    PinnedPool m_pool;
};

class ActorServer final : public Server
{
public:
    ActorServer(const std::shared_ptr<const Subject> &subject, Done done)
        : m_done(std::move(done)), m_owned(subject) { }
    ~ActorServer() override { abandon(); }

    void edit(std::size_t arrival, const Edit &edit) override
    {
        m_owned.thread().post([this, arrival, edit] {
            if (isOver())
                return;
            m_owned.write(edit);
            m_done(arrival, 0);
        });
    }

    void ask(std::size_t arrival, const Question &question) override
    {
        m_owned.thread().post([this, arrival, question] {
            if (!isOver())
                m_done(arrival, *m_owned.readHere(question));
        });
    }

private:
    const Done m_done;
    Owned m_owned;
};

/// As Session and Worker of lsp/server do it: wishes from the client's thread, writes that never wait, a bell, as many
/// jobs at once as there are threads, one of them free for who waits, and graces.
class TicketsServer final : public Server
{
public:
    TicketsServer(const std::shared_ptr<const Subject> &subject, unsigned threads, Done done)
        : m_done(std::move(done)), m_slots(threads), m_owned(subject, [this] { return settle(); }), m_pool(threads)
    {
        m_owned.thread().wait([this] {
            m_owned.workspace().engine().onIdle([this] { m_owned.thread().post([] { }); });
            m_isReady = true;
        });
    }
    ~TicketsServer() override { abandon(); }

    void edit(std::size_t arrival, const Edit &edit) override
    {
        const query::Wish wish = ++m_lastWish;
        m_owned.thread().post([this, arrival, edit, wish] { m_edits.push_back({arrival, edit, wish}); });
        m_owned.workspace().engine().wantWrite(wish);
    }

    void ask(std::size_t arrival, const Question &question) override
    {
        m_owned.thread().post([this, arrival, question] { m_requests.push_back({arrival, question, 0}); });
    }

private:
    static constexpr unsigned protectedAttempt = 3; ///< As in Session.

    struct WaitingEdit {
        std::size_t arrival;
        Edit edit;
        query::Wish wish;
    };
    struct Request {
        std::size_t arrival;
        Question question;
        unsigned attempt;
    };

    std::optional<std::chrono::nanoseconds> settle()
    {
        if (!m_isReady || isOver())
            return std::nullopt;
        query::Engine &engine = m_owned.workspace().engine();
        if (!m_edits.empty()) {
            const bool isWritten = engine.tryWrite(m_edits.back().wish, "edit", [&](query::Transaction &tx) {
                for (const WaitingEdit &each : m_edits)
                    m_owned.workspace().put(tx, each.edit);
            });
            if (isWritten) {
                for (const WaitingEdit &each : m_edits)
                    m_done(each.arrival, 0);
                m_edits.clear();
            }
        }
        if (m_edits.empty())
            dispatch();
        const auto next = engine.stopOverdue();
        if (!next)
            return std::nullopt;
        return std::chrono::nanoseconds(std::max<query::Instant>(*next - engine.clock().now(), 0));
    }

    bool mayStart(Urgency urgency) const
    {
        const bool isFree = urgency != Urgency::Background || m_runningBackground + 1 < std::max(m_slots, 2U);
        return m_running < m_slots && isFree;
    }

    void dispatch()
    {
        for (auto request = m_requests.begin(); request != m_requests.end() && m_running < m_slots;) {
            if (mayStart(urgencyOf(request->question.kind))) {
                start(*request);
                request = m_requests.erase(request);
            } else {
                ++request;
            }
        }
    }

    void start(const Request &request)
    {
        const Urgency lane = urgencyOf(request.question.kind);
        const Urgency urgency = request.attempt >= protectedAttempt ? Urgency::Protected : lane;
        ++m_running;
        m_runningBackground += lane == Urgency::Background;
        m_pool.submit(urgency,
                      [this, request, lane, ticket = m_owned.workspace().engine().ticket(0, {}, urgency)]() mutable {
                          const auto found = read(std::move(ticket), m_owned.workspace().place(), request.question);
                          m_owned.thread().post([this, request, lane, found] { finish(request, lane, found); });
                      });
    }

    void finish(Request request, Urgency lane, std::optional<std::uint64_t> found)
    {
        --m_running;
        m_runningBackground -= lane == Urgency::Background;
        if (found)
            return m_done(request.arrival, *found);
        countCancelled();
        ++request.attempt;
        m_requests.push_front(request);
    }

    const Done m_done;
    const unsigned m_slots;
    query::Wish m_lastWish = 0; ///< The client's.
    // The owner's:
    bool m_isReady = false;
    std::vector<WaitingEdit> m_edits;
    std::deque<Request> m_requests;
    unsigned m_running = 0;
    unsigned m_runningBackground = 0;

    Owned m_owned;
    PinnedPool m_pool;
};

/// A ticket holds nobody up, a handle of Ruff's does, from the moment it is cloned: so tickets are counted here until
/// their task has ended, and the owner blocks in an edit until none is left. All tasks are told to stop at once.
class ClonesServer final : public Server
{
public:
    ClonesServer(const std::shared_ptr<const Subject> &subject, unsigned threads, Done done)
        : m_done(std::move(done)), m_owned(subject), m_pool(threads)
    {
    }
    ~ClonesServer() override { abandon(); }

    void edit(std::size_t arrival, const Edit &edit) override
    {
        m_owned.thread().post([this, arrival, edit] {
            if (isOver())
                return;
            m_owned.workspace().engine().wantWrite(++m_lastWish);
            for (int clones = m_clones.load(); clones != 0; clones = m_clones.load())
                m_clones.wait(clones);
            m_owned.write(edit);
            m_done(arrival, 0);
        });
    }

    void ask(std::size_t arrival, const Question &question) override
    {
        m_owned.thread().post([this, arrival, question] { start(arrival, question); });
    }

private:
    void start(std::size_t arrival, Question question)
    {
        if (isOver())
            return;
        ++m_clones;
        m_pool.submit(urgencyOf(question.kind),
                      [this, arrival, question, ticket = m_owned.workspace().engine().ticket()]() mutable {
                          std::optional<std::uint64_t> found;
                          if (!isOver())
                              found = read(std::move(ticket), m_owned.workspace().place(), question);
                          --m_clones;
                          m_clones.notify_one();
                          if (found)
                              return m_done(arrival, *found);
                          countCancelled();
                          m_owned.thread().post([this, arrival, question] { start(arrival, question); });
                      });
    }

    const Done m_done;
    std::atomic<int> m_clones = 0;
    query::Wish m_lastWish = 0; ///< The owner's.
    Owned m_owned;
    PinnedPool m_pool;
};

} // namespace

std::optional<Way> wayCalled(std::string_view name)
{
    const auto found = std::ranges::find(ways, name);
    if (found == ways.end())
        return std::nullopt;
    return static_cast<Way>(found - ways.begin());
}

std::unique_ptr<Server> makeServer(Way way, const std::shared_ptr<const Subject> &subject, unsigned threads, Done done)
{
    switch (way) {
    case Way::Mutex:
        return std::make_unique<MutexServer>(subject, threads, std::move(done));
    case Way::EngineEach:
        return std::make_unique<EngineEachServer>(subject, threads, std::move(done));
    case Way::Actor:
        return std::make_unique<ActorServer>(subject, std::move(done));
    case Way::Tickets:
        return std::make_unique<TicketsServer>(subject, threads, std::move(done));
    case Way::Clones:
        break;
    }
    return std::make_unique<ClonesServer>(subject, threads, std::move(done));
}

} // namespace nuages::lesson
