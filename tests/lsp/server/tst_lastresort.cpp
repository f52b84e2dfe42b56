#include "lsp/server/lastresort.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <atomic>
#include <chrono>
#include <future>
#include <optional>

using namespace nuages::server;
using namespace std::chrono_literals;

class TestLastResort : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsWhatDoesNotEndByItself();
    void doesNothingBeforeItIsArmed();
    void isCalledOffByTheOrdinaryEnd();
};

void TestLastResort::endsWhatDoesNotEndByItself()
{
    std::promise<void> ended; // a second end would throw
    LastResort lastResort(0ms, [&ended] { ended.set_value(); });
    lastResort.arm();
    lastResort.arm();
    QCOMPARE(ended.get_future().wait_for(30s), std::future_status::ready);
}

void TestLastResort::doesNothingBeforeItIsArmed()
{
    std::atomic<bool> hasEnded = false;
    std::optional<LastResort> lastResort(std::in_place, 0ms, [&hasEnded] { hasEnded = true; });
    lastResort.reset();
    QVERIFY(!hasEnded);
}

void TestLastResort::isCalledOffByTheOrdinaryEnd()
{
    std::atomic<bool> hasEnded = false;
    std::optional<LastResort> lastResort(std::in_place, 24h, [&hasEnded] { hasEnded = true; });
    lastResort->arm();
    lastResort.reset(); // a hang here is the failure
    QVERIFY(!hasEnded);
}

NUAGES_TEST(TestLastResort)
#include "tst_lastresort.moc"
