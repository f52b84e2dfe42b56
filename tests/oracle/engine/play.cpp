#include "tests/oracle/engine/play.h"

#include "engine/query/signal.h"
#include "tests/engine/query/schedule.h"
#include "tests/oracle/engine/program.h"

#include <algorithm>
#include <deque>
#include <random>
#include <utility>

namespace nuages::oracle {

using namespace query;

namespace {

/// A nanosecond goes by with each look, so that a commit may spend a number of looks; graces end when the play says so.
class PlayClock final : public Clock
{
public:
    Instant now() override { return m_now.fetch_add(1) + 1; }
    void advance(Instant by) { m_now += by; }

private:
    std::atomic<Instant> m_now{0};
};

/// An engine, the model that judges it, and what both of the ways to play do alike.
class Stage
{
protected:
    explicit Stage(const Script &script)
    {
        if (script.collect > 0)
            m_engine.setCollection({.afterMemos = 1, .perCommit = script.collect, .askedWithin = 2});
    }

    void ask(Reader &db, const Line &line);
    void look(Played &played, bool wantsTrace);
    void finish(Played &played, bool wantsTrace);

    PlayClock m_clock;
    Model m_model;
    Program m_program{m_model, m_clock};
    Engine &m_engine = m_program.engine();
};

void Stage::ask(Reader &db, const Line &line)
{
    if (line.verb == Line::Verb::Ask)
        return m_program.ask(db, line.asked);
    if (line.verb != Line::Verb::All)
        return;
    for (const Id &known : m_model.memos())
        m_program.ask(db, known);
    for (int node = 0; node < nodeCount; ++node) {
        m_program.ask(db, {Id::Kind::Node, {node}});
        m_program.ask(db, {Id::Kind::Calm, {node}});
    }
    for (int word = 0; word < wordCount; ++word)
        m_program.ask(db, {Id::Kind::Text, {word}});
    m_program.ask(db, {Id::Kind::Total, {}});
}

/// Judges what the engine says since the last look.
void Stage::look(Played &played, bool wantsTrace)
{
    m_program.judgeEvents(wantsTrace ? &played.trace : nullptr);
    if (m_engine.revision() != m_model.revision())
        m_model.fail("the engine is in revision " + std::to_string(m_engine.revision()));
}

/// Judges what is left when all readers have gone.
void Stage::finish(Played &played, bool wantsTrace)
{
    look(played, wantsTrace);
    if (m_model.failure().empty())
        m_program.judgeWhatIsKept();
    played.failure = m_model.failure();
    played.compared = m_model.compared();
    played.counts = m_model.counts();
    played.fallen = m_model.fallen();
}

/// The lines from `from` on that are one transaction; moves `from` behind them.
std::vector<Line> transactionAt(const std::vector<Line> &lines, std::size_t &from)
{
    std::vector<Line> together{lines[from++]};
    while (from < lines.size() && lines[from].isEdit() && lines[from].joins)
        together.push_back(lines[from++]);
    return together;
}

/// One thread owns the engine and reads it. It has a schedule too, so that it is told when it sleeps for ever.
class Alone : Stage
{
public:
    explicit Alone(const Script &script) : Stage(script) { }
    Played play(const Script &script, bool wantsTrace);

private:
    void step(const std::vector<Line> &lines, std::size_t &at);

    std::optional<Reader> m_reader;
};

Played Alone::play(const Script &script, bool wantsTrace)
{
    Played played;
    tests::Schedule schedule(script.schedule);
    schedule.run({[&] {
        for (std::size_t at = 0; at < script.lines.size() && m_model.failure().empty();) {
            step(script.lines, at);
            look(played, wantsTrace);
        }
        m_reader.reset();
    }});
    if (schedule.isHung())
        m_model.fail("hung");
    finish(played, wantsTrace);
    return played;
}

void Alone::step(const std::vector<Line> &lines, std::size_t &at)
{
    if (!lines[at].isEdit()) {
        try {
            if (!m_reader)
                m_reader.emplace(m_engine.ticket());
            ask(*m_reader, lines[at++]);
        } catch (const Cancelled &) {
            m_model.fail("a reader was stopped, and nobody wanted that");
        }
        return;
    }
    m_reader.reset();
    const std::vector<Line> edits = transactionAt(lines, at);
    try {
        m_engine.write("edit", [&](Transaction &tx) { m_program.edit(tx, edits); });
    } catch (const Program::Thrown &) {
    }
}

/// An editor, readers and the owner of the engine, each on its thread.
class Together : Stage
{
public:
    explicit Together(const Script &script);
    Played play(bool wantsTrace);

private:
    struct Edit {
        Wish number = 0;
        std::vector<Line> lines;
        std::vector<int> cancels; ///< Whose requests are called off after it.
    };
    struct Request {
        std::vector<Line> questions;
        Wish after = 0; ///< The edit before it in the script.
    };
    struct Client {
        std::vector<Request> requests;
        std::size_t answered = 0;
        std::optional<Ticket> ticket;
        CancelToken token;
        bool isWaiting = false; ///< For a ticket.
    };

