#include "tests/lsp/server/conversation.h"

#include "engine/query/signal.h"
#include "engine/source/memoryfilesystem.h"
#include "engine/source/queries.h"
#include "lsp/protocol/json.h"
#include "lsp/server/session.h"
#include "tests/engine/query/schedule.h"
#include "tests/lsp/server/invariants.h"
#include "tests/lsp/server/modelclient.h"
#include "tests/lsp/server/sessionrig.h"
#include "tests/support/givenproject.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <deque>
#include <mutex>
#include <optional>
#include <random>
#include <utility>
#include <vector>

namespace json = boost::json;

namespace nuages::tests {

namespace {

ModelClient *currentClient = nullptr; ///< Of the run that is under way: features are plain functions.

constexpr const char *changingFile = "/p/changing.txt"; ///< The disk changes it without a word.

thread_local auto stepOfThread = ServerState::Step::OfOther; ///< Those of this thread are such.

std::vector<std::uint32_t> marksIn(std::string_view text)
{
    std::vector<std::uint32_t> marks;
    for (std::uint32_t at = 0; at < text.size(); ++at) {
        if (text[at] == '!')
            marks.push_back(at);
    }
    return marks;
}

/// Reads both documents and a file, slowly, so that there is time to cancel it.
server::Encode lookAround(query::Reader &db, const server::Question &question)
{
    const source::Text a = db.get<source::SourceText>(source::fileAt(db, ModelClient::paths[0]));
    NUAGES_YIELD("looked at one document");
    const source::Text b = db.get<source::SourceText>(source::fileAt(db, ModelClient::paths[1]));
    db.get<source::SourceText>(source::fileAt(db, changingFile));
    db.poll();
    currentClient->look(std::size_t(question.params.at("world").as_int64()), a.view(), b.view());
    const bool isA = question.path == ModelClient::paths[0];
    return [text = question.text, offset = question.offset, other = std::string(ModelClient::paths[isA ? 1 : 0]),
            marks = marksIn((isA ? b : a).view())](const server::Coordinates &coordinates,
                                                   const server::ClientTraits &) -> json::value {
        json::array found;
        for (const std::uint32_t mark : marks) {
            if (const auto range = coordinates.range(other, {mark, mark + 1}))
                found.push_back(protocol::toJson(*range));
        }
        return {{"text", text.view()}, {"offset", offset}, {"marks", std::move(found)}};
    };
}

server::Encode findMarksSlowly(query::Reader &db, const server::Question &question)
{
    const source::Text text = db.get<source::SourceText>(source::fileAt(db, question.path));
    NUAGES_YIELD("looked for marks");
    db.poll();
    return [path = question.path, marks = marksIn(text.view())](const server::Coordinates &coordinates,
                                                                const server::ClientTraits &) {
        json::array all;
        for (const std::uint32_t mark : marks) {
            if (const auto range = coordinates.range(path, {mark, mark + 1}))
                all.push_back({{"range", protocol::toJson(*range)}, {"message", "mark"}});
        }
        return json::value(std::move(all));
    };
}

constexpr std::array<server::Feature, 1> lookFeatures{{{"test/look", query::Urgency::Latency, true, lookAround}}};

class Run
{
public:
    explicit Run(std::uint32_t seed)
        : m_schedule(seed), m_random(seed + 1), m_client(seed), m_files(m_disk), m_engine(m_clock),
          m_inbox([this](query::Wish wish) { m_engine.wantWrite(wish); }, [this] { ring(); }),
          m_session(m_engine, m_files, m_inbox, host())
    {
    }

    Conversation result();

private:
    static constexpr unsigned poolThreads = 2;
    static constexpr std::size_t maxSteps = 6'000; ///< Some ten times what a conversation takes.

    server::Session::Host host();
    void own();
    void speak();
    void deliver(std::string_view bytes);
    void work();
    void keepTime();
    void ring();
    void send(const std::string &body);
    void check();
    bool isSettled() const;

    Schedule m_schedule;
    std::mt19937 m_random; // the client's thread only
    HeldClock m_clock;
    ModelClient m_client;
    source::MemoryFileSystem m_disk;
    source::Files m_files;
    query::Engine m_engine;
    server::Inbox m_inbox;
    server::Session m_session;
    Invariants m_invariants;
    std::string m_sent;
    bool m_isOwnerAsleep = false;
    bool m_isDelivering = false; ///< The client's thread is inside the inbox.

