#include "engine/query/pool.h"
#include "tests/engine/query/pages.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <atomic>
#include <latch>
#include <set>

using namespace nuages::query;
using namespace nuages::tests;

class TestPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyJobRunsOnceAndDrainWaits();
    void backgroundLeavesOneThreadFree();
    void urgentJobsGoFirst();
    void taskGivesItsOutcomeWithTheReaderClosed();
    void stacksAreAsLargeAsPromised();
};

void TestPool::everyJobRunsOnceAndDrainWaits()
{
    for (const unsigned threads : {0u, 1u, 4u}) {
        Pool pool(threads);
        std::atomic<int> ran = 0;
        for (int job = 0; job < 1000; ++job)
            pool.submit(job % 2 ? Urgency::Latency : Urgency::Background, [&ran] { ++ran; });
        pool.drain();
        QCOMPARE(ran.load(), 1000);
        QCOMPARE(pool.threadCount(), std::max(threads, 1u));
    }
}

void TestPool::backgroundLeavesOneThreadFree()
{
    Pool pool(3);
    std::latch running(2);
    std::latch mayEnd(1);
    std::atomic<int> begun = 0;
    for (int job = 0; job < 5; ++job) {
        pool.submit(Urgency::Background, [&] {
            if (++begun <= 2)
                running.count_down();
            mayEnd.wait();
        });
    }
    running.wait();
    std::latch answered(1);
    pool.submit(Urgency::Latency, [&] { answered.count_down(); });
    answered.wait(); // Would hang if background jobs held all threads.
    QCOMPARE(begun.load(), 2);
    mayEnd.count_down();
    pool.drain();
    QCOMPARE(begun.load(), 5);
}

void TestPool::urgentJobsGoFirst()
{
    std::vector<std::string> order;
    {
        Pool pool(1);
        std::latch mayBegin(1);
        pool.submit(Urgency::Latency, [&] { mayBegin.wait(); });
        for (const char *name : {"warm a", "warm b"})
            pool.submit(Urgency::Background, [&order, name] { order.push_back(name); });
        for (const char *name : {"hover", "completion"})
            pool.submit(Urgency::Protected, [&order, name] { order.push_back(name); });
        mayBegin.count_down();
    } // The end of a pool runs what is queued.
    QCOMPARE(order, (Log{"hover", "completion", "warm a", "warm b"}));
}

void TestPool::taskGivesItsOutcomeWithTheReaderClosed()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x\ny");
    Pool pool(2);
    long lines = 0;
    std::size_t openReaders = 1;
    pool.submit(task(
                    engine.ticket(), [](Reader &db, Page key) { return db.get<LineCount>(key); }, page),
                [&](Outcome<long> outcome) {
                    lines = outcome.value_or(-1);
                    openReaders = engine.gate().openReaders;
                });
    pool.drain();
    QCOMPARE(lines, 2);
    QCOMPARE(openReaders, 0u);
    // A task without a value.
    bool isDone = false;
    pool.submit(task(engine.ticket(), [](Reader &db) { db.poll(); }),
                [&](Outcome<void> outcome) { isDone = outcome.has_value(); });
    pool.drain();
    QVERIFY(isDone);
}

void TestPool::stacksAreAsLargeAsPromised()
{
    std::size_t size = 0;
    Pool pool(1);
    pool.submit(Urgency::Latency, [&size] {
        pthread_attr_t attributes;
        pthread_getattr_np(pthread_self(), &attributes);
        pthread_attr_getstacksize(&attributes, &size);
        pthread_attr_destroy(&attributes);
    });
    pool.drain();
    QCOMPARE(size, Pool::stackSize);
}

NUAGES_TEST(TestPool)
#include "tst_pool.moc"
