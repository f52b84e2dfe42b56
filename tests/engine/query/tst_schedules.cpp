#include "tests/engine/query/interleaving.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;

namespace {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr int ordinaryCount = 1000; // Each takes several times longer.
#else
constexpr int ordinaryCount = 10'000; // About 30 seconds.
#endif

} // namespace

class TestSchedules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyInterleavingAgreesWithEvaluationFromScratch();
    void sameSeedGivesTheSameTrace();
};

// NUAGES_SCHEDULES sets how many are run; NUAGES_FIRST_SEED where they start.
void TestSchedules::everyInterleavingAgreesWithEvaluationFromScratch()
{
    bool isSet = false;
    int count = qEnvironmentVariableIntValue("NUAGES_SCHEDULES", &isSet);
    if (!isSet)
        count = ordinaryCount;
    const int first = qEnvironmentVariableIntValue("NUAGES_FIRST_SEED");
    std::size_t steps = 0;
    for (int seed = first + 1; seed <= first + count; ++seed) {
        const tests::Interleaving run = tests::runInterleaving(static_cast<std::uint32_t>(seed));
        steps += run.steps;
        QVERIFY2(run.failure.empty(), ("seed " + std::to_string(seed) + ": " + run.failure).c_str());
    }
    qInfo("%d schedules, %zu steps", count, steps);
}

void TestSchedules::sameSeedGivesTheSameTrace()
{
    for (std::uint32_t seed = 1; seed <= 20; ++seed)
        QCOMPARE(tests::runInterleaving(seed).trace, tests::runInterleaving(seed).trace);
}

NUAGES_TEST(TestSchedules)
#include "tst_schedules.moc"
