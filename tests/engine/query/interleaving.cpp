#include "tests/engine/query/interleaving.h"

#include "engine/query/signal.h"
#include "tests/engine/query/schedule.h"
#include "tests/engine/query/world.h"

#include <algorithm>
#include <deque>
#include <set>

namespace nuages::tests {

using namespace nuages::query;

namespace {

/// Time stands still, so that graces end when the test says so.
class StoppedClock final : public Clock
{
public:
    Instant now() override { return m_now.load(); }
    void advance(Instant by) { m_now += by; }

private:
    std::atomic<Instant> m_now{0};
};

class Run
{
public:
    explicit Run(std::uint32_t seed)
        : m_schedule(seed), m_random(seed), m_withCycles(m_random() % 4 == 0),
          m_ground{{}, {}, randomWorld(m_random, m_withCycles), {}, {}}, m_engine(m_clock)
    {
    }

    Interleaving result(std::uint32_t seed);

private:
    static constexpr int readerCount = 3;
    static constexpr int rounds = 3; ///< Requests of each reader.
    static constexpr int edits = 6;

    struct Edit {
        Wish number;
        std::uint32_t seed;
    };
    struct Request {
        std::optional<Ticket> ticket;
        CancelToken token;
        bool isWaiting = false; ///< For a ticket.
    };

    void own();
    void edit(std::uint32_t seed);
    void read(int reader, std::uint32_t seed);
    bool readOnce(int reader, std::mt19937 &random);
    void ask(Reader &db, std::mt19937 &random);
    void commit(std::deque<Edit> &mail);
    Ticket waitForTicket(int reader);

    void check();
    void fail(const std::string &what)
    {
        if (m_failure.empty())
            m_failure = what;
    }
    void checkEvents(const std::vector<Event> &events);
    Oracle &oracleAt(Revision revision) { return m_history.at(revision); }

    Schedule m_schedule;
    std::mt19937 m_random;
    bool m_withCycles;
    Ground m_ground;
    StoppedClock m_clock;
    Engine m_engine;
    std::map<Revision, Oracle> m_history; ///< What was true in each revision.
    std::string m_failure;

    // The mailbox of the owner; only one thread runs at a time, but the owner sleeps on the signal.
    std::mutex m_mutex;
    detail::Signal m_mailChanged;
    detail::Signal m_ticketMade;
    std::deque<Edit> m_mail;
    std::array<Request, readerCount> m_requests;
    Wish m_lastNumber = 0;
    int m_editorsLeft = 1;
    int m_readersLeft = readerCount;