    std::mutex m_mutex; // guards the rest; only one thread runs at a time, but they sleep on the signals
    query::detail::Signal m_bell;
    query::detail::Signal m_jobsChanged;
    query::detail::Signal m_heard;
    query::detail::Signal m_timerChanged;
    bool m_isRung = false;
    bool m_isOver = false;
    std::optional<query::Instant> m_timer; ///< When readers are to be stopped.
    std::deque<query::Pool::Job> m_jobs;
    std::size_t m_jobsInside = 0;
};

server::Session::Host Run::host()
{
    return {
        .given = givenAt("/p"),
        .submit =
            [this](query::Urgency, query::Pool::Job job) {
                const std::scoped_lock lock(m_mutex);
                m_jobs.push_back(std::move(job));
                m_jobsChanged.notifyAll();
            },
        .send = [this](const std::string &body) { send(body); },
        .ring = [this] { ring(); },
        .slots = poolThreads + 1,
        .features = lookFeatures,
        .findDiagnostics = findMarksSlowly,
    };
}

Conversation Run::result()
{
    currentClient = &m_client;
    for (std::size_t which = 0; which < ModelClient::paths.size(); ++which)
        m_disk.write(ModelClient::paths[which], ModelClient::diskTexts[which]);
    m_disk.write(changingFile, "0");
    m_engine.attach(m_files);
    m_engine.onIdle([this] { ring(); });
    m_schedule.setCheck([this] { check(); });
    m_schedule.run(
        {[this] { own(); }, [this] { speak(); }, [this] { work(); }, [this] { work(); }, [this] { keepTime(); }});
    if (m_schedule.isHung())
        m_client.fail("hung");
    return {m_client.failure(), m_schedule.traceText() + m_sent, m_schedule.stepCount()};
}

void Run::check()
{
    ServerState state{m_engine.gate(), m_engine.laggards(), m_session.census(), m_clock.now(),
                      m_jobs.size(),   m_jobsInside,        stepOfThread,       false};
    const bool areAllTold = state.laggards.size() == state.gate.openReaders;
    state.isLeftAlone = m_isOwnerAsleep && !m_isRung && !m_isDelivering && !m_timer && !areAllTold;
    if (const auto broken = m_invariants.check(state))
        m_client.fail(*broken);
}

/// Nothing more is to come: the client has heard all, and every edit is written.
bool Run::isSettled() const
{
    const query::GateState gate = m_engine.gate();
    return m_client.isContent() && !gate.isShut && gate.metWish >= m_client.editCount();
}

/// As Worker::advance() does it: what rings later is seen later.
void Run::own()
{
    stepOfThread = ServerState::Step::OfOwner;
    while (!m_session.exitCode() && m_client.failure().empty() && m_schedule.stepCount() < maxSteps) {
        {
            std::unique_lock lock(m_mutex);
            m_isOwnerAsleep = true;
            while (!m_isRung)
                m_bell.wait(lock);
            m_isOwnerAsleep = false;
            m_isRung = false;
        }
        NUAGES_YIELD("the owner was rung");
        m_session.advance();
        const auto again = m_engine.stopOverdue();
        const std::scoped_lock lock(m_mutex);
        m_timer = again;
        m_timerChanged.notifyAll();
        m_heard.notifyAll();
    }
    if (!m_session.exitCode())
        m_client.fail("going round without end");
    const std::scoped_lock lock(m_mutex);
    m_isOver = true;
    for (query::detail::Signal *signal : {&m_jobsChanged, &m_timerChanged, &m_heard})
        signal->notifyAll();
}

void Run::speak()
{
    for (std::string bytes = m_client.next(); !bytes.empty(); bytes = m_client.next()) {
        deliver(bytes);
        m_client.delivered();
        if (m_random() % 8 == 0)
            m_disk.write(changingFile, std::to_string(m_random()));
        for (auto pause = m_random() % 6; pause > 0; --pause)
            NUAGES_YIELD("the client pauses");
    }
    const bool isPatient = m_random() % 2 == 0;
    {
        std::unique_lock lock(m_mutex);
        while (isPatient && !m_isOver && !isSettled())
            m_heard.wait(lock);
    }
    const std::vector<std::string> farewell = m_client.farewell();
    for (const std::string &bytes : farewell)
        deliver(bytes);
    if (farewell.empty())
        m_inbox.close();
}

void Run::deliver(std::string_view bytes)
{
    const std::size_t cut = m_random() % 3 == 0 ? m_random() % bytes.size() : bytes.size();
    m_isDelivering = true;
    m_inbox.receive(bytes.substr(0, cut));
    if (cut < bytes.size()) {
        NUAGES_YIELD("half a message");
        m_inbox.receive(bytes.substr(cut));
    }
    m_isDelivering = false;
}

void Run::work()
{
    for (;;) {
        query::Pool::Job job;
        {
            std::unique_lock lock(m_mutex);
            while (m_jobs.empty() && !m_isOver)
                m_jobsChanged.wait(lock);
            if (m_isOver)
                return;
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
            ++m_jobsInside;
        }
        NUAGES_YIELD("a job begins");
        stepOfThread = ServerState::Step::OfJob;
        job();
        stepOfThread = ServerState::Step::OfOther;
        --m_jobsInside;
    }
}

/// The timer of the worker: when a reader's grace has run out, the owner is rung.
void Run::keepTime()
{
    std::unique_lock lock(m_mutex);
    while (!m_isOver) {
        if (!m_timer) {
            m_timerChanged.wait(lock);
            continue;
        }
        m_clock.advanceTo(*std::exchange(m_timer, std::nullopt));
        lock.unlock();
        ring();
        NUAGES_YIELD("time passes");
        lock.lock();
    }
}

void Run::ring()
{
    const std::scoped_lock lock(m_mutex);
    m_isRung = true;
    m_bell.notifyAll();
}

void Run::send(const std::string &body)
{
    m_sent += body + "\n";
    m_client.judge(json::parse(body));
    NUAGES_YIELD("a message was sent");
}

} // namespace

Conversation runConversation(std::uint32_t seed) { return Run(seed).result(); }

} // namespace nuages::tests
