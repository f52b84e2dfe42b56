#include "engine/query/yieldpoint.h"
#include "tests/oracle/engine/invent.h"
#include "tests/oracle/engine/play.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <string>

using namespace nuages;

using query::detail::Mutation;
Q_DECLARE_METATYPE(Mutation)

namespace {

oracle::Played played(std::uint32_t seed)
{
    return oracle::play(oracle::invented(seed, oracle::lengthTogether, 3), true);
}

} // namespace

/// The test of the test: an engine that is broken in one line must be caught by the schedules, and soon.
class TestMutations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isFoundWithinAThousandSeedsAndReplays_data();
    void isFoundWithinAThousandSeedsAndReplays();
};

void TestMutations::isFoundWithinAThousandSeedsAndReplays_data()
{
    QTest::addColumn<Mutation>("mutation");
    QTest::newRow("lost wish") << Mutation::LostWish;
    QTest::newRow("dropped edge") << Mutation::DroppedEdge;
    QTest::newRow("no back-dating") << Mutation::NoBackdating;
    QTest::newRow("forgotten durability") << Mutation::ForgottenDurability;
    QTest::newRow("claim not released") << Mutation::ClaimNotReleased;
    QTest::newRow("wrong order") << Mutation::WrongOrder;
    QTest::newRow("stale output kept") << Mutation::KeptStaleOutput;
    QTest::newRow("claim skipped") << Mutation::SkippedClaim;
    QTest::newRow("wrong fallback") << Mutation::WrongFallback;
}

void TestMutations::isFoundWithinAThousandSeedsAndReplays()
{
    QFETCH(Mutation, mutation);
    query::detail::activeMutation = mutation;
    oracle::Played found;
    std::uint32_t seed = 0;
    while (found.failure.empty() && ++seed <= 1000)
        found = played(seed);
    const oracle::Played again = played(seed);
    query::detail::activeMutation = Mutation::None;

    QVERIFY2(!found.failure.empty(), "not found within 1000 seeds");
    qInfo("found by seed %u after %zu steps: %s", seed, found.scheduled, found.failure.c_str());
    QCOMPARE(again.failure, found.failure);
    QCOMPARE(again.trace, found.trace);
    QCOMPARE(played(seed).failure, std::string()); // It is the mutation that the seed finds.
}

NUAGES_TEST(TestMutations)
#include "tst_mutations.moc"