    void own();
    void edit();
    void read(Client &client);
    bool readOnce(Client &client, const Request &request);
    void commit(const std::deque<Edit> &mail);
    Ticket waitForTicket(Client &client);
    bool isAnswered(Wish before) const;
    void check();

    tests::Schedule m_schedule;
    std::mt19937 m_random; ///< Of the owner.
    std::mt19937 m_editorsRandom;
    std::vector<Edit> m_edits;
    std::vector<Client> m_clients;
    std::string *m_trace = nullptr;

    // The mailbox of the owner. Only one thread runs at a time, but all of them sleep on signals.
    std::mutex m_mutex;
    detail::Signal m_changed;
    std::deque<Edit> m_mail;
    Wish m_appended = 0;
    bool m_isEditing = true;
    std::size_t m_reading = 0;

    // What the gate is compared with.
    Wish m_wanted = 0;
    Wish m_committed = 0;
    bool m_isWriting = false;
    std::size_t m_running = 0;
};

Together::Together(const Script &script)
    : Stage(script), m_schedule(script.schedule), m_random(script.schedule), m_editorsRandom(script.schedule + 1),
      m_clients(static_cast<std::size_t>(script.threads)), m_reading(m_clients.size())
{
    std::vector<bool> isOpen(m_clients.size());
    for (std::size_t at = 0; at < script.lines.size();) {
        const Line &line = script.lines[at];
        const auto reader = static_cast<std::size_t>(line.reader - 1);
        if (line.isEdit()) {
            m_edits.push_back({m_edits.size() + 1, transactionAt(script.lines, at), {}});
            isOpen.assign(m_clients.size(), false);
            continue;
        }
        ++at;
        if (line.verb == Line::Verb::Cancel) {
            if (!m_edits.empty())
                m_edits.back().cancels.push_back(line.reader);
            continue;
        }
        if (!isOpen[reader])
            m_clients[reader].requests.push_back({{}, m_edits.size()});
        isOpen[reader] = true;
        m_clients[reader].requests.back().questions.push_back(line);
    }
}

Played Together::play(bool wantsTrace)
{
    Played played;
    m_trace = wantsTrace ? &played.trace : nullptr;
    m_engine.onIdle([this] {
        std::scoped_lock lock(m_mutex);
        m_changed.notifyAll();
    });
    m_schedule.setCheck([this] { check(); });
    std::vector<std::function<void()>> bodies{[this] { own(); }, [this] { edit(); }};
    for (Client &client : m_clients)
        bodies.push_back([this, &client] { read(client); });
    m_schedule.run(bodies);

    const GateState gate = m_engine.gate();
    if (m_schedule.isHung())
        m_model.fail("hung");
    else if (gate.isShut || gate.metWish != m_edits.size() || gate.openReaders != 0)
        m_model.fail("a wish was not met");
    finish(played, wantsTrace);
    played.scheduled = m_schedule.stepCount();
    if (wantsTrace)
        played.trace = m_schedule.traceText() + played.trace;
    return played;
}

void Together::check()
{
    const GateState gate = m_engine.gate();
    if (gate.isShut != (m_wanted > m_committed || m_isWriting))
        m_model.fail(gate.isShut ? "the gate is shut and no wish is unmet" : "the gate is open and a wish is unmet");
    if (gate.openReaders != m_running)
        m_model.fail("open readers and running work differ");
}

/// Writes all edits that have arrived whenever the readers allow it, and gives out tickets in between.
void Together::own()
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
        const GateState gate = m_engine.gate(); // Not under the lock, which the bell takes while it holds the gate.
        std::unique_lock lock(m_mutex);
        bool didWork = !m_mail.empty() && gate.openReaders == 0;
        for (Client &client : m_clients) {
            if (!client.isWaiting || client.ticket || gate.isShut)
                continue;
            client.token = CancelToken();
            client.ticket.emplace(m_engine.ticket(1, client.token, static_cast<Urgency>(m_random() % 3)));
            m_changed.notifyAll();
            didWork = true;
        }
        if (m_mail.empty() && !m_isEditing && m_reading == 0)
            return;
        if (!didWork)
            m_changed.wait(lock);
    }
}

