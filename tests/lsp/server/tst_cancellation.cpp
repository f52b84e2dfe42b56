#include "engine/source/files.h"
#include "engine/source/queries.h"
#include "tests/lsp/server/sessionrig.h"
#include "tests/support/testmain.h"

#include <boost/json/object.hpp>

#include <QTest>

#include <array>
#include <cstdint>
#include <format>
#include <functional>
#include <future>
#include <string>
#include <thread>
#include <utility>

using namespace nuages;
using namespace nuages::server;
using nuages::tests::SessionRig;
namespace json = boost::json;

namespace {

std::function<void()> inTheMiddle; ///< Happens once, while the next reader of a request is open.

Encode findSlowly(query::Reader &db, const Question &question)
{
    db.get<source::SourceText>(source::fileAt(db, question.path));
    if (const auto happen = std::exchange(inTheMiddle, {}))
        happen();
    db.poll();
    return [](const Coordinates &, const ClientTraits &) -> json::value { return nullptr; };
}

Encode findNoFaults(query::Reader &, const Question &)
{
    return [](const Coordinates &, const ClientTraits &) -> json::value { return json::array(); };
}

constexpr std::array<Feature, 1> slowFeatures{{{"test/slow", query::Urgency::Latency, false, findSlowly}}};

const char *const cancelledPage = "file:///p/page.html";

/// A reader on a thread of its own, which keeps every write waiting as long as it lives.
class OpenReader
{
public:
    explicit OpenReader(query::Engine &engine)
    {
        std::promise<void> opened;
        m_thread = std::thread([ticket = engine.ticket(), &opened, close = m_close.get_future()]() mutable {
            const query::Reader reader(std::move(ticket));
            opened.set_value();
            close.wait();
        });
        opened.get_future().wait();
    }
    ~OpenReader()
    {
        m_close.set_value();
        m_thread.join();
    }
    OpenReader(const OpenReader &) = delete;
    OpenReader &operator=(const OpenReader &) = delete;

private:
    std::promise<void> m_close;
    std::thread m_thread;
};

/// A server whose client cancels a request in a state of its choice, and takes down what that state looks like.
class CancellingClient : public SessionRig
{
public:
    CancellingClient() : SessionRig(slowFeatures, findNoFaults) { inTheMiddle = {}; }

    void begin()
    {
        initialize();
        open(cancelledPage, "one");
        runAllJobs();
    }

    std::int64_t ask() { return request("test/slow", about()); }
    std::int64_t askUnheard() { return postRequest("test/slow", about()); }
    void edit() { notify("textDocument/didChange", change()); }
    void editUnheard() { post("textDocument/didChange", change()); }

    /// Runs jobs until a request has run in whose middle `happen` happened.
    void runWith(std::function<void()> happen)
    {
        inTheMiddle = std::move(happen);
        while (inTheMiddle && waitingJobs() > 0)
            runJob();
    }

    /// Each time, an edit stops the request while it runs.
    void interruptAttempts(int count)
    {
        for (int attempt = 0; attempt < count; ++attempt)
            runWith([this] { interrupt("textDocument/didChange", change()); });
    }

    /// The cancellation is received; the session has not heard of it yet.
    void cancelNow(std::int64_t id)
    {
        const Session::Census census = session().census();
        const query::GateState gate = engine().gate();
        m_state = std::format("{} pending, {} in jobs ({} not begun), {} open readers{}, {} retries, {} behind an edit",
                              census.pending, census.running, waitingJobs(), gate.openReaders,
                              gate.isShut ? " before an edit" : "", census.retries, census.backlog);
        post("$/cancelRequest", {{"id", id}});
    }
    const std::string &state() const { return m_state; }

private:
    static json::value about() { return {{"textDocument", {{"uri", cancelledPage}}}}; }
    json::value change()
    {
        return {{"textDocument", {{"uri", cancelledPage}, {"version", ++m_version}}},
                {"contentChanges", {{{"text", std::to_string(m_version)}}}}};
    }

    std::int32_t m_version = 1;
    std::string m_state;
};

// Each brings a request into a state, cancels it there, and returns its id.

std::int64_t gatedBeforeInitialize(CancellingClient &server)
{
    const auto id = server.askUnheard();
    server.cancelNow(id);
    return id;
}

std::int64_t gatedAfterShutdown(CancellingClient &server)
{
    server.begin();
    server.request("shutdown", nullptr);
    const auto id = server.askUnheard();
    server.cancelNow(id);
    return id;
}

std::int64_t received(CancellingClient &server)
{
    server.begin();
    const auto id = server.askUnheard();
    server.cancelNow(id);
    return id;
}

std::int64_t behindAnUnwrittenEdit(CancellingClient &server)
{
    server.begin();
    const OpenReader reader(server.engine());
    server.edit();
    const auto id = server.ask();
    server.cancelNow(id);
    return id;
}

std::int64_t queued(CancellingClient &server)
{
    server.begin();
    for (int slot = 0; slot < 4; ++slot)
        server.ask();
    const auto id = server.ask();
    server.cancelNow(id);
    return id;
}

std::int64_t runningWithATicket(CancellingClient &server)
{
    server.begin();
    const auto id = server.ask();
    server.cancelNow(id);
    return id;
}

std::int64_t runningWithAReader(CancellingClient &server)
{
    server.begin();
    const auto id = server.ask();
    server.runWith([&] { server.cancelNow(id); });
    return id;
}

std::int64_t runningInFrontOfAnEdit(CancellingClient &server)
{
    server.begin();
    const auto id = server.ask();
    server.runWith([&] {
        server.editUnheard();
        server.cancelNow(id);
    });
    return id;
}

std::int64_t rebased(CancellingClient &server)
{
    server.begin();
    const auto id = server.ask();
    const OpenReader another(server.engine());
    server.interruptAttempts(1);
    server.cancelNow(id);
    return id;
}

std::int64_t protectedFromEdits(CancellingClient &server)
{
    server.begin();
    const auto id = server.ask();
    server.interruptAttempts(3);
    server.runWith([&] { server.cancelNow(id); });
    return id;
}

std::int64_t protectedInFrontOfAnEdit(CancellingClient &server)
{
    server.begin();
    const auto id = server.ask();
    server.interruptAttempts(3);
    server.runWith([&] {
        server.editUnheard();
        server.cancelNow(id);
    });
    return id;
}

std::int64_t encoding(CancellingClient &server)
{
    server.begin();
    const auto id = server.ask();
    server.runJobUnheard();
    server.cancelNow(id);
    return id;
}

std::int64_t answeredByShutdown(CancellingClient &server)
{
    server.begin();
    const auto id = server.ask();
    server.request("shutdown", nullptr);
    server.cancelNow(id);
    return id;
}

std::int64_t answered(CancellingClient &server)
{
    server.begin();
    const auto id = server.ask();
    server.runAllJobs();
    server.cancelNow(id);
    return id;
}

using CancelIn = std::int64_t (*)(CancellingClient &);

constexpr int noError = 0;

} // namespace

