#include "engine/trace/statistics.h"

#include "tests/engine/trace/madeup.h"
#include "tests/engine/trace/watched.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <map>

using namespace nuages;
using namespace nuages::tests;
using trace::Execution;
using trace::KindStatistics;
using trace::NodeId;
using trace::Outcome;

class TestStatistics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theyAgreeWithTheEngineAndAListOfAllThatHappened();
    void timesAreThoseOfTheMiddleAndOfTheSlow();
    void memoryIsCountedByFile();
};

void TestStatistics::theyAgreeWithTheEngineAndAListOfAllThatHappened()
{
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        WatchedWorld watched(seed, seed % 2 == 0);
        for (int step = 0; step < 30; ++step) {
            watched.askAround();
            watched.edit();
            watched.feed();
        }
        std::map<std::string, std::uint64_t> edges;
        query::MemoCursor cursor;
        std::vector<query::DependencyKey> keys;
        while (watched.engine.nextMemos(cursor, 100'000, keys)) { }
        for (const query::DependencyKey key : keys) {
            const std::string name = watched.engine.describe(key);
            const auto memo = watched.engine.memo(key);
            edges[name.substr(0, name.find('('))] += memo->reads.size();
        }
        for (const KindStatistics &kind : trace::statistics(watched.store)) {
            std::vector<std::uint64_t> times;
            std::uint64_t self = 0;
            std::uint64_t total = 0;
            for (const Execution &each : watched.log) {
                const bool isRun = each.outcome == Outcome::ExecutedNew || each.outcome == Outcome::ExecutedChanged
                    || each.outcome == Outcome::ExecutedBackdated;
                if (!isRun || watched.store.node(each.node).kind != kind.kind)
                    continue;
                times.push_back(each.selfNs);
                self += each.selfNs;
                total += each.durationNs;
            }
            QCOMPARE(kind.runs, times.size());
            QCOMPARE(kind.selfNs, self);
            QCOMPARE(kind.totalNs, total);
            QCOMPARE(kind.edges, edges[kind.kind]);
            if (!kind.isInput) {
                QCOMPARE(kind.counters, watched.engine.counters(kind.kind));
                QCOMPARE(kind.runs, kind.counters.executed);
            }
            if (times.empty())
                continue;
            std::ranges::sort(times);
            const auto notLonger = [&times](std::uint64_t limit) {
                return std::ranges::count_if(times, [limit](std::uint64_t each) { return each <= limit; });
            };
            for (const auto &[limit, percent] : {std::pair(kind.medianNs, 50), std::pair(kind.slowNs, 95)}) {
                QVERIFY(std::ranges::contains(times, limit));
                QVERIFY(notLonger(limit) * 100 >= std::ssize(times) * percent);
                QVERIFY(limit == 0 || notLonger(limit - 1) * 100 < std::ssize(times) * percent);
            }
        }
    }
}

void TestStatistics::timesAreThoseOfTheMiddleAndOfTheSlow()
{
    MadeUp made;
    const NodeId node = made.add("Tree", "a");
    for (std::uint64_t ns = 20; ns >= 1; --ns)
        made.happened(node, Outcome::ExecutedChanged, 0, ns);
    const auto all = trace::statistics(made.store);
    QCOMPARE(all.size(), 1u);
    QCOMPARE(all.front().medianNs, 10u);
    QCOMPARE(all.front().slowNs, 19u);
}

void TestStatistics::memoryIsCountedByFile()
{
    MadeUp made;
    const NodeId stamp = made.add("File", "a", "stamp", "/a");
    const NodeId text = made.add("Text", "a", {}, "/a");
    const NodeId all = made.add("Names", "");
    made.memo(text, {stamp});
    made.memo(all, {text, stamp});
    const auto files = trace::memoryByFile(made.store);
    QCOMPARE(files.size(), 2u);
    QVERIFY((files[0] == trace::FileMemory{"", 1, 2}));
    QVERIFY((files[1] == trace::FileMemory{"/a", 2, 1}));
    const auto kinds = trace::statistics(made.store);
    QCOMPARE(kinds[0].kind, std::string("File"));
    QCOMPARE(kinds[0].mostReaders, 2u);
    QCOMPARE(kinds[0].mostRead, stamp);
    QCOMPARE(kinds[1].kind, std::string("Names"));
    QCOMPARE(kinds[1].mostReads, 2u);
}

NUAGES_TEST(TestStatistics)
#include "tst_statistics.moc"