void Together::commit(const std::deque<Edit> &mail)
{
    const Wish last = mail.back().number;
    bool isWritten = false;
    try {
        isWritten = m_engine.tryWrite(last, "edits", [&](Transaction &tx) {
            m_isWriting = true;
            m_wanted = std::max(m_wanted, last);
            m_program.judgeEvents(m_trace); // As long as the model is in the revision that they are about.
            std::vector<Line> lines;
            for (const Edit &edit : mail)
                lines.insert(lines.end(), edit.lines.begin(), edit.lines.end());
            m_program.edit(tx, lines);
        });
    } catch (const Program::Thrown &) {
        isWritten = true;
    }
    m_wanted = std::max(m_wanted, last);
    if (!isWritten) {
        m_clock.advance(latencyGrace);
        m_engine.stopOverdue();
        return;
    }
    m_isWriting = false;
    m_committed = std::max(m_committed, last);
    std::scoped_lock lock(m_mutex);
    m_mail.erase(m_mail.begin(), m_mail.begin() + static_cast<std::ptrdiff_t>(mail.size()));
}

/// Whether every request that is meant to come before an edit has been answered.
bool Together::isAnswered(Wish before) const
{
    return std::ranges::all_of(m_clients, [before](const Client &client) {
        return client.answered == client.requests.size() || client.requests[client.answered].after >= before;
    });
}

/// Appends edits and wants them written; calls requests off.
void Together::edit()
{
    for (const Edit &edit : m_edits) {
        {
            std::unique_lock lock(m_mutex);
            while (!isAnswered(edit.number - 1)) // Those just before this edit may meet it.
                m_changed.wait(lock);
            m_appended = edit.number;
            m_mail.push_back(edit);
        }
        NUAGES_YIELD("an edit was appended");
        if (m_editorsRandom() % 4 != 0) { // Otherwise the owner finds it by itself; a wish may come late or never.
            m_engine.wantWrite(edit.number);
            m_wanted = std::max(m_wanted, edit.number);
        }
        {
            std::scoped_lock lock(m_mutex);
            m_changed.notifyAll();
        }
        NUAGES_YIELD("between edits");
        for (const int reader : edit.cancels)
            m_clients[static_cast<std::size_t>(reader - 1)].token.cancel();
        for (auto pause = m_editorsRandom() % 6; pause > 0; --pause)
            NUAGES_YIELD("pause");
    }
    std::scoped_lock lock(m_mutex);
    m_isEditing = false;
    m_changed.notifyAll();
}

Ticket Together::waitForTicket(Client &client)
{
    std::unique_lock lock(m_mutex);
    while (m_appended < client.requests[client.answered].after)
        m_changed.wait(lock);
    client.isWaiting = true;
    m_changed.notifyAll();
    while (!client.ticket)
        m_changed.wait(lock);
    Ticket ticket = std::move(*client.ticket);
    client.ticket.reset();
    client.isWaiting = false;
    return ticket;
}

void Together::read(Client &client)
{
    constexpr int enough = 200; // attempts
    for (const Request &request : client.requests) {
        int attempts = 0;
        while (!readOnce(client, request) && ++attempts < enough) { }
        if (attempts == enough)
            m_model.fail("a request was not answered in 200 attempts");
        std::scoped_lock lock(m_mutex);
        ++client.answered;
        m_changed.notifyAll();
    }
    std::scoped_lock lock(m_mutex);
    --m_reading;
    m_changed.notifyAll();
}

/// Opens a reader and asks; false if it was told to stop.
bool Together::readOnce(Client &client, const Request &request)
{
    Ticket ticket = waitForTicket(client);
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
        for (const Line &line : request.questions) {
            ask(db, line);
            NUAGES_YIELD("between questions");
        }
        return true;
    } catch (const Cancelled &) {
        return false;
    }
}

} // namespace

Played play(const Script &script, bool wantsTrace)
{
    return script.threads > 1 ? Together(script).play(wantsTrace) : Alone(script).play(script, wantsTrace);
}

} // namespace nuages::oracle
