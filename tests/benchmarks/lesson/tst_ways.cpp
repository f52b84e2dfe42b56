#include "tests/benchmarks/lesson/run.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>

using namespace nuages;
using namespace nuages::lesson;
using namespace std::chrono_literals;

class TestWays : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void allGiveTheSameAnswers();
    void anEditChangesTheDiagnosticsOfItsTemplate_data();
    void anEditChangesTheDiagnosticsOfItsTemplate();
    void eachArrivalIsAnswered_data();
    void eachArrivalIsAnswered();

private:
    std::shared_ptr<const Subject> m_subject;
};

namespace {

void addWays()
{
    QTest::addColumn<Way>("way");
    for (std::size_t i = 0; i < ways.size(); ++i)
        QTest::newRow(ways[i].data()) << static_cast<Way>(i);
}

} // namespace

void TestWays::initTestCase()
{
    m_subject = std::make_shared<const Subject>(subjectOf({.folders = {NUAGES_DEMO}, .root = NUAGES_DEMO}, 3));
    QCOMPARE(m_subject->paths.size(), 3U);
}

void TestWays::allGiveTheSameAnswers()
{
    std::vector<Question> questions;
    for (std::uint32_t round = 0; round < 3; ++round) {
        for (const Kind kind : {Kind::Light, Kind::Heavy, Kind::Whole, Kind::Edit, Kind::Heavy, Kind::Whole})
            questions.push_back({kind, round % 3});
    }
    const auto expected = answersInTurn(Way::EngineEach, m_subject, questions, 2);

    for (const Way way : {Way::Mutex, Way::Actor, Way::Tickets, Way::Clones})
        QCOMPARE(answersInTurn(way, m_subject, questions, 2), expected);
}

void TestWays::anEditChangesTheDiagnosticsOfItsTemplate_data() { addWays(); }

void TestWays::anEditChangesTheDiagnosticsOfItsTemplate()
{
    QFETCH(const Way, way);
    const auto answers = answersInTurn(
        way, m_subject, {{Kind::Heavy, 0}, {Kind::Edit, 0}, {Kind::Heavy, 0}, {Kind::Edit, 1}, {Kind::Heavy, 0}}, 2);

    QVERIFY(answers[2] != answers[0]);
    QCOMPARE(answers[4], answers[2]);
}

void TestWays::eachArrivalIsAnswered_data() { addWays(); }

void TestWays::eachArrivalIsAnswered()
{
    QFETCH(const Way, way);
    const Run run = play(way, m_subject, {100ms, 5ms, 3, 1}, 2, 600s);

    QVERIFY(!run.arrivals.empty());
    for (std::size_t i = 0; i < run.arrivals.size(); ++i)
        QVERIFY(run.endings[i].at >= run.arrivals[i].at);
}

NUAGES_TEST(TestWays)
#include "tst_ways.moc"
