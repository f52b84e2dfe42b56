#include "engine/query/yieldpoint.h"
#include "tests/engine/query/interleaving.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;

using query::detail::Mutation;
Q_DECLARE_METATYPE(Mutation)

/// The test of the test: an engine that is broken in one line must be caught by the interleavings, and soon.
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
}

void TestMutations::isFoundWithinAThousandSeedsAndReplays()
{
    QFETCH(Mutation, mutation);
    query::detail::activeMutation = mutation;
    tests::Interleaving found;
    std::uint32_t seed = 0;
    while (found.failure.empty() && ++seed <= 1000)
        found = tests::runInterleaving(seed);
    const tests::Interleaving again = tests::runInterleaving(seed);
    query::detail::activeMutation = Mutation::None;

    QVERIFY2(!found.failure.empty(), "not found within 1000 seeds");
    qInfo("found by seed %u after %zu steps: %s", seed, found.steps, found.failure.c_str());
    QCOMPARE(again.failure, found.failure);
    QCOMPARE(again.trace, found.trace);
    QCOMPARE(tests::runInterleaving(seed).failure, std::string()); // It is the mutation that the seed finds.
}

NUAGES_TEST(TestMutations)
#include "tst_mutations.moc"