Q_DECLARE_METATYPE(CancelIn)

/// A cancellation in every state that a request can be in: exactly one reply.
class TestCancellation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRequestIsRepliedToOnceWhereverItIsCancelled_data();
    void aRequestIsRepliedToOnceWhereverItIsCancelled();
    void whatWasNeverAskedIsNotRepliedTo();
};

void TestCancellation::aRequestIsRepliedToOnceWhereverItIsCancelled_data()
{
    QTest::addColumn<CancelIn>("cancelIn");
    QTest::addColumn<std::string>("state"); // as cancelNow() describes it
    QTest::addColumn<int>("code");

    const auto row = [](const char *name, CancelIn cancelIn, std::string state, int code) {
        QTest::newRow(name) << cancelIn << std::move(state) << code;
    };
    row("gated, before initialize", gatedBeforeInitialize,
        "0 pending, 0 in jobs (0 not begun), 0 open readers, 0 retries, 0 behind an edit", -32002);
    row("gated, after shutdown", gatedAfterShutdown,
        "0 pending, 0 in jobs (0 not begun), 0 open readers, 0 retries, 0 behind an edit", -32600);
    row("received", received, "0 pending, 0 in jobs (0 not begun), 0 open readers, 0 retries, 0 behind an edit",
        -32800);
    row("behind an unwritten edit", behindAnUnwrittenEdit,
        "0 pending, 0 in jobs (0 not begun), 1 open readers before an edit, 0 retries, 2 behind an edit", -32800);
    row("queued", queued, "5 pending, 4 in jobs (4 not begun), 0 open readers, 0 retries, 0 behind an edit", -32800);
    row("running, with a ticket", runningWithATicket,
        "1 pending, 1 in jobs (1 not begun), 0 open readers, 0 retries, 0 behind an edit", -32800);
    row("running, with a reader", runningWithAReader,
        "1 pending, 1 in jobs (0 not begun), 1 open readers, 0 retries, 0 behind an edit", -32800);
    row("running, in front of an edit", runningInFrontOfAnEdit,
        "1 pending, 1 in jobs (0 not begun), 1 open readers before an edit, 0 retries, 0 behind an edit", -32800);
    row("rebased", rebased,
        "1 pending, 0 in jobs (0 not begun), 1 open readers before an edit, 1 retries, 1 behind an edit", -32800);
    // The other job finds diagnostics, which the edits have made necessary.
    row("protected", protectedFromEdits,
        "1 pending, 2 in jobs (1 not begun), 1 open readers, 3 retries, 0 behind an edit", -32800);
    row("protected, in front of an edit", protectedInFrontOfAnEdit,
        "1 pending, 2 in jobs (1 not begun), 1 open readers before an edit, 3 retries, 0 behind an edit", -32800);
    row("encoding", encoding, "1 pending, 1 in jobs (0 not begun), 0 open readers, 0 retries, 0 behind an edit",
        -32800);
    row("answered by shutdown", answeredByShutdown,
        "0 pending, 1 in jobs (1 not begun), 0 open readers, 0 retries, 0 behind an edit", -32800);
    row("answered", answered, "0 pending, 0 in jobs (0 not begun), 0 open readers, 0 retries, 0 behind an edit",
        noError);
}

void TestCancellation::aRequestIsRepliedToOnceWhereverItIsCancelled()
{
    QFETCH(CancelIn, cancelIn);
    QFETCH(std::string, state);
    QFETCH(int, code);
    CancellingClient server;
    const std::int64_t id = cancelIn(server);
    QCOMPARE(server.state(), state);
    server.advance();
    server.runAllJobs();

    const auto sent = server.takeSent();
    const json::value *reply = SessionRig::replyTo(id, sent);
    QVERIFY(reply);
    const json::value *error = reply->as_object().if_contains("error");
    QCOMPARE(error ? int(error->at("code").as_int64()) : noError, code);
    QVERIFY(server.session().census().isIdle());
    QVERIFY(!server.engine().gate().isShut);
}

void TestCancellation::whatWasNeverAskedIsNotRepliedTo()
{
    CancellingClient server;
    server.begin();
    server.takeSent();
    server.cancelNow(4711);
    server.advance();
    QCOMPARE(server.takeSent().size(), std::size_t(0));
}

NUAGES_TEST(TestCancellation)
#include "tst_cancellation.moc"
