#include "lsp/server/mutation.h"
#include "tests/lsp/server/conversation.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <string>

using namespace nuages;

using server::detail::Mutation;
Q_DECLARE_METATYPE(Mutation)

namespace {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr int ordinaryConversations = 200; // Each takes several times longer, and all are run many times.
#else
constexpr int ordinaryConversations = 10'000; // About 30 seconds.
#endif

constexpr int conversationsInARow = 500;

} // namespace

/// The shipped session under a controlled scheduler.
class TestConversations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyOneKeepsTheInvariants_data();
    void everyOneKeepsTheInvariants();
    void sameSeedGivesTheSameTrace();
    void aBrokenSessionIsFoundAndReplays_data();
    void aBrokenSessionIsFoundAndReplays();
};

// NUAGES_SCHEDULES sets how many are run; NUAGES_FIRST_SEED where they start. They come in rows, so that the time Qt
// Test gives to one row is enough on a busy machine too.
void TestConversations::everyOneKeepsTheInvariants_data()
{
    bool isSet = false;
    int count = qEnvironmentVariableIntValue("NUAGES_SCHEDULES", &isSet);
    if (!isSet)
        count = ordinaryConversations;
    const int end = qEnvironmentVariableIntValue("NUAGES_FIRST_SEED") + count + 1;
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("last");
    for (int first = end - count; first < end; first += conversationsInARow) {
        const int last = std::min(first + conversationsInARow, end) - 1;
        QTest::addRow("seeds %d to %d", first, last) << first << last;
    }
}

void TestConversations::everyOneKeepsTheInvariants()
{
    QFETCH(int, first);
    QFETCH(int, last);
    for (int seed = first; seed <= last; ++seed) {
        const tests::Conversation run = tests::runConversation(static_cast<std::uint32_t>(seed));
        QVERIFY2(run.failure.empty(), ("seed " + std::to_string(seed) + ": " + run.failure).c_str());
    }
}

void TestConversations::sameSeedGivesTheSameTrace()
{
    for (std::uint32_t seed = 1; seed <= 20; ++seed)
        QCOMPARE(tests::runConversation(seed).trace, tests::runConversation(seed).trace);
}

void TestConversations::aBrokenSessionIsFoundAndReplays_data()
{
    QTest::addColumn<Mutation>("mutation");
    QTest::newRow("a lost wish") << Mutation::LostWish;
    QTest::newRow("a reply sent twice") << Mutation::SecondReply;
    QTest::newRow("a stale attempt answered") << Mutation::StaleAttempt;
    QTest::newRow("a cancel before its request") << Mutation::LateToken;
    QTest::newRow("a diagnostic of an older version") << Mutation::OlderDiagnostics;
}

void TestConversations::aBrokenSessionIsFoundAndReplays()
{
    QFETCH(Mutation, mutation);
    server::detail::activeMutation = mutation;
    tests::Conversation found;
    std::uint32_t seed = 0;
    while (found.failure.empty() && ++seed <= 2000)
        found = tests::runConversation(seed);
    const tests::Conversation again = tests::runConversation(seed);
    server::detail::activeMutation = Mutation::None;

    QVERIFY2(!found.failure.empty(), "not found within 2000 seeds");
    qInfo("found by seed %u after %zu steps: %s", seed, found.steps, found.failure.c_str());
    QCOMPARE(again.failure, found.failure);
    QCOMPARE(again.trace, found.trace);
    QCOMPARE(tests::runConversation(seed).failure, std::string()); // It is the mutation that the seed finds.
}

NUAGES_TEST(TestConversations)
#include "tst_conversations.moc"
