#include "engine/source/queries.h"
#include "lsp/server/diskwatch.h"
#include "tests/lsp/server/sessionrig.h"
#include "tests/support/testmain.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <QTest>

#include <functional>
#include <string>
#include <utility>
#include <vector>

using namespace nuages;
using namespace nuages::server;
using nuages::tests::SessionRig;
namespace json = boost::json;

namespace {

std::function<void()> meanwhile; // once, while the next findings are found
int looks = 0;

/// One finding if the file that the document names is there.
Encode findNamed(query::Reader &db, const Question &question)
{
    ++looks;
    if (const auto now = std::exchange(meanwhile, nullptr))
        now();
    db.poll();
    const source::Text text = db.get<source::SourceText>(source::fileAt(db, question.path));
    const source::File named = source::fileAt(db, text.view());
    const bool isThere = db.get<source::SourceText>(named).exists();
    return [isThere](const Coordinates &, const ClientTraits &) {
        json::array all;
        if (isThere)
            all.push_back({{"range", protocol::toJson(protocol::Range())}, {"message", "there"}});
        return json::value(std::move(all));
    };
}

const char *const namingPage = "file:///p/page.html";

/// A session that has looked at a page that names a file; its disk is in memory, and the watch sees none of it.
struct Watched {
    DiskWatch watch;
    SessionRig rig;

    explicit Watched(std::size_t limit = SIZE_MAX)
        : watch(limit), rig({}, findNamed, tests::givenAt("/p"), nullptr, &watch)
    {
        rig.initialize();
        rig.open(namingPage, "/p/deep/below/part.html");
        settle();
    }

    void settle()
    {
        rig.runAllJobs();
        rig.advance();
        rig.runAllJobs();
    }

    void tell(const char *uri)
    {
        rig.post("workspace/didChangeWatchedFiles", {{"changes", {{{"uri", uri}, {"type", 2}}}}});
    }

    /// The findings that were published since the last call; -1 if none were.
    int findings(std::vector<std::string> *messages = nullptr)
    {
        int count = -1;
        for (const json::value &message : rig.takeSent()) {
            const json::value *method = message.as_object().if_contains("method");
            if (method && *method == "textDocument/publishDiagnostics")
                count = int(message.at("params").at("diagnostics").as_array().size());
            else if (messages && method && *method == "window/showMessage")
                messages->emplace_back(message.at("params").at("message").as_string());
        }
        return count;
    }
};

} // namespace

class TestWatchingSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whereItCannotWatchItSaysSoOnceAndLooksWhenTheUserDoes_data();
    void whereItCannotWatchItSaysSoOnceAndLooksWhenTheUserDoes();
    void anEventOfAFolderIsOneOfAllBelowIt();
    void manyEventsAreOneTransaction();
    void afterAnOverflowEverythingIsLookedAt();
    void whatNobodyAskedForIsNoWrite_data();
    void whatNobodyAskedForIsNoWrite();
};

void TestWatchingSession::whereItCannotWatchItSaysSoOnceAndLooksWhenTheUserDoes_data()
{
    QTest::addColumn<std::string>("method");
    QTest::newRow("open") << std::string("textDocument/didOpen");
    QTest::newRow("save") << std::string("textDocument/didSave");
    QTest::newRow("close") << std::string("textDocument/didClose");
}

void TestWatchingSession::whereItCannotWatchItSaysSoOnceAndLooksWhenTheUserDoes()
{
    QFETCH(std::string, method);
    Watched watched(0);
    watched.rig.open("file:///p/other.html", "/p/other/part.html");
    watched.settle();
    std::vector<std::string> messages;
    QCOMPARE(watched.findings(&messages), 0);
    QCOMPARE(messages.size(), 1u);

    watched.rig.disk().write("/p/deep/below/part.html", "part");
    watched.rig.notify(method,
                       {{"textDocument",
                         {{"uri", "file:///p/other.html"}, {"languageId", "html"}, {"version", 1}, {"text", "/p/a"}}}});
    watched.settle();
    QCOMPARE(watched.findings(&messages), 1);
    QCOMPARE(messages.size(), 1u);
}

void TestWatchingSession::anEventOfAFolderIsOneOfAllBelowIt()
{
    Watched watched;
    QCOMPARE(watched.findings(), 0);
    watched.rig.disk().write("/p/deep/below/part.html", "part");
    watched.tell("file:///p/deep");
    watched.rig.advance();
    watched.settle();
    QCOMPARE(watched.findings(), 1);
    watched.rig.disk().remove("/p/deep");
    watched.tell("file:///p/deep");
    watched.rig.advance();
    watched.settle();
    QCOMPARE(watched.findings(), 0);
}

void TestWatchingSession::manyEventsAreOneTransaction()
{
    Watched watched;
    watched.rig.disk().write("/p/deep/below/part.html", "part");
    const auto revision = watched.rig.engine().revision();
    for (int i = 0; i < 10'000; ++i)
        watched.tell(i % 2 == 0 ? "file:///p/deep/below/part.html" : "file:///p/deep/below");
    watched.rig.advance();
    QCOMPARE(watched.rig.engine().revision(), revision + 1);
    watched.settle();
    QCOMPARE(watched.findings(), 1);
}

void TestWatchingSession::afterAnOverflowEverythingIsLookedAt()
{
    Watched watched;
    QCOMPARE(watched.findings(), 0);
    watched.rig.disk().write("/p/deep/below/part.html", "part");
    watched.rig.see({{}, {}, true});
    watched.settle();
    QCOMPARE(watched.findings(), 1);
}

void TestWatchingSession::whatNobodyAskedForIsNoWrite_data()
{
    QTest::addColumn<DiskWatch::Changes>("changes");
    QTest::addColumn<bool>("isAskedFor");
    const auto row = [](const char *name, const char *path, const char *content, bool isAskedFor) {
        DiskWatch::Changes changes;
        if (*path)
            changes.paths.insert(path);
        if (*content)
            changes.contents.insert(content);
        QTest::newRow(name) << changes << isAskedFor;
    };
    row("a log grows", "", "/p/deep/below/x.log", false);
    row("a log is begun", "/p/deep/below/x.log", "/p/deep/below/x.log", false);
    row("a folder goes", "/p/deep", "", true);
    row("a file comes", "/p/deep/below/part.html", "", true);
    row("a file grows", "", "/p/deep/below/part.html", true);
}

// Others write much in a watched folder, and a write would cancel what is being found.
void TestWatchingSession::whatNobodyAskedForIsNoWrite()
{
    QFETCH(DiskWatch::Changes, changes);
    QFETCH(bool, isAskedFor);
    Watched watched;
    looks = 0;
    meanwhile = [&] { watched.rig.see(changes); };
    watched.rig.open("file:///p/other.html", "/p/other/part.html");
    watched.settle();
    QCOMPARE(looks, isAskedFor ? 2 : 1);
}

NUAGES_TEST(TestWatchingSession)
#include "tst_watching.moc"
