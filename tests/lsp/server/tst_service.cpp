#include "lsp/server/service.h"

#include "lsp/protocol/framing.h"
#include "lsp/protocol/message.h"
#include "tests/support/givenproject.h"
#include "tests/support/testmain.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <future>
#include <optional>
#include <string>
#include <string_view>

using namespace nuages;
using namespace nuages::server;
using namespace std::chrono_literals;
namespace json = boost::json;

namespace {

std::atomic<bool> isStuck = false;
std::atomic<bool> isReleased = false;

Encode answerNothing(query::Reader &, const Question &)
{
    return [](const Coordinates &, const ClientTraits &) -> json::value { return nullptr; };
}

/// Runs until it is told to stop.
Encode spinForEver(query::Reader &db, const Question &)
{
    isStuck = true;
    for (;;)
        db.poll();
}

/// Does not even look whether it is told to stop.
Encode sleepForEver(query::Reader &, const Question &)
{
    isStuck = true;
    isStuck.notify_all();
    isReleased.wait(false);
    return [](const Coordinates &, const ClientTraits &) -> json::value { return nullptr; };
}

/// More than a socket holds.
Encode findMuch(query::Reader &, const Question &)
{
    return [](const Coordinates &, const ClientTraits &) -> json::value { return json::string(4 << 20, 'x'); };
}

constexpr std::array<Feature, 4> stubbornFeatures{{
    {"test/nothing", query::Urgency::Latency, false, answerNothing},
    {"test/spin", query::Urgency::Latency, false, spinForEver},
    {"test/sleep", query::Urgency::Latency, false, sleepForEver},
    {"test/much", query::Urgency::Latency, false, findMuch},
}};

const json::value servedPage = {{"uri", "file:///p/page.html"}};

/// A service and its client, at the two ends of a socket.
class Connected
{
public:
    explicit Connected(std::chrono::milliseconds patience = 24h)
    {
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, m_ends.data()) != 0)
            qFatal("no sockets");
        m_service.emplace(m_ends[1], m_ends[1],
                          Service::Host{
                              .given = tests::givenAt("/p"),
                              .traced = {},
                              .giveUp = [this] { m_givenUp.set_value(); },
                              .patience = patience,
                              .threads = 2,
                              .features = stubbornFeatures,
                          });
        request(1, "initialize", {{"processId", nullptr}, {"rootUri", nullptr}, {"capabilities", json::object()}});
        notify("textDocument/didOpen",
               {{"textDocument",
                 {{"uri", servedPage.at("uri")}, {"languageId", "django-html"}, {"version", 1}, {"text", "one"}}}});
    }
    ~Connected()
    {
        isReleased = true;
        isReleased.notify_all();
        m_service.reset();
        close(m_ends[0]);
        close(m_ends[1]);
    }
    Connected(const Connected &) = delete;
    Connected &operator=(const Connected &) = delete;

    int waitForEnd() { return m_service->waitForEnd(); }
    void end() { m_service.reset(); }
    std::future<void> givenUp() { return m_givenUp.get_future(); }

    void request(std::int64_t id, std::string_view method, const json::value &params)
    {
        say(protocol::encodeRequest(id, method, params));
    }
    void notify(std::string_view method, const json::value &params)
    {
        say(protocol::encodeNotification(method, params));
    }

    /// Says no more, but listens.
    void hangUp() { shutdown(m_ends[0], SHUT_WR); }

    /// Listens no more, but its half of the stream stays open.
    void stopListening() { shutdown(m_ends[0], SHUT_RD); }

    /// Waits for the reply to `id`; null when the stream ends before it.
    json::value replyTo(std::int64_t id)
    {
        for (;;) {
            auto body = m_stream.take();
            if (body && *body) {
                json::value message = json::parse(**body);
                if (!message.as_object().contains("method") && message.at("id") == id)
                    return message;
                continue;
            }
            std::array<char, 65536> bytes{};
            const ssize_t count = read(m_ends[0], bytes.data(), bytes.size());
            if (count <= 0)
                return nullptr;
            m_stream.append({bytes.data(), std::size_t(count)});
        }
    }

