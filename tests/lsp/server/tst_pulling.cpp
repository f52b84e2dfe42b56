#include "engine/source/files.h"
#include "engine/source/queries.h"
#include "lsp/protocol/framing.h"
#include "lsp/protocol/json.h"
#include "lsp/server/refresh.h"
#include "tests/lsp/server/sessionrig.h"
#include "tests/support/testmain.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <QTest>

#include <array>
#include <format>
#include <string>

using namespace nuages;
using namespace nuages::server;
using nuages::tests::SessionRig;
namespace json = boost::json;

namespace {

constexpr const char *settingsFile = "/p/settings.py";
constexpr std::array pages = {"file:///p/a.html", "file:///p/b.html", "file:///p/c.html"};

/// One diagnostic, which tells how long the document and the settings are.
Encode measure(query::Reader &db, const Question &question)
{
    const auto lengthOf = [&db](std::string_view path) {
        return db.get<source::SourceText>(source::fileAt(db, path)).view().size();
    };
    return [text = std::format("{} with {}", lengthOf(question.path), lengthOf(settingsFile))](
               const Coordinates &coordinates, const ClientTraits &) -> json::value {
        return json::array{{{"message", text}, {"range", protocol::toJson(coordinates.here({0, 0}))}}};
    };
}

/// A server with three open templates, whose client pulls.
class PullingClient : public SessionRig
{
public:
    PullingClient() : SessionRig({}, measure)
    {
        disk().write(settingsFile, "1");
        initialize({{"workspace", {{"diagnostics", {{"refreshSupport", true}}}}},
                    {"textDocument", {{"diagnostic", json::object()}}}});
        for (const char *page : pages)
            open(page, "x");
        runAllJobs();
    }

    void type()
    {
        notify("textDocument/didChange",
               {{"textDocument", {{"uri", pages[0]}, {"version", ++m_version}}},
                {"contentChanges", {{{"text", std::string(std::size_t(m_version), 'x')}}}}});
        runAllJobs();
    }

    void changeSettings()
    {
        m_settings += "1";
        disk().write(settingsFile, m_settings);
        notify("workspace/didChangeWatchedFiles",
               {{"changes", {{{"uri", "file://" + std::string(settingsFile)}, {"type", 2}}}}});
        runAllJobs();
    }

    /// How often the client was asked to pull since the last call.
    int questions()
    {
        int count = 0;
        for (const json::value &message : takeSent()) {
            const json::value *method = message.as_object().if_contains("method");
            count += method && *method == "workspace/diagnostic/refresh";
        }
        return count;
    }

    void respond(std::string_view id = "nuages-pull")
    {
        sendBytes(protocol::frame(json::serialize(json::value{{"jsonrpc", "2.0"}, {"id", id}, {"result", nullptr}})));
    }

private:
    std::int32_t m_version = 1;
    std::string m_settings = "1";
};

} // namespace

/// When a client that pulls diagnostics is asked to pull them again.
class TestPulling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typingAsksNever();
    void aChangeOfSettingsAsksOnceForAllDocuments();
    void pythonTypedInAnEditorIsAChangeOfTheProject();
    void aChangeThatMakesNoDifferenceDoesNotAsk();
    void oneQuestionAtATime();
    void questionsAreApartInTime();
    void nothingIsAskedAfterShutdown();
};

void TestPulling::typingAsksNever()
{
    PullingClient server;
    for (int key = 0; key < 200; ++key) {
        server.type();
        server.pass(Refresh::pause);
    }
    QCOMPARE(server.questions(), 0);
}

void TestPulling::aChangeOfSettingsAsksOnceForAllDocuments()
{
    PullingClient server;
    server.changeSettings();
    server.pass(Refresh::pause);
    QCOMPARE(server.questions(), 1);
    server.respond();
    server.pass(Refresh::pause);
    server.type(); // The cause of what it changes is not the settings.
    server.pass(Refresh::pause);
    QCOMPARE(server.questions(), 0);
}

void TestPulling::pythonTypedInAnEditorIsAChangeOfTheProject()
{
    PullingClient server;
    server.open("file:///p/settings.py", "1"); // as on the disk
    server.runAllJobs();
    QCOMPARE(server.questions(), 0);
    server.notify(
        "textDocument/didChange",
        {{"textDocument", {{"uri", "file:///p/settings.py"}, {"version", 2}}}, {"contentChanges", {{{"text", "12"}}}}});
    server.runAllJobs();
    QCOMPARE(server.questions(), 1);
}

void TestPulling::aChangeThatMakesNoDifferenceDoesNotAsk()
{
    PullingClient server;
    server.disk().write(settingsFile, "2"); // as long as before
    server.notify("workspace/didChangeWatchedFiles", {{"changes", {{{"uri", "file:///p/settings.py"}, {"type", 2}}}}});
    server.runAllJobs();
    QCOMPARE(server.questions(), 0);
}

// What changes while a question is on its way must not be lost, as the client may have pulled before.
void TestPulling::oneQuestionAtATime()
{
    PullingClient server;
    server.changeSettings();
    QCOMPARE(server.questions(), 1);
    server.changeSettings();
    server.changeSettings();
    server.pass(Refresh::pause);
    server.respond("another");
    QCOMPARE(server.questions(), 0);
    server.respond();
    QCOMPARE(server.questions(), 1);
    server.respond();
    server.pass(Refresh::pause);
    QCOMPARE(server.questions(), 0);
}

void TestPulling::questionsAreApartInTime()
{
    PullingClient server;
    server.changeSettings();
    server.respond();
    QCOMPARE(server.questions(), 1);
    server.changeSettings();
    server.pass(Refresh::pause - 1);
    QCOMPARE(server.questions(), 0);
    server.pass(1);
    QCOMPARE(server.questions(), 1);
}

void TestPulling::nothingIsAskedAfterShutdown()
{
    PullingClient server;
    server.changeSettings();
    server.respond();
    server.changeSettings();
    server.questions();
    server.request("shutdown", nullptr);
    server.pass(Refresh::pause);
    QCOMPARE(server.questions(), 0);
}

NUAGES_TEST(TestPulling)
#include "tst_pulling.moc"
