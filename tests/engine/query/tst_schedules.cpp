#include "engine/query/task.h"
#include "tests/engine/query/pages.h"
#include "tests/engine/query/schedule.h"
#include "tests/oracle/engine/invent.h"
#include "tests/oracle/engine/play.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace nuages;

namespace {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr int ordinaryCount = 1000; // Each takes several times longer.
#else
constexpr int ordinaryCount = 10'000; // About 30 seconds.
#endif

constexpr int rowSize = 500; // schedules

struct Rumour {
    bool isOpen = true;
};

/// Not tracked for as long as there is a rumour.
struct HeardOf {
    static long run(query::Reader &db, tests::Page page)
    {
        if (db.attached<Rumour>().isOpen)
            db.reportUntrackedRead();
        return db.get<tests::LineCount>(page);
    }
};

/// Asks with several readers while the owner looks at the memo, one step of one of them at a time.
void askAtOnce(query::Engine &engine, tests::Page page, std::uint32_t seed)
{
    std::vector<std::function<void()>> bodies{[&] {
        for (int look = 0; look < 3; ++look)
            (void)engine.memo(engine.keyOf<HeardOf>(page));
    }};
    for (int reader = 0; reader < 3; ++reader) {
        const auto work = [](query::Reader &db, tests::Page of) { return db.get<HeardOf>(of); };
        auto asked = std::make_shared<decltype(query::task(engine.ticket(), work, page))>(
            query::task(engine.ticket(), work, page));
        bodies.push_back([asked] { (void)query::runTask(std::move(*asked)); });
    }
    tests::Schedule(seed).run(bodies);
}

} // namespace

class TestSchedules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyInterleavingAgreesWithEvaluationFromScratch_data();
    void everyInterleavingAgreesWithEvaluationFromScratch();
    void sameSeedGivesTheSameTrace();
    void amongReadersThatMeetOneMakesTheMemoGood();
};

// NUAGES_SCHEDULES sets how many are run; NUAGES_FIRST_SEED where they start. They come in rows, so that the time Qt
// Test gives to one row is enough on a busy machine too.
void TestSchedules::everyInterleavingAgreesWithEvaluationFromScratch_data()
{
    bool isSet = false;
    int count = qEnvironmentVariableIntValue("NUAGES_SCHEDULES", &isSet);
    if (!isSet)
        count = ordinaryCount;
    const int end = qEnvironmentVariableIntValue("NUAGES_FIRST_SEED") + count + 1;
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("last");
    for (int first = end - count; first < end; first += rowSize) {
        const int last = std::min(first + rowSize, end) - 1;
        QTest::addRow("seeds %d to %d", first, last) << first << last;
    }
}

void TestSchedules::everyInterleavingAgreesWithEvaluationFromScratch()
{
    QFETCH(int, first);
    QFETCH(int, last);
    for (int seed = first; seed <= last; ++seed) {
        const oracle::Script script = oracle::invented(static_cast<std::uint32_t>(seed), oracle::lengthTogether, 3);
        const oracle::Played run = oracle::play(script);
        QVERIFY2(run.failure.empty(),
                 ("seed " + std::to_string(seed) + ": " + run.failure + "\n" + textOf(script)).c_str());
    }
}

void TestSchedules::sameSeedGivesTheSameTrace()
{
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        const oracle::Script script = oracle::invented(seed, oracle::lengthTogether, 3);
        QCOMPARE(oracle::play(script, true).trace, oracle::play(script, true).trace);
    }
}

// The second time it is no longer untracked, so that what it read would prove it as soon as that is written down. The
// third time that does prove it.
void TestSchedules::amongReadersThatMeetOneMakesTheMemoGood()
{
    for (std::uint32_t seed = 1; seed <= 500; ++seed) {
        Rumour rumour;
        query::Engine engine;
        engine.attach(rumour);
        const tests::Page page = tests::makePage(engine, "a.html", "one\ntwo", query::Durability::High);
        askAtOnce(engine, page, seed);
        rumour.isOpen = false;
        engine.write("other", [](query::Transaction &tx) { tx.touch(query::Durability::Low); });
        askAtOnce(engine, page, seed);
        const query::Counters ran = engine.counters("HeardOf");
        QCOMPARE(ran.executed, 2U);
        QCOMPARE(ran.validated(), 0U);
        engine.write("other", [](query::Transaction &tx) { tx.touch(query::Durability::Low); });
        askAtOnce(engine, page, seed);
        const query::Counters kept = engine.counters("HeardOf");
        QCOMPARE(kept.executed, 2U);
        QCOMPARE(kept.validatedShallow, 1U);
        QCOMPARE(kept.validatedDeep, 0U);
    }
}

NUAGES_TEST(TestSchedules)
#include "tst_schedules.moc"
