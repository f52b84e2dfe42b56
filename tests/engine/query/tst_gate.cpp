#include "engine/query/task.h"
#include "tests/engine/query/pages.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <atomic>
#include <latch>
#include <memory>
#include <optional>
#include <thread>

using namespace nuages::query;
using namespace nuages::tests;

namespace {

/// A clock that tests set.
class SetClock final : public Clock
{
public:
    Instant now() override { return m_now.load(); }
    void advance(Instant by) { m_now += by; }

private:
    std::atomic<Instant> m_now{0};
};

std::optional<Cancelled::Why> refusalOf(Ticket ticket)
{
    try {
        const Reader db(std::move(ticket));
        return {};
    } catch (const Cancelled &cancelled) {
        return cancelled.why;
    }
}

bool isStopped(Reader &db)
{
    try {
        db.poll();
        return false;
    } catch (const Cancelled &) {
        return true;
    }
}

const auto nothing = [](Transaction &) { };

} // namespace

class TestGate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ticketOfAPassedRevisionIsRefusedAndHoldsNobodyUp();
    void ticketOfAnEngineThatIsGoneIsRefused();
    void engineMayGoWhileATicketIsOpenedElsewhere();
    void gateIsShutFromTheWishToTheCommit();
    void lateAndDoubleWishesAreMetAlready();
    void wishMadeWhileWritingIsNotLost();
    void blockingWriteMeetsTheWishesBeforeIt();
    void blockingWriteMeetsNoWishMadeMeanwhile();
    void bellRingsForAWishThatWasMetAlready();
    void emptyAndThrowingTransactionsMeetTheirWish();
    void ownerIsNotBlockedByAReader();
    void bellRingsWhenTheLastReaderCloses();
    void graceGoesByUrgency_data();
    void graceGoesByUrgency();
    void graceRunsFromTheFirstWish();
    void laggardIsNamed();
    void blockingWriteStopsEveryReader();
};

void TestGate::ticketOfAPassedRevisionIsRefusedAndHoldsNobodyUp()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    Ticket parked = engine.ticket();
    setText(engine, page, "y");
    QCOMPARE(refusalOf(std::move(parked)), Cancelled::Why::TicketExpired);
    QCOMPARE(refusalOf(engine.ticket()), std::nullopt);
}

void TestGate::ticketOfAnEngineThatIsGoneIsRefused()
{
    auto engine = std::make_unique<Engine>();
    const Page page = makePage(*engine, "a.html", "x");
    Ticket parked = engine->ticket();
    Ticket withToken = engine->ticket(1, CancelToken());
    auto work = task(engine->ticket(2), [](Reader &db, Page of) { return db.get<LineCount>(of); }, page);
    engine.reset();
    QCOMPARE(refusalOf(std::move(parked)), Cancelled::Why::TicketExpired);
    QCOMPARE(refusalOf(std::move(withToken)), Cancelled::Why::TicketExpired);
    const Outcome<long> outcome = runTask(std::move(work));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, Failure::Kind::Cancelled);
    QCOMPARE(outcome.error().why, Cancelled::Why::TicketExpired);
}

// The owner stops intake, shuts the gate and waits until nobody is in it; somebody may still come to the door.
void TestGate::engineMayGoWhileATicketIsOpenedElsewhere()
{
    for (int round = 0; round < 200; ++round) {
        auto engine = std::make_unique<Engine>();
        const Page page = makePage(*engine, "a.html", "one\ntwo");
        std::latch both(2);
        std::thread reader([&both, ticket = engine->ticket(), page]() mutable {
            both.arrive_and_wait();
            const Outcome<long> outcome =
                runTask(task(std::move(ticket), [](Reader &db, Page of) { return db.get<LineCount>(of); }, page));
            QVERIFY(outcome ? *outcome == 2 : outcome.error().kind == Failure::Kind::Cancelled);
        });
        both.arrive_and_wait();
        engine->wantWrite(1);
        while (engine->gate().openReaders != 0)
            std::this_thread::yield();
        engine.reset();
        reader.join();
    }
}

