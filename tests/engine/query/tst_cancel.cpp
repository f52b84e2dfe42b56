#include "engine/query/task.h"
#include "tests/engine/query/pages.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <atomic>
#include <latch>
#include <stdexcept>
#include <thread>

using namespace nuages::query;
using namespace nuages::tests;

namespace {

/// What a query of this test waits for, from outside.
struct Stage {
    std::atomic<int> begun = 0;
    std::atomic<bool> mayEnd = false;
};

struct Slow {
    static int run(Reader &db, Page page)
    {
        auto &stage = db.attached<Stage>();
        db.get<LineCount>(page);
        ++stage.begun;
        while (!stage.mayEnd) {
            db.poll();
            std::this_thread::yield();
        }
        return 1;
    }
};

struct AboveSlow {
    static int run(Reader &db, Page page) { return db.get<Slow>(page) + 1; }
};

struct Fails {
    static int run(Reader &, Page) { throw std::runtime_error("out of ideas"); }
};

struct AboveFails {
    static int run(Reader &db, Page page) { return db.get<Fails>(page); }
};

template <class Q>
auto taskFor(Ticket ticket, Page page)
{
    return task(std::move(ticket), [](Reader &db, Page key) { return db.get<Q>(key); }, page);
}

} // namespace

class TestCancel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void x1_tokenStopsTheNextQueryOnAnotherThread();
    void tokenUsedBeforeTheReaderOpensIsNotLost();
    void x4_wantedWriteStopsReaders();
    void finishedQueriesOfACancelledRequestStay();
    void p12_blockedReaderTakesOverFromACancelledOne();
    void blockedReaderIsCancelledItself();
    void otherExceptionNamesTheRunningQueries();
    void readerWorksOnAfterACaughtFailure();
};

void TestCancel::x1_tokenStopsTheNextQueryOnAnotherThread()
{
    Stage stage;
    Engine engine;
    engine.attach(stage);
    const Page page = makePage(engine, "a.html", "x");
    const CancelToken token;
    std::optional<Failure> failure;
    std::thread reader([&, work = taskFor<Slow>(engine.ticket(9, token), page)]() mutable {
        failure = runTask(std::move(work)).error();
    });
    while (stage.begun == 0)
        std::this_thread::yield();
    token.cancel();
    reader.join();
    QCOMPARE(failure->kind, Failure::Kind::Cancelled);
    QCOMPARE(failure->why, Cancelled::Why::RequestCancelled);
    QCOMPARE(failure->request, RequestId(9));
    QCOMPARE(engine.counters("Slow").cancelled, 1u);
    QVERIFY(!engine.gate().isShut); // A cancelled request wants no write.
}

void TestCancel::tokenUsedBeforeTheReaderOpensIsNotLost()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    const CancelToken token;
    auto work = taskFor<LineCount>(engine.ticket(1, token), page);
    token.cancel();
    token.cancel();
    QCOMPARE(runTask(std::move(work)).error().why, Cancelled::Why::RequestCancelled);
    QCOMPARE(engine.counters("LineCount"), Counters());
}

void TestCancel::x4_wantedWriteStopsReaders()
{
    Stage stage;
    Engine engine;
    engine.attach(stage);
    const Page page = makePage(engine, "a.html", "x");
    std::optional<Failure> failure;
    std::thread reader(
        [&, work = taskFor<Slow>(engine.ticket(), page)]() mutable { failure = runTask(std::move(work)).error(); });
    while (stage.begun == 0)
        std::this_thread::yield();
    setText(engine, page, "y");
    reader.join();
    QCOMPARE(failure->why, Cancelled::Why::WriteWanted);
}

void TestCancel::finishedQueriesOfACancelledRequestStay()
{
    Stage stage;
    Engine engine;
    engine.attach(stage);
    const Page page = makePage(engine, "a.html", "x");
    const CancelToken token;
    std::thread reader(
        [&, work = taskFor<AboveSlow>(engine.ticket(1, token), page)]() mutable { (void)runTask(std::move(work)); });
    while (stage.begun == 0)
        std::this_thread::yield();
    token.cancel();
    reader.join();
    stage.mayEnd = true;
    QCOMPARE(runTask(taskFor<AboveSlow>(engine.ticket(), page)).value(), 2);
    QCOMPARE(engine.counters("LineCount").executed, 1u); // Only what had not finished ran again.
    QCOMPARE(engine.counters("Slow").executed, 1u);
}

void TestCancel::p12_blockedReaderTakesOverFromACancelledOne()
{
    Stage stage;
    Engine engine;
    engine.attach(stage);
    const Page page = makePage(engine, "a.html", "x");
    const CancelToken token;
    std::thread first(
        [&, work = taskFor<Slow>(engine.ticket(1, token), page)]() mutable { (void)runTask(std::move(work)); });
    while (stage.begun == 0)
        std::this_thread::yield();
    std::array<int, 2> values{};
    std::vector<std::thread> blocked;
    for (int &value : values) {
        blocked.emplace_back([&value, work = taskFor<AboveSlow>(engine.ticket(), page)]() mutable {
            value = runTask(std::move(work)).value_or(-1);
        });
    }
    token.cancel();
    first.join();
    stage.mayEnd = true;
    for (std::thread &thread : blocked)
        thread.join();
    QCOMPARE(values, (std::array{2, 2}));
    QCOMPARE(engine.counters("Slow").executed, 1u);
}

void TestCancel::blockedReaderIsCancelledItself()
{
    Stage stage;
    Engine engine;
    engine.attach(stage);
    const Page page = makePage(engine, "a.html", "x");
    std::thread first([&, work = taskFor<Slow>(engine.ticket(), page)]() mutable { (void)runTask(std::move(work)); });
    while (stage.begun == 0)
        std::this_thread::yield();
    const CancelToken token;
    std::optional<Failure> failure;
    std::thread second([&, work = taskFor<Slow>(engine.ticket(2, token), page)]() mutable {
        failure = runTask(std::move(work)).error();
    });
    token.cancel(); // Whether it sleeps already or not.
    second.join();
    QCOMPARE(failure->why, Cancelled::Why::RequestCancelled);
    stage.mayEnd = true;
    first.join();
}

void TestCancel::otherExceptionNamesTheRunningQueries()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    const Failure failure = runTask(taskFor<AboveFails>(engine.ticket(3), page)).error();
    QCOMPARE(failure.kind, Failure::Kind::Exception);
    QCOMPARE(failure.message, std::string("out of ideas"));
    QCOMPARE(failure.queries, (Log{"AboveFails(a.html)", "Fails(a.html)"}));
    QCOMPARE(failure.request, RequestId(3));
    QCOMPARE(engine.gate().openReaders, 0u);
}

void TestCancel::readerWorksOnAfterACaughtFailure()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    Reader db(engine.ticket());
    for (int attempt = 0; attempt < 2; ++attempt)
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, db.get<AboveFails>(page));
    QCOMPARE(db.get<LineCount>(page), 1);
}

NUAGES_TEST(TestCancel)
#include "tst_cancel.moc"