    // The model that the gate is compared with.
    Wish m_wanted = 0;
    Wish m_committed = 0;
    bool m_isWriting = false;
    std::size_t m_running = 0;
};

Interleaving Run::result(std::uint32_t seed)
{
    plant(m_engine, m_ground, m_random);
    m_history.emplace(m_engine.revision(), Oracle(m_ground.world));
    m_engine.attach(m_ground);
    m_engine.setWatching(true);
    m_engine.onIdle([this] {
        std::scoped_lock lock(m_mutex);
        m_mailChanged.notifyAll();
    });
    m_schedule.setCheck([this] { check(); });
    std::vector<std::function<void()>> bodies{[this] { own(); }, [this, seed] { edit(seed + 1000); }};
    for (int reader = 0; reader < readerCount; ++reader)
        bodies.push_back([this, reader, seed] { read(reader, seed + 2000 + static_cast<std::uint32_t>(reader)); });
    m_schedule.run(bodies);

    const GateState gate = m_engine.gate();
    if (m_schedule.isHung())
        fail("hung");
    else if (gate.isShut || gate.metWish != m_lastNumber || gate.openReaders != 0)
        fail("a wish was not met");
    const std::vector<Event> events = m_engine.takeEvents();
    if (m_failure.empty())
        checkEvents(events);
    Interleaving outcome{m_failure, m_schedule.traceText(), m_schedule.stepCount()};
    for (const Event &event : events) {
        outcome.trace += std::to_string(event.reader) + " " + nameOf(event.what) + " " + m_engine.describe(event.key)
            + " <- " + m_engine.describe(event.cause) + "\n";
    }
    return outcome;
}

void Run::check()
{
    const GateState gate = m_engine.gate();
    if (gate.isShut != (m_wanted > m_committed || m_isWriting))
        fail(gate.isShut ? "the gate is shut and no wish is unmet" : "the gate is open and a wish is unmet");
    if (gate.openReaders != m_running)
        fail("open readers and running work differ");
}

/// The owner: writes all edits that have arrived whenever the readers allow it, and gives out tickets in between.
void Run::own()
{
    for (;;) {
        std::deque<Edit> mail;
        {
            std::scoped_lock lock(m_mutex);
            mail = m_mail;
        }
        NUAGES_YIELD("owner looked at the mail");
        if (!mail.empty())
            commit(mail);
        std::unique_lock lock(m_mutex);
        const GateState gate = m_engine.gate();
        bool didWork = !m_mail.empty() && gate.openReaders == 0;
        for (Request &request : m_requests) {
            if (!request.isWaiting || request.ticket || gate.isShut)
                continue;
            request.token = CancelToken();
            request.ticket.emplace(m_engine.ticket(1, request.token, static_cast<Urgency>(m_random() % 3)));
            m_ticketMade.notifyAll();
            didWork = true;
        }
        if (m_mail.empty() && m_editorsLeft == 0 && m_readersLeft == 0)
            return;
        if (!didWork)
            m_mailChanged.wait(lock);
    }
}

void Run::commit(std::deque<Edit> &mail)
{
    const Wish last = mail.back().number;
    const bool written = m_engine.tryWrite(last, "edits", [&](Transaction &tx) {
        m_isWriting = true;
        m_wanted = std::max(m_wanted, last);
        for (const Edit &edit : mail) {
            std::mt19937 random(edit.seed);
            NUAGES_YIELD("in a transaction");
            editAtRandom(tx, m_ground, random, m_withCycles);
        }
    });
    m_wanted = std::max(m_wanted, last);
    if (!written) {
        m_clock.advance(latencyGrace);
        m_engine.stopOverdue();
        return;
    }
    m_isWriting = false;
    m_committed = std::max(m_committed, last);
    m_history.insert_or_assign(m_engine.revision(), Oracle(m_ground.world));
    std::scoped_lock lock(m_mutex);
    m_mail.erase(m_mail.begin(), m_mail.begin() + static_cast<std::ptrdiff_t>(mail.size()));
}

/// The editor: appends edits and wants them written; cancels a request now and then.
void Run::edit(std::uint32_t seed)
{
    std::mt19937 random(seed);
    for (int round = 0; round < edits; ++round) {
        Wish number = 0;
        {
            std::scoped_lock lock(m_mutex);
            number = ++m_lastNumber;
            m_mail.push_back({number, static_cast<std::uint32_t>(random())});
        }
        NUAGES_YIELD("an edit was appended");
        if (random() % 4 != 0) { // Otherwise the owner finds it by itself; a wish may come late or never.
            m_engine.wantWrite(number);
            m_wanted = std::max(m_wanted, number);
        }
        {
            std::scoped_lock lock(m_mutex);
            m_mailChanged.notifyAll();
        }
        NUAGES_YIELD("between edits");
        if (random() % 3 == 0)
            m_requests[random() % readerCount].token.cancel();
        const auto pause = random() % 6;
        for (std::uint32_t step = 0; step < pause; ++step)
            NUAGES_YIELD("pause");
    }
    std::scoped_lock lock(m_mutex);
    m_editorsLeft = 0;
    m_mailChanged.notifyAll();
}

Ticket Run::waitForTicket(int reader)
{
    std::unique_lock lock(m_mutex);
    Request &request = m_requests[static_cast<std::size_t>(reader)];
    request.isWaiting = true;
    m_mailChanged.notifyAll();
    while (!request.ticket)
        m_ticketMade.wait(lock);
    Ticket ticket = std::move(*request.ticket);
    request.ticket.reset();
    request.isWaiting = false;
    return ticket;
}

void Run::read(int reader, std::uint32_t seed)
{
    std::mt19937 random(seed);
    for (int round = 0; round < rounds; ++round) {
        const auto questions = random();
        int attempts = 0;
        bool answered = false;
        while (!answered && ++attempts < 200) {
            std::mt19937 sameQuestions(questions);
            answered = readOnce(reader, sameQuestions);
        }
        if (!answered)
            fail("a request was not answered in 200 attempts");
    }
    std::scoped_lock lock(m_mutex);
    --m_readersLeft;
    m_mailChanged.notifyAll();
}

/// Opens a reader and asks a few questions; false if it was told to stop.
bool Run::readOnce(int reader, std::mt19937 &random)
{
    Ticket ticket = waitForTicket(reader);
    struct Counted {
        std::size_t &count;
        bool isOpen = false;
        ~Counted() { count -= isOpen; }
    };
    try {
        Counted counted{m_running}; // Before the reader, so that it is counted down after it.
        Reader db(std::move(ticket));
        counted.isOpen = true;
        ++m_running;
        for (int question = 0; question < 4; ++question) {
            ask(db, random);
            NUAGES_YIELD("between questions");
        }
        return true;
    } catch (const Cancelled &) {
        return false;
    }
}

void Run::ask(Reader &db, std::mt19937 &random)
{
    const int first = static_cast<int>(random() % nodeCount);
    const int second = static_cast<int>(random() % nodeCount);
    const bool isPair = random() % 3 == 0;
    const auto &nodes = m_ground.nodes;
    std::optional<int> got;
    try {
        got = isPair ? db.get<Pair>(nodes[static_cast<std::size_t>(first)], nodes[static_cast<std::size_t>(second)])
                     : db.get<Node>(nodes[static_cast<std::size_t>(first)]);
    } catch (const CycleError &cycle) {
        if (cycle.participants.empty())
            fail("a cycle without names");
    }
    Oracle &oracle = oracleAt(db.revision());
    if (got != (isPair ? oracle.pair(first, second) : oracle.node(first)))
        fail("an answer differs from the evaluation from scratch");
}

/// Nothing ran again unless what it names as the cause did change after the memo was good last.
void Run::checkEvents(const std::vector<Event> &events)
{
    for (const Event &event : events) {
        if (event.reason != Reason::DependencyChanged || event.cause.kind == 0)
            continue;
        const std::string cause = m_engine.describe(event.cause);
        std::set<std::string> values;
        for (auto at = m_history.find(event.since); at != m_history.end() && at->first <= event.revision; ++at)
            values.insert(at->second.valueOf(cause));
        // A field may have been set twice in one transaction, to something else and back; that does count.
        const bool wasSet = std::ranges::any_of(events, [&event](const Event &set) {
            return set.what == Event::What::InputSet && set.key == event.cause && set.revision > event.since
                && set.revision <= event.revision;
        });
        if (values.size() < 2 && !wasSet)
            fail("ran again although its cause did not change: " + m_engine.describe(event.key) + " <- " + cause);
    }
}

} // namespace

Interleaving runInterleaving(std::uint32_t seed) { return Run(seed).result(seed); }

} // namespace nuages::tests