void TestGate::gateIsShutFromTheWishToTheCommit()
{
    Engine engine;
    engine.wantWrite(1);
    QVERIFY(engine.gate().isShut);
    QCOMPARE(refusalOf(engine.ticket()), Cancelled::Why::WriteWanted);
    engine.wantWrite(2);
    QVERIFY(engine.tryWrite(1, "first", nothing));
    QVERIFY(engine.gate().isShut); // The second is unmet.
    QVERIFY(engine.tryWrite(2, "second", nothing));
    QVERIFY(!engine.gate().isShut);
    QCOMPARE(refusalOf(engine.ticket()), std::nullopt);
}

void TestGate::lateAndDoubleWishesAreMetAlready()
{
    Engine engine;
    QVERIFY(engine.tryWrite(3, "found in the mailbox", nothing));
    engine.wantWrite(2);
    engine.wantWrite(3);
    engine.wantWrite(3);
    QVERIFY(!engine.gate().isShut);
}

void TestGate::wishMadeWhileWritingIsNotLost()
{
    Engine engine;
    QVERIFY(engine.tryWrite(1, "one", [&](Transaction &) { engine.wantWrite(2); }));
    QVERIFY(engine.gate().isShut);
    QVERIFY(engine.tryWrite(2, "two", nothing));
    QVERIFY(!engine.gate().isShut);
}

// A program without a loop has no other way to meet one.
void TestGate::blockingWriteMeetsTheWishesBeforeIt()
{
    Engine engine;
    engine.wantWrite(1);
    engine.wantWrite(2);
    engine.write("unnumbered", nothing);
    QVERIFY(!engine.gate().isShut);
    QCOMPARE(engine.gate().metWish, Wish(2));
    QCOMPARE(refusalOf(engine.ticket()), std::nullopt);
    engine.wantWrite(3);
    QVERIFY_THROWS_EXCEPTION(int, engine.write("throws", [](Transaction &) { throw 1; }));
    QVERIFY(!engine.gate().isShut);
}

void TestGate::blockingWriteMeetsNoWishMadeMeanwhile()
{
    Engine engine;
    engine.wantWrite(1);
    engine.write("unnumbered", [&](Transaction &) { engine.wantWrite(2); });
    QCOMPARE(engine.gate().metWish, Wish(1));
    QVERIFY(engine.gate().isShut);
    QVERIFY(engine.tryWrite(2, "two", nothing));
    QVERIFY(!engine.gate().isShut);
}

// Its edit may still be in the mailbox: another write may have met the number.
void TestGate::bellRingsForAWishThatWasMetAlready()
{
    Engine engine;
    std::atomic<int> rung = 0;
    engine.onIdle([&rung] { ++rung; });
    engine.wantWrite(1);
    engine.write("unnumbered", nothing);
    std::latch opened(1);
    std::latch mayClose(1);
    std::thread reader([&, ticket = engine.ticket()]() mutable {
        Reader db(std::move(ticket));
        opened.count_down();
        mayClose.wait();
        QVERIFY(isStopped(db));
    });
    opened.wait();
    const bool wasWritten = engine.tryWrite(1, "one", nothing);
    mayClose.count_down();
    reader.join();
    QVERIFY(!wasWritten);
    QCOMPARE(rung.load(), 1);
    QVERIFY(engine.tryWrite(1, "one", nothing));
    QVERIFY(!engine.gate().isShut);
}

void TestGate::emptyAndThrowingTransactionsMeetTheirWish()
{
    Engine engine;
    engine.wantWrite(1);
    QVERIFY(engine.tryWrite(1, "an edit found invalid", nothing));
    QVERIFY(!engine.gate().isShut);
    engine.wantWrite(2);
    QVERIFY_THROWS_EXCEPTION(int, (void)engine.tryWrite(2, "throws", [](Transaction &) { throw 1; }));
    QVERIFY(!engine.gate().isShut);
    QCOMPARE(engine.gate().metWish, Wish(2));
}

