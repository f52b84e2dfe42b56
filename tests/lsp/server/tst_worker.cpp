#include "lsp/server/worker.h"

#include "engine/trace/store.h"
#include "lsp/protocol/framing.h"
#include "lsp/protocol/message.h"
#include "tests/support/testmain.h"

#include <boost/json/object.hpp>

#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

namespace json = boost::json;

using namespace nuages;

namespace {

/// A folder with one template, and a worker on its thread that serves it.
struct Served {
    QTemporaryDir folder;
    QThread thread;
    server::Worker *worker;
    QObject here; ///< Receives what the worker tells, on the test's thread.
    std::uint64_t sent = 0;
    std::uint64_t settled = 0; ///< Messages, as the worker last said.
    std::size_t batches = 0;
    trace::Store store;

    explicit Served(bool isWatched = true)
        : worker(new server::Worker({
              .findProject = [this](const protocol::InitializeParams &) { return setUp(); },
              .send = [](const std::string &) {},
              .threads = 2,
          }))
    {
        QFile file(folder.filePath(QStringLiteral("a.html")));
        Q_ASSERT(file.open(QIODevice::WriteOnly));
        file.write("{% if x %}{% endif %}\n");
        file.close();
        worker->setWatched(isWatched);
        worker->moveToThread(&thread);
        QObject::connect(&thread, &QThread::started, worker, &server::Worker::start);
        QObject::connect(&thread, &QThread::finished, worker, &QObject::deleteLater);
        bool isStarted = false;
        QObject::connect(worker, &server::Worker::started, &here, [&isStarted] { isStarted = true; });
        QObject::connect(worker, &server::Worker::settled, &here, [this](quint64 messages) { settled = messages; });
        QObject::connect(worker, &server::Worker::traced, &here, [this](const auto &batch) {
            ++batches;
            store.apply(*batch);
        });
        thread.start();
        if (!QTest::qWaitFor([&isStarted] { return isStarted; }, 30'000))
            qFatal("the worker does not start");
        say(protocol::encodeRequest(1, "initialize",
                                    {{"processId", nullptr}, {"rootUri", uri("")}, {"capabilities", json::object()}}));
    }

    ~Served()
    {
        worker->inbox().close();
        thread.quit();
        thread.wait();
    }

    server::ProjectSetup setUp() const { return {{path(""), {}, {}, {}}, {{path(""), query::Durability::Low}}}; }

    std::string path(const char *name) const { return folder.path().toStdString() + (*name ? "/" : "") + name; }
    std::string uri(const char *name) const { return "file://" + path(name); }

    void say(const std::string &body)
    {
        ++sent;
        worker->inbox().receive(protocol::frame(body));
    }

    void open(std::string_view text)
    {
        say(protocol::encodeNotification(
            "textDocument/didOpen",
            {{"textDocument",
              {{"uri", uri("a.html")}, {"languageId", "django-html"}, {"version", 1}, {"text", text}}}}));
    }

    void change(std::int32_t version, std::string_view text)
    {
        say(protocol::encodeNotification("textDocument/didChange",
                                         {{"textDocument", {{"uri", uri("a.html")}, {"version", version}}},
                                          {"contentChanges", json::array{json::object{{"text", text}}}}}));
    }

    /// Waits until the worker has done all that was sent, and takes in what it told. False after a while.
    bool rest()
    {
        return QTest::qWaitFor([this] { return settled == sent; }, 30'000);
    }

    /// Asks on the worker's thread.
    std::optional<std::string> textOf(const char *name)
    {
        std::optional<std::string> text;
        QMetaObject::invokeMethod(
            worker, [&] { text = worker->documentText(uri(name)); }, Qt::BlockingQueuedConnection);
        return text;
    }
};

} // namespace

class TestWorker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatAnEditDid();
    void tellsOfFilesAndOpenDocuments();
    void tellsNothingWhileNobodyWatches();
    void watchingMayBeginAndEndAtAnyTime();
    void holdsTheTextOfTheLastChange();
};

void TestWorker::tellsWhatAnEditDid()
{
    Served served;
    served.open("{% if x %}{% endif %}\n");
    QVERIFY(served.rest());
    served.change(2, "{% if x %}{% endif %}\n{# typed #}");
    QVERIFY(served.rest());
    const trace::NodeId diagnostics = served.store.find("Diagnostics(a.html)");
    QVERIFY(diagnostics != 0);
    const trace::RevisionRecord &record = served.store.revisions().back();
    QCOMPARE(record.label, std::string("textDocument/didChange"));
    QCOMPARE(record.inputs, std::vector{served.store.find("File(a.html).stamp")});
    QVERIFY(record.count(trace::Outcome::ExecutedChanged) > 0);
    QVERIFY(record.count(trace::Outcome::ExecutedBackdated) > 0);
    // Two looks at the diagnostics, numbered as the server's own work.
    QCOMPARE(served.store.requests().size(), 2u);
    for (const auto &[id, request] : served.store.requests()) {
        QCOMPARE(request.method, std::string("textDocument/publishDiagnostics"));
        QCOMPARE(request.document, served.path("a.html"));
        QCOMPARE(request.state, trace::RequestRecord::State::Answered);
    }
    QCOMPARE(served.store.lastUntil(diagnostics, 9)->request, served.store.requests().rbegin()->first);
    QCOMPARE(served.store.cost().lostOthers, 0u);
    QVERIFY(served.store.cost().share() > 0);
}

void TestWorker::tellsOfFilesAndOpenDocuments()
{
    using Status = trace::FileRecord::Status;
    Served served;
    served.open("{% if x %}{% endif %}\n");
    QVERIFY(served.rest());
    const std::string path = served.path("a.html");
    QVERIFY(served.store.file(path));
    QCOMPARE(served.store.file(path)->shown, std::string("a.html"));
    QCOMPARE(served.store.file(path)->status, Status::Overlay);
    QCOMPARE(served.store.file(path)->version, std::optional(1));
    QCOMPARE(served.store.file(path)->equalsDisk, std::optional(true));
    QCOMPARE(served.store.file(path)->changedAt, 1u);

    served.change(2, "{# other #}");
    QVERIFY(served.rest());
    QCOMPARE(served.store.file(path)->version, std::optional(2));
    QCOMPARE(served.store.file(path)->equalsDisk, std::optional(false));
    QCOMPARE(served.store.file(path)->changedAt, 2u);

    served.say(
        protocol::encodeNotification("textDocument/didClose", {{"textDocument", {{"uri", served.uri("a.html")}}}}));
    QVERIFY(served.rest());
    QCOMPARE(served.store.file(path)->status, Status::Disk);
    QCOMPARE(served.store.file(path)->version, std::nullopt);
    QCOMPARE(served.store.file(path)->equalsDisk, std::nullopt);
    QCOMPARE(served.store.file(served.path("manage.py"))->status, Status::Absent);
}

void TestWorker::tellsNothingWhileNobodyWatches()
{
    Served served(false);
    served.open("{% if x %}{% endif %}\n");
    QVERIFY(served.rest());
    QCOMPARE(served.batches, 0u);
    QCOMPARE(served.store.lastNode(), 0u);
}

void TestWorker::watchingMayBeginAndEndAtAnyTime()
{
    Served served(false);
    served.open("{% if x %}{% endif %}\n");
    QVERIFY(served.rest());
    const auto watch = [&served](bool isWatched) {
        QMetaObject::invokeMethod(
            served.worker, [&served, isWatched] { served.worker->setWatched(isWatched); },
            Qt::BlockingQueuedConnection);
    };
    watch(true);
    QVERIFY(QTest::qWaitFor([&served] { return served.batches > 0 && !served.store.isPartial(); }, 30'000));
    QVERIFY(served.rest());
    const trace::NodeId diagnostics = served.store.find("Diagnostics(a.html)");
    QVERIFY(diagnostics != 0); // It ran before, and is told of all the same.
    QVERIFY(!served.store.reads(diagnostics).empty());
    QCOMPARE(served.store.lastUntil(diagnostics, 9), nullptr);
    watch(false);
    served.change(2, "{# unseen #}");
    QVERIFY(served.rest());
    QCOMPARE(served.store.lastUntil(diagnostics, 9), nullptr);
}

void TestWorker::holdsTheTextOfTheLastChange()
{
    Served served;
    served.open("one");
    for (std::int32_t version = 2; version < 100; ++version) {
        served.change(version, std::to_string(version));
        if (version % 10 == 0) {
            QVERIFY(served.rest());
            QCOMPARE(served.textOf("a.html"), std::optional(std::to_string(version)));
        }
    }
    QCOMPARE(served.textOf("b.html"), std::nullopt);
}

NUAGES_TEST(TestWorker)
#include "tst_worker.moc"