private:
    void say(const std::string &body)
    {
        const std::string bytes = protocol::frame(body);
        QCOMPARE(write(m_ends[0], bytes.data(), bytes.size()), ssize_t(bytes.size()));
    }

    std::array<int, 2> m_ends{-1, -1};
    protocol::FrameStream m_stream;
    std::promise<void> m_givenUp;
    std::optional<Service> m_service; // last: its threads use the above
};

} // namespace

class TestService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { std::signal(SIGPIPE, SIG_IGN); }
    void init();
    void servesUntilTheClientSaysExit();
    void everyRequestIsAnsweredWhenTheInputEnds();
    void aClientThatTakesNoMoreBytesIsItsEnd();
    void aClientThatReadsNothingHoldsNobodyUp();
    void aQueryThatNeverPollsIsGivenUp_data();
    void aQueryThatNeverPollsIsGivenUp();
    void mayBeEndedFromOutside();
};

void TestService::init()
{
    isStuck = false;
    isReleased = false;
}

void TestService::servesUntilTheClientSaysExit()
{
    Connected connected;
    connected.request(2, "test/nothing", {{"textDocument", servedPage}});
    QVERIFY(connected.replyTo(2).at("result").is_null());
    connected.request(3, "shutdown", nullptr);
    QVERIFY(connected.replyTo(3).at("result").is_null());
    connected.notify("exit", nullptr);
    QCOMPARE(connected.waitForEnd(), 0);
}

void TestService::everyRequestIsAnsweredWhenTheInputEnds()
{
    Connected connected;
    for (std::int64_t id = 2; id < 10; ++id) // more than run at once
        connected.request(id, "test/spin", {{"textDocument", servedPage}});
    connected.hangUp();
    for (std::int64_t id = 2; id < 10; ++id)
        QCOMPARE(connected.replyTo(id).at("error").at("code").as_int64(), -32800);
    QCOMPARE(connected.waitForEnd(), 1);
}

void TestService::aClientThatTakesNoMoreBytesIsItsEnd()
{
    Connected connected;
    connected.request(2, "test/spin", {{"textDocument", servedPage}});
    QVERIFY(QTest::qWaitFor([] { return isStuck.load(); }));
    connected.request(3, "test/much", {{"textDocument", servedPage}});
    connected.stopListening();
    QCOMPARE(connected.waitForEnd(), 1);
}

// What it says is taken and acted on all the same.
void TestService::aClientThatReadsNothingHoldsNobodyUp()
{
    Connected connected;
    for (std::int64_t id = 2; id < 10; ++id)
        connected.request(id, "test/much", {{"textDocument", servedPage}});
    connected.request(10, "test/spin", {{"textDocument", servedPage}});
    QVERIFY(QTest::qWaitFor([] { return isStuck.load(); }));
    connected.request(11, "shutdown", nullptr);
    connected.notify("exit", nullptr);
    QCOMPARE(connected.waitForEnd(), 0);
    connected.end(); // a hang here is the failure
}

void TestService::aQueryThatNeverPollsIsGivenUp_data()
{
    QTest::addColumn<QByteArray>("lastWord");
    QTest::newRow("exit") << QByteArray("exit");
    QTest::newRow("the stream ends") << QByteArray();
}

void TestService::aQueryThatNeverPollsIsGivenUp()
{
    QFETCH(QByteArray, lastWord);
    Connected connected(0ms);
    const std::future<void> givenUp = connected.givenUp();
    connected.request(2, "test/sleep", {{"textDocument", servedPage}});
    isStuck.wait(false);
    QCOMPARE(givenUp.wait_for(0s), std::future_status::timeout);
    if (lastWord.isEmpty())
        connected.hangUp();
    else
        connected.notify("exit", nullptr);
    QCOMPARE(givenUp.wait_for(30s), std::future_status::ready);
}

void TestService::mayBeEndedFromOutside()
{
    Connected connected;
    connected.request(2, "test/spin", {{"textDocument", servedPage}});
    QVERIFY(QTest::qWaitFor([] { return isStuck.load(); }));
    connected.end(); // a hang here is the failure
    QCOMPARE(connected.replyTo(2).at("error").at("code").as_int64(), -32800);
}

NUAGES_TEST(TestService)
#include "tst_service.moc"
