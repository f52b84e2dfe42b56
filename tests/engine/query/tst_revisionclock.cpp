#include "engine/query/revisionclock.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <random>
#include <utility>
#include <vector>

using namespace nuages::query;

class TestRevisionClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsAtRevisionOne();
    void agreesWithALogOfAllWrites();
};

void TestRevisionClock::startsAtRevisionOne()
{
    const RevisionClock clock;
    QCOMPARE(clock.current(), Revision(1));
    QCOMPARE(clock.lastChanged(Durability::High), Revision(1));
}

// The log keeps every write and is searched from the start: slow, and plainly right.
void TestRevisionClock::agreesWithALogOfAllWrites()
{
    std::vector<std::pair<Revision, Durability>> log;
    RevisionClock clock;
    std::mt19937 random(20261124);
    for (int step = 0; step < 1000; ++step) {
        const auto level = static_cast<Durability>(random() % durabilityCount);
        log.emplace_back(clock.advance(level), level);
        for (const auto floor : {Durability::Low, Durability::Medium, Durability::High}) {
            Revision expected = 1;
            for (const auto &[revision, written] : log) {
                if (written >= floor)
                    expected = revision;
            }
            QCOMPARE(clock.lastChanged(floor), expected);
        }
    }
}

NUAGES_TEST(TestRevisionClock)
#include "tst_revisionclock.moc"
