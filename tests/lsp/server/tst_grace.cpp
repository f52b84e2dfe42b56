#include "lsp/protocol/framing.h"
#include "lsp/protocol/message.h"
#include "lsp/server/ownerthread.h"
#include "tests/support/givenproject.h"
#include "tests/support/testmain.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <QTest>

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace nuages;
using namespace nuages::server;
namespace json = boost::json;

namespace {

std::atomic<int> spins = 0; ///< Attempts of the feature below.

/// Its first attempt ends only when it is told to stop.
Encode spinOnce(query::Reader &db, const Question &)
{
    if (++spins == 1) {
        for (;;)
            db.poll();
    }
    return [](const Coordinates &, const ClientTraits &) -> json::value { return "done"; };
}

constexpr std::array<Feature, 1> spinFeatures{{{"test/spin", query::Urgency::Latency, false, spinOnce}}};

const json::value openPage = {{"uri", "file:///p/page.html"}};

/// A worker on its thread; the test is its client, and its reader thread.
class Hosted
{
public:
    Hosted()
    {
        auto worker = std::make_unique<Worker>(Worker::Host{
            .given = tests::givenAt("/p"),
            .send =
                [this](const std::string &body) {
                    const std::scoped_lock lock(m_mutex);
                    m_sent.push_back(json::parse(body));
                },
            .threads = 2,
            .features = spinFeatures,
        });
        m_worker = worker.get();
        QObject::connect(m_worker, &Worker::ended, m_worker, [this](int exitCode) { m_exitCode = exitCode; });
        m_owner.emplace(std::move(worker));
        request(1, "initialize", {{"processId", nullptr}, {"rootUri", nullptr}, {"capabilities", json::object()}});
        notify("textDocument/didOpen",
               {{"textDocument",
                 {{"uri", openPage.at("uri")}, {"languageId", "django-html"}, {"version", 1}, {"text", "one"}}}});
    }

    int exitCode() const { return m_exitCode; }

    void notify(std::string_view method, const json::value &params)
    {
        m_worker->inbox().receive(protocol::frame(protocol::encodeNotification(method, params)));
    }
    void request(std::int64_t id, std::string_view method, const json::value &params)
    {
        m_worker->inbox().receive(protocol::frame(protocol::encodeRequest(id, method, params)));
    }

    /// The reply to `id`, or null.
    json::value replyTo(std::int64_t id) const
    {
        const std::scoped_lock lock(m_mutex);
        for (const json::value &message : m_sent) {
            if (!message.as_object().contains("method") && message.at("id") == id)
                return message;
        }
        return nullptr;
    }

private:
    std::atomic<int> m_exitCode = -1;
    mutable std::mutex m_mutex; // guards m_sent
    std::vector<json::value> m_sent;
    Worker *m_worker;
    std::optional<OwnerThread> m_owner; // last: its worker uses all of the above
};

} // namespace

class TestGrace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { spins = 0; }
    void aReaderIsToldToStopWhenItsGraceIsOver();
    void aCancelledRequestStopsAtOnce();
    void exitEndsItOnceNothingRuns();
    void itsEndWaitsForNoReader();
};

// Nothing rings after the edit: only the worker's timer can stop the reader.
void TestGrace::aReaderIsToldToStopWhenItsGraceIsOver()
{
    Hosted hosted;
    hosted.request(2, "test/spin", {{"textDocument", openPage}});
    QVERIFY(QTest::qWaitFor([&] { return spins == 1; }));
    QVERIFY(hosted.replyTo(2).is_null());
    hosted.notify(
        "textDocument/didChange",
        {{"textDocument", {{"uri", openPage.at("uri")}, {"version", 2}}}, {"contentChanges", {{{"text", "2"}}}}});
    QVERIFY(QTest::qWaitFor([&] { return !hosted.replyTo(2).is_null(); }));
    QCOMPARE(hosted.replyTo(2).at("result").as_string(), "done");
    QCOMPARE(spins, 2);
}

void TestGrace::aCancelledRequestStopsAtOnce()
{
    Hosted hosted;
    hosted.request(2, "test/spin", {{"textDocument", openPage}});
    QVERIFY(QTest::qWaitFor([&] { return spins == 1; }));
    hosted.notify("$/cancelRequest", {{"id", 2}});
    QVERIFY(QTest::qWaitFor([&] { return !hosted.replyTo(2).is_null(); }));
    QCOMPARE(hosted.replyTo(2).at("error").at("code").as_int64(), -32800);
}

void TestGrace::exitEndsItOnceNothingRuns()
{
    Hosted hosted;
    hosted.request(2, "test/spin", {{"textDocument", openPage}});
    QVERIFY(QTest::qWaitFor([&] { return spins == 1; }));
    hosted.request(3, "shutdown", nullptr);
    QVERIFY(QTest::qWaitFor([&] { return !hosted.replyTo(3).is_null(); }));
    QCOMPARE(hosted.replyTo(2).at("error").at("code").as_int64(), -32800);
    QCOMPARE(hosted.exitCode(), -1);
    hosted.notify("exit", nullptr);
    QVERIFY(QTest::qWaitFor([&] { return hosted.exitCode() == 0; }));
}

// The host stops it in the middle of a request, as when the client takes no more bytes.
void TestGrace::itsEndWaitsForNoReader()
{
    Hosted hosted;
    hosted.request(2, "test/spin", {{"textDocument", openPage}});
    QVERIFY(QTest::qWaitFor([&] { return spins == 1; }));
} // a hang here is the failure

NUAGES_TEST(TestGrace)
#include "tst_grace.moc"