void TestGate::ownerIsNotBlockedByAReader()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    std::latch opened(1);
    std::latch mayClose(1);
    std::thread reader([&, ticket = engine.ticket()]() mutable {
        Reader db(std::move(ticket));
        opened.count_down();
        mayClose.wait();
        QVERIFY(isStopped(db));
    });
    opened.wait();
    const auto edit = [&](Transaction &tx) { tx.set<&PageData::text>(page, "y"); };
    QVERIFY(!engine.tryWrite(1, "edit", edit));
    QCOMPARE(engine.read<&PageData::text>(page), std::string("x"));
    mayClose.count_down();
    reader.join();
    QVERIFY(engine.tryWrite(1, "edit", edit));
    QCOMPARE(engine.read<&PageData::text>(page), std::string("y"));
}

void TestGate::bellRingsWhenTheLastReaderCloses()
{
    Engine engine;
    int rung = 0;
    engine.onIdle([&rung] { ++rung; });
    {
        const Reader db(engine.ticket());
    }
    QCOMPARE(rung, 0); // Nobody wants to write.
    {
        const Reader db(engine.ticket());
        engine.wantWrite(1);
        QCOMPARE(rung, 0);
    }
    QCOMPARE(rung, 1);
}

void TestGate::graceGoesByUrgency_data()
{
    QTest::addColumn<int>("urgency");
    QTest::addColumn<qint64>("grace");
    QTest::newRow("background") << int(Urgency::Background) << qint64(0);
    QTest::newRow("someone waits") << int(Urgency::Latency) << qint64(5'000'000);
    QTest::newRow("third attempt") << int(Urgency::Protected) << qint64(250'000'000);
}

void TestGate::graceGoesByUrgency()
{
    QFETCH(int, urgency);
    QFETCH(qint64, grace);
    SetClock clock;
    Engine engine(clock);
    Reader db(engine.ticket(1, CancelToken(), static_cast<Urgency>(urgency)));
    engine.wantWrite(1);
    QCOMPARE(isStopped(db), grace == 0);
    if (grace != 0) {
        QCOMPARE(engine.stopOverdue(), std::optional<Instant>(grace));
        clock.advance(grace - 1);
        engine.stopOverdue();
        QVERIFY(!isStopped(db));
        clock.advance(1);
        QCOMPARE(engine.stopOverdue(), std::nullopt);
    }
    QVERIFY(isStopped(db));
}

void TestGate::graceRunsFromTheFirstWish()
{
    SetClock clock;
    Engine engine(clock);
    Reader db(engine.ticket(1, CancelToken(), Urgency::Latency));
    engine.wantWrite(1);
    clock.advance(latencyGrace);
    engine.wantWrite(2); // Typing on must not prolong it.
    QVERIFY(isStopped(db));
}

void TestGate::laggardIsNamed()
{
    SetClock clock;
    Engine engine(clock);
    const Page page = makePage(engine, "a.html", "x");
    Reader db(engine.ticket(42));
    db.get<IsLong>(page);
    QVERIFY(engine.laggards().empty());
    engine.wantWrite(1);
    clock.advance(50);
    const std::vector<Laggard> late = engine.laggards();
    QCOMPARE(late.size(), 1u);
    QCOMPARE(late.front().request, RequestId(42));
    QCOMPARE(late.front().sinceTold, Instant(50));
    QCOMPARE(engine.describe(late.front().query), std::string("LineCount(a.html)"));
}

void TestGate::blockingWriteStopsEveryReader()
{
    SetClock clock;
    Engine engine(clock);
    const Page page = makePage(engine, "a.html", "x");
    std::latch opened(2);
    std::atomic<int> stopped = 0;
    std::vector<std::thread> readers;
    for (const Urgency urgency : {Urgency::Background, Urgency::Protected}) {
        readers.emplace_back([&, ticket = engine.ticket(1, CancelToken(), urgency)]() mutable {
            try {
                Reader db(std::move(ticket));
                opened.count_down();
                for (;;)
                    db.get<IsLong>(page); // Hits ask whether to stop by the same compare.
            } catch (const Cancelled &) {
                ++stopped;
            }
        });
    }
    opened.wait();
    setText(engine, page, "y");
    QCOMPARE(engine.read<&PageData::text>(page), std::string("y"));
    for (std::thread &reader : readers)
        reader.join();
    QCOMPARE(stopped.load(), 2);
}

NUAGES_TEST(TestGate)
#include "tst_gate.moc"
