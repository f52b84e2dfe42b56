#include "engine/query/task.h"
#include "tests/engine/query/pages.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <random>
#include <thread>

using namespace nuages::query;
using namespace nuages::tests;

namespace {

struct Self {
    static int run(Reader &db, Page page) { return db.get<Self>(page); }
};

struct First {
    static int run(Reader &db, Page page);
};
struct Second {
    static int run(Reader &db, Page page) { return db.get<First>(page); }
};
int First::run(Reader &db, Page page)
{
    // Only while the text is empty do the two need each other.
    return db.read<&PageData::text>(page).empty() ? db.get<Second>(page) : 5;
}

struct AboveFirst {
    static int run(Reader &db, Page page) { return db.get<First>(page); }
};

/// Throws dice before it goes on, so that threads meet at different places.
template <int Index, int Next>
struct Ring {
    static int run(Reader &db, Page page)
    {
        std::this_thread::yield();
        return db.read<&PageData::text>(page).empty() ? db.get<Ring<Next, (Next + 1) % 3>>(page) : Index;
    }
};

template <class Q>
std::vector<std::string> ringOf(Engine &engine, Page page)
{
    const auto outcome = runTask(task(engine.ticket(), [](Reader &db, Page key) { return db.get<Q>(key); }, page));
    return outcome || outcome.error().kind != Failure::Kind::Cycle ? Log{} : outcome.error().queries;
}

} // namespace

class TestCycle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void queryThatNeedsItselfIsNamed();
    void onlyTheRingIsNamedNotWhoAskedForIt();
    void ringIsMadeAndBrokenByEdits();
    void ringIsFoundWhileProving();
    void ringOverThreadsNeverHangs();
};

void TestCycle::queryThatNeedsItselfIsNamed()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "");
    QCOMPARE(ringOf<Self>(engine, page), Log{"Self(a.html)"});
    QCOMPARE(ringOf<Self>(engine, page), Log{"Self(a.html)"}); // Nothing of it was memoised.
    QCOMPARE(engine.counters("Self").cycles, 2u);
}

void TestCycle::onlyTheRingIsNamedNotWhoAskedForIt()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "");
    QCOMPARE(ringOf<AboveFirst>(engine, page), (Log{"First(a.html)", "Second(a.html)"}));
    QCOMPARE(ringOf<Second>(engine, page), (Log{"Second(a.html)", "First(a.html)"}));
}

void TestCycle::ringIsMadeAndBrokenByEdits()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    QCOMPARE(ask<AboveFirst>(engine, page), 5);
    setText(engine, page, "");
    QVERIFY(!ringOf<AboveFirst>(engine, page).empty());
    setText(engine, page, "y");
    QCOMPARE(ask<AboveFirst>(engine, page), 5);
}

void TestCycle::ringIsFoundWhileProving()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    QCOMPARE(ask<Second>(engine, page), 5);
    setText(engine, page, "");
    // Second is being proved when First, run for that, asks for it.
    QCOMPARE(ringOf<Second>(engine, page), (Log{"Second(a.html)", "First(a.html)"}));
}

void TestCycle::ringOverThreadsNeverHangs()
{
    Engine engine;
    const Page page = makePage(engine, "a.html", "");
    for (int round = 0; round < 200; ++round) {
        std::array<std::size_t, 3> ringSizes{};
        const auto enter = [&]<class Q>(std::type_identity<Q>, std::size_t at) {
            return std::thread([ticket = engine.ticket(), &ringSizes, page, at]() mutable {
                const auto outcome =
                    runTask(task(std::move(ticket), [](Reader &db, Page key) { return db.get<Q>(key); }, page));
                if (!outcome && outcome.error().kind == Failure::Kind::Cycle)
                    ringSizes[at] = outcome.error().queries.size();
            });
        };
        std::thread threads[] = {enter(std::type_identity<Ring<0, 1>>(), 0), enter(std::type_identity<Ring<1, 2>>(), 1),
                                 enter(std::type_identity<Ring<2, 0>>(), 2)};
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(ringSizes, (std::array<std::size_t, 3>{3, 3, 3})); // All three, whoever found it.
    }
}

NUAGES_TEST(TestCycle)
#include "tst_cycle.moc"
