#include "lsp/server/ownerthread.h"

#include "engine/trace/store.h"
#include "lsp/protocol/framing.h"
#include "lsp/protocol/message.h"
#include "tests/support/givenproject.h"
#include "tests/support/testmain.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace json = boost::json;

using namespace nuages;

namespace {

constexpr std::uint32_t manyCount = 20'000;

struct OneOfMany {
    static long run(query::Reader & /*db*/, long number) { return number; }
};

server::Encode askMany(query::Reader &db, const server::Question & /*question*/)
{
    for (long number = 0; number < long(manyCount); ++number)
        db.get<OneOfMany>(number);
    return [](const server::Coordinates &, const server::ClientTraits &) -> json::value {
        return {{"messages", json::array()}, {"files", json::array()}};
    };
}

/// A folder with one template, and a worker on its thread that serves it.
///
/// What the worker tells is taken on its own thread. The test reads it at rest(), when nothing more comes.
class Served
{
public:
    QTemporaryDir folder;
    trace::Store store;
    std::atomic<std::size_t> batches = 0;
    std::atomic<bool> isWhole = true; ///< No batch of a snapshot is missing.

    std::function<void()> heard; ///< After each batch, on the worker's thread.

    explicit Served(bool isWatched = true, server::Find findNotes = nullptr)
    {
        write(QStringLiteral("shop/__init__.py"), "");
        write(QStringLiteral("shop/templates/a.html"), "{% if x %}{% endif %}\n");
        auto worker = std::make_unique<server::Worker>(server::Worker::Host{
            .given = tests::givenAt(path("")),
            .send = [](const std::string &) { },
            .threads = 2,
            .findNotes = findNotes,
        });
        m_worker = worker.get();
        worker->setWatched(isWatched);
        QObject::connect(m_worker, &server::Worker::settled, m_worker, [this](quint64 messages) {
            const std::scoped_lock lock(m_mutex);
            m_text = m_worker->documentText(uri("shop/templates/a.html"));
            m_settled = messages;
        });
        QObject::connect(m_worker, &server::Worker::traced, m_worker, [this](const auto &batch) {
            {
                const std::scoped_lock lock(m_storeMutex);
                store.apply(*batch);
                isWhole = !store.isPartial();
            }
            ++batches;
            if (heard)
                heard();
        });
        m_owner.emplace(std::move(worker));
        say(protocol::encodeRequest(1, "initialize",
                                    {{"processId", nullptr}, {"rootUri", uri("")}, {"capabilities", json::object()}}));
    }

    void write(const QString &name, const char *text)
    {
        const QFileInfo place(folder.filePath(name));
        QFile file(place.filePath());
        if (!QDir().mkpath(place.path()) || !file.open(QIODevice::WriteOnly))
            qFatal("no file");
        file.write(text);
    }

    ~Served() { m_worker->inbox().close(); }
    Served(const Served &) = delete;
    Served &operator=(const Served &) = delete;

    /// Takes effect before what is said next.
    void watch(bool isWatched) { QMetaObject::invokeMethod(m_worker, "setWatched", Qt::QueuedConnection, isWatched); }

    /// Likewise.
    void hold(bool isHeld) { QMetaObject::invokeMethod(m_worker, "setHeld", Qt::QueuedConnection, isHeld); }

    server::Worker *worker() const { return m_worker; }

    std::string path(const char *name) const { return folder.path().toStdString() + (*name ? "/" : "") + name; }
    std::string uri(const char *name) const { return "file://" + path(name); }

    void say(const std::string &body)
    {
        ++m_sent;
        m_worker->inbox().receive(protocol::frame(body));
    }

    void open(std::string_view text)
    {
        say(protocol::encodeNotification("textDocument/didOpen",
                                         {{"textDocument",
                                           {{"uri", uri("shop/templates/a.html")},
                                            {"languageId", "django-html"},
                                            {"version", 1},
                                            {"text", text}}}}));
    }

    void change(std::int32_t version, std::string_view text)
    {
        say(protocol::encodeNotification(
            "textDocument/didChange",
            {{"textDocument", {{"uri", uri("shop/templates/a.html")}, {"version", version}}},
             {"contentChanges", json::array{json::object{{"text", text}}}}}));
    }

    void close()
    {
        say(protocol::encodeNotification("textDocument/didClose",
                                         {{"textDocument", {{"uri", uri("shop/templates/a.html")}}}}));
    }

    /// Waits until the worker has done all that was sent, and has told of it and of what was there before. False after
    /// a while.
    bool rest()
    {
        const auto isAtRest = [this] {
            const std::scoped_lock lock(m_mutex);
            return m_settled == m_sent && isWhole;
        };
        return QTest::qWaitFor(isAtRest, 30'000);
    }

    /// While it lives nothing is added to the store: for who reads it when something may still come.
    [[nodiscard]] std::unique_lock<std::mutex> stopTelling() { return std::unique_lock(m_storeMutex); }

    /// The document, as the worker's queries read it; nullopt if it is not open.
    std::optional<std::string> text() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_text;
    }

private:
    std::mutex m_storeMutex;
    std::uint64_t m_sent = 0;
    mutable std::mutex m_mutex; // guards the next two
    std::uint64_t m_settled = 0; ///< Messages, as the worker last said.
    std::optional<std::string> m_text;
    server::Worker *m_worker;
    std::optional<server::OwnerThread> m_owner; // last: its worker uses all of the above
};

} // namespace

