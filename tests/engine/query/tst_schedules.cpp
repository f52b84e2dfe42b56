#include "tests/engine/query/interleaving.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <string>

using namespace nuages;

namespace {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr int ordinaryCount = 1000; // Each takes several times longer.
#else
constexpr int ordinaryCount = 10'000; // About 30 seconds.
#endif

constexpr int rowSize = 500; // schedules

} // namespace

class TestSchedules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyInterleavingAgreesWithEvaluationFromScratch_data();
    void everyInterleavingAgreesWithEvaluationFromScratch();
    void sameSeedGivesTheSameTrace();
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
        const tests::Interleaving run = tests::runInterleaving(static_cast<std::uint32_t>(seed));
        QVERIFY2(run.failure.empty(), ("seed " + std::to_string(seed) + ": " + run.failure).c_str());
    }
}

void TestSchedules::sameSeedGivesTheSameTrace()
{
    for (std::uint32_t seed = 1; seed <= 20; ++seed)
        QCOMPARE(tests::runInterleaving(seed).trace, tests::runInterleaving(seed).trace);
}

NUAGES_TEST(TestSchedules)
#include "tst_schedules.moc"