class TestWorker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatAnEditDid();
    void tellsOfFilesAndOpenDocuments();
    void aTextThatIsSavedIsThatOfTheDisk();
    void tellsNothingWhileNobodyWatches();
    void watchingMayBeginAndEndAtAnyTime();
    void whoBeginsToWatchIsToldTheOpenTexts();
    void whatHappensWhileHeldIsCountedAndThenToldAsItIs();
    void whatWasThereBeforeIsToldWithoutAPause();
    void whoHasLittleRoomIsToldAllOfItInParts();
    void holdsTheTextOfTheLastChange();
    void endsWithMessagesThatNobodyTook();
};

void TestWorker::tellsWhatAnEditDid()
{
    Served served;
    served.open("{% if x %}{% endif %}\n");
    QVERIFY(served.rest());
    served.change(2, "{% if x %}{% endif %}\n{# typed #}");
    QVERIFY(served.rest());
    const trace::NodeId diagnostics = served.store.find("Diagnostics(shop/templates/a.html)");
    QVERIFY(diagnostics != 0);
    const trace::RevisionRecord &record = served.store.revisions().back();
    QCOMPARE(record.label, std::string("textDocument/didChange"));
    QCOMPARE(record.inputs, std::vector{served.store.find("File(shop/templates/a.html).stamp")});
    QVERIFY(record.count(trace::Outcome::ExecutedChanged) > 0);
    QVERIFY(record.count(trace::Outcome::ExecutedBackdated) > 0);
    // Two looks at the diagnostics, numbered as the server's own work.
    QCOMPARE(served.store.requests().size(), 2u);
    for (const auto &[id, request] : served.store.requests()) {
        QCOMPARE(request.method, std::string("textDocument/publishDiagnostics"));
        QCOMPARE(request.document, served.path("shop/templates/a.html"));
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
    const std::string path = served.path("shop/templates/a.html");
    QVERIFY(served.store.file(path));
    QCOMPARE(served.store.file(path)->shown, std::string_view("shop/templates/a.html"));
    QCOMPARE(served.store.file(path)->status, Status::Overlay);
    QCOMPARE(served.store.file(path)->version, std::optional(1));
    QCOMPARE(served.store.file(path)->equalsDisk, std::optional(true));
    QCOMPARE(served.store.file(path)->changedAt, 1u);

    served.change(2, "{# other #}");
    QVERIFY(served.rest());
    QCOMPARE(served.store.file(path)->version, std::optional(2));
    QCOMPARE(served.store.file(path)->equalsDisk, std::optional(false));
    QCOMPARE(served.store.file(path)->changedAt, 2u);

    served.close();
    QVERIFY(served.rest());
    QCOMPARE(served.store.file(path)->status, Status::Disk);
    QCOMPARE(served.store.file(path)->version, std::nullopt);
    QCOMPARE(served.store.file(path)->equalsDisk, std::nullopt);
    QCOMPARE(served.store.file(served.path("manage.py"))->status, Status::Absent);
}

// The engine hears nothing of it: the bytes that are meant are the same.
void TestWorker::aTextThatIsSavedIsThatOfTheDisk()
{
    Served served;
    served.open("{% if x %}{% endif %}\n");
    served.change(2, "{# other #}");
    QVERIFY(served.rest());
    const std::string path = served.path("shop/templates/a.html");
    const trace::Revision changedAt = served.store.file(path)->changedAt;
    QCOMPARE(served.store.file(path)->equalsDisk, std::optional(false));
    served.write(QStringLiteral("shop/templates/a.html"), "{# other #}");
    served.say(protocol::encodeNotification(
        "workspace/didChangeWatchedFiles",
        {{"changes", json::array{json::object{{"uri", served.uri("shop/templates/a.html")}, {"type", 2}}}}}));
    QVERIFY(served.rest());
    QCOMPARE(served.store.file(path)->equalsDisk, std::optional(true));
    QCOMPARE(served.store.file(path)->changedAt, changedAt);
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
    served.watch(true);
    QVERIFY(QTest::qWaitFor([&served] { return served.batches > 0 && served.isWhole; }, 30'000));
    QVERIFY(served.rest());
    trace::NodeId diagnostics = 0;
    {
        const auto lock = served.stopTelling();
        diagnostics = served.store.find("Diagnostics(shop/templates/a.html)");
        QVERIFY(diagnostics != 0); // It ran before, and is told of all the same.
        QVERIFY(!served.store.reads(diagnostics).empty());
        QCOMPARE(served.store.lastUntil(diagnostics, 9), nullptr);
    }
    served.watch(false);
    served.change(2, "{# unseen #}");
    QVERIFY(served.rest());
    QCOMPARE(served.store.lastUntil(diagnostics, 9), nullptr);
}

void TestWorker::whoBeginsToWatchIsToldTheOpenTexts()
{
    Served served(false);
    served.open("{{ opened }}\n");
    QVERIFY(served.rest());
    served.watch(true);
    served.change(2, "{{ typed }}\n");
    QVERIFY(served.rest());
    const auto lock = served.stopTelling();
    const std::string page = served.path("shop/templates/a.html");
    const trace::Revision last = served.store.revision();
    const auto typed = served.store.textAt(page, last);
    QVERIFY(typed && *typed == "{{ typed }}\n");
    const auto opened = served.store.textAt(page, last - 1);
    QVERIFY(opened && *opened == "{{ opened }}\n");
}

void TestWorker::whatHappensWhileHeldIsCountedAndThenToldAsItIs()
{
    Served served;
    served.open("{{ opened }}\n");
    QVERIFY(served.rest());
    const std::size_t before = served.batches;
    const trace::Revision revision = served.store.revision();
    served.hold(true);
    for (std::int32_t version = 2; version < 10; ++version) {
        served.change(version, "{{ typed" + std::to_string(version) + " }}\n");
        QVERIFY(served.rest());
    }
    QCOMPARE(served.batches.load(), before);
    served.hold(false);
    QVERIFY(QTest::qWaitFor([&] { return served.batches > before && served.isWhole; }, 30'000));
    const auto lock = served.stopTelling();
    QVERIFY(served.store.cost().lostOthers >= 8);
    QCOMPARE(served.store.revision(), revision + 8);
    const std::string page = served.path("shop/templates/a.html");
    const auto typed = served.store.textAt(page, served.store.revision());
    QVERIFY(typed && *typed == "{{ typed9 }}\n");
    const trace::FileState *file = served.store.file(page);
    QVERIFY(file);
    QCOMPARE(file->version, std::optional(9));
}

// 20,000 memos are there; a portion is 4,096.
void TestWorker::whatWasThereBeforeIsToldWithoutAPause()
{
    Served served(false, askMany);
    served.open("{{ opened }}\n");
    QVERIFY(served.rest());
    std::atomic<int> pauses = 0; // Once a reader may still be open.
    std::atomic<bool> isAnswered = false;
    served.heard = [&] {
        if (served.batches == 1)
            QMetaObject::invokeMethod(served.worker(), [&] { isAnswered = !served.isWhole; }, Qt::QueuedConnection);
        const auto isAtOnce = [](const QTimer *timer) { return timer->isActive() && timer->interval() == 0; };
        if (!served.isWhole && std::ranges::none_of(served.worker()->findChildren<QTimer *>(), isAtOnce))
            ++pauses;
    };
    served.watch(true);
    QVERIFY(QTest::qWaitFor([&] { return served.batches > 0 && served.isWhole; }, 30'000));
    QVERIFY(served.rest());
    const auto lock = served.stopTelling();
    QVERIFY(served.store.lastNode() > manyCount);
    QVERIFY2(served.batches < 20, std::to_string(served.batches).c_str());
    QVERIFY2(pauses < 3, std::to_string(pauses).c_str());
    QVERIFY(isAnswered); // What came meanwhile had not to wait for the end.
}

void TestWorker::whoHasLittleRoomIsToldAllOfItInParts()
{
    Served served(false, askMany);
    served.open("{{ opened }}\n");
    QVERIFY(served.rest());
    served.heard = [&] { // Full after each batch, and then it has room again.
        served.worker()->setHeld(true);
        served.hold(false);
    };
    served.watch(true);
    QVERIFY(QTest::qWaitFor([&] { return served.batches > 0 && served.isWhole; }, 30'000));
    QVERIFY(served.rest());
    {
        const auto lock = served.stopTelling();
        QVERIFY(served.store.lastNode() > manyCount);
    }
    QVERIFY2(served.batches < 30, std::to_string(served.batches).c_str());
    served.watch(false);
    QVERIFY(served.rest());
}

void TestWorker::holdsTheTextOfTheLastChange()
{
    Served served;
    served.open("one");
    for (std::int32_t version = 2; version < 100; ++version) {
        served.change(version, std::to_string(version));
        if (version % 10 == 0) {
            QVERIFY(served.rest());
            QCOMPARE(served.text(), std::optional(std::to_string(version)));
        }
    }
    served.close();
    QVERIFY(served.rest());
    QCOMPARE(served.text(), std::nullopt);
}

/// The end of the input may come at any moment, and so may the end of the thread.
void TestWorker::endsWithMessagesThatNobodyTook()
{
    for (int messages = 0; messages < 4; ++messages) {
        Served served;
        served.open("{{ opened }}\n");
        for (std::int32_t version = 2; version < 2 + messages; ++version)
            served.change(version, "{{ typed" + std::to_string(version) + " }}\n");
        if (messages % 2 == 0)
            QVERIFY(served.rest());
    }
}

NUAGES_TEST(TestWorker)
#include "tst_worker.moc"
