#include "tests/support/testmain.h"
#include "tests/ui/canvas/demopicture.h"
#include "ui/canvas/revisionstrip.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace nuages::canvas;
using namespace nuages::tests;
using namespace Qt::StringLiterals;

class TestRevisionStrip : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyLevelHoldsTheMostOfItsRevisions();
    void aRevisionIsFoundByItsNumber();
    void whatIsPaintedDependsOnTheWidth();
    void aNewRevisionPaintsItsBarOnly();
    void theLegendExplainsWhatOccurs();
    void aClickPicksARevision();
    void keysWalkTheRevisions();
    void aScreenReaderHearsASlider();
};

namespace {

std::vector<Bar> manyBars(quint64 count)
{
    std::mt19937 random(17);
    std::vector<Bar> bars;
    for (quint64 revision = 1; revision <= count; ++revision) {
        Bar bar{.revision = revision, .label = revision % 50 == 0 ? u"event"_s : QString(), .counts = {}};
        for (quint32 &part : bar.counts)
            part = static_cast<quint32>(random() % 100);
        bars.push_back(bar);
    }
    return bars;
}

qint64 paintedBy(RevisionStrip &strip)
{
    const qint64 before = strip.paintedItems();
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    return strip.paintedItems() - before;
}

} // namespace

// The oracle looks at every bar of a slot.
void TestRevisionStrip::everyLevelHoldsTheMostOfItsRevisions()
{
    History history;
    for (const Bar &bar : manyBars(300)) {
        history.append(bar);
        if (bar.revision % 37 == 0)
            history.setCounts(bar.revision / 2, OutcomeCounts{1, 200, 3});
        for (int level = 0; history.slots(level) > 1; ++level) {
            const std::size_t last = history.slots(level) - 1;
            for (const std::size_t slot : {last, last / 2}) {
                OutcomeCounts expected{};
                for (std::size_t i = slot << level; i < std::min(history.size(), (slot + 1) << level); ++i) {
                    for (std::size_t k = 0; k < outcomeCount; ++k)
                        expected[k] = std::max(expected[k], history.bar(i).counts[k]);
                }
                QCOMPARE(history.counts(level, slot), expected);
            }
        }
    }
}

void TestRevisionStrip::aRevisionIsFoundByItsNumber()
{
    History history;
    for (const quint64 revision : {3, 4, 9})
        history.append({.revision = revision, .label = {}, .counts = {}});
    QCOMPARE(history.indexOf(1), 0U);
    QCOMPARE(history.indexOf(4), 1U);
    QCOMPARE(history.indexOf(8), 1U);
    QCOMPARE(history.indexOf(100), 2U);
}

void TestRevisionStrip::whatIsPaintedDependsOnTheWidth()
{
    RevisionStrip strip;
    strip.resize(1200, 96);
    strip.show();
    strip.setBars(manyBars(100'000));
    const qint64 painted = paintedBy(strip);
    QVERIFY(painted > 0);
    QVERIFY2(painted <= 1200 / 3 * static_cast<qint64>(outcomeCount) + 1200 / 20, qPrintable(QString::number(painted)));
    for (const quint64 revision : {1, 50'000, 100'000})
        QVERIFY(strip.rect().contains(strip.barArea(revision)));
}

void TestRevisionStrip::aNewRevisionPaintsItsBarOnly()
{
    RevisionStrip strip;
    strip.resize(1200, 96);
    strip.show();
    strip.setBars(demoBars()); // 118 of 98 * 2 places
    paintedBy(strip);
    strip.append({.revision = 119, .label = {}, .counts = demoBars().back().counts});
    const qint64 painted = paintedBy(strip);
    QVERIFY(painted > 0);
    QVERIFY2(painted <= 5 * static_cast<qint64>(outcomeCount), qPrintable(QString::number(painted)));
    QCOMPARE(strip.current(), 119U); // live goes with it
    QCOMPARE(strip.currentInWords(), u"revision 119 of 119 · live"_s);
}

void TestRevisionStrip::theLegendExplainsWhatOccurs()
{
    const std::vector usual = {Outcome::ExecutedChanged, Outcome::ExecutedBackdated, Outcome::Validated,
                               Outcome::NotChecked};
    RevisionStrip strip;
    QCOMPARE(strip.legend(), usual);
    Bar bar{.revision = 1, .label = {}, .counts = {}};
    bar.counts[indexOf(Outcome::ExecutedNew)] = 3;
    strip.append(bar);
    std::vector expected = usual;
    expected.push_back(Outcome::ExecutedNew);
    QCOMPARE(strip.legend(), expected);
    bar.counts[indexOf(Outcome::Cancelled)] = 1;
    strip.setCounts(1, bar.counts);
    expected.push_back(Outcome::Cancelled);
    QCOMPARE(strip.legend(), expected);
    strip.setBars({});
    QCOMPARE(strip.legend(), usual);
}

void TestRevisionStrip::aClickPicksARevision()
{
    RevisionStrip strip;
    strip.resize(1600, 96);
    strip.setBars(demoBars());
    strip.show();
    paintedBy(strip);
    const QSignalSpy spy(&strip, &RevisionStrip::picked);
    QTest::mouseClick(&strip, Qt::LeftButton, {}, strip.barArea(30).center());
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.at(0).at(0).toULongLong(), 30U);
    QVERIFY(!strip.isLive());
    strip.append({.revision = 119, .label = {}, .counts = {}});
    QCOMPARE(strip.current(), 30U); // what is looked at stays
    QCOMPARE(strip.currentInWords(), u"revision 30 of 119"_s);
}

void TestRevisionStrip::keysWalkTheRevisions()
{
    RevisionStrip strip;
    strip.setBars(demoBars());
    const QSignalSpy live(&strip, &RevisionStrip::livePicked);
    const auto press = [&](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(&strip, key, modifiers);
        return strip.current();
    };
    QCOMPARE(press(Qt::Key_Left), 117U);
    QCOMPARE(press(Qt::Key_Left, Qt::ControlModifier), 73U); // the checkout
    QCOMPARE(press(Qt::Key_Left, Qt::ControlModifier), 30U); // the settings
    QCOMPARE(press(Qt::Key_Left, Qt::ControlModifier), 30U);
    QCOMPARE(press(Qt::Key_Right), 31U);
    QCOMPARE(press(Qt::Key_Home), 1U);
    QCOMPARE(press(Qt::Key_Left), 1U);
    QCOMPARE(press(Qt::Key_End), 118U);
    QVERIFY(strip.isLive());
    QCOMPARE(live.size(), 1);
}

void TestRevisionStrip::aScreenReaderHearsASlider()
{
    RevisionStrip strip;
    strip.setBars(demoBars());
    QAccessibleInterface *slider = QAccessible::queryAccessibleInterface(&strip);
    QVERIFY(slider && slider->valueInterface());
    QCOMPARE(slider->role(), QAccessible::Slider);
    QCOMPARE(slider->text(QAccessible::Name), u"Revisions"_s);
    QCOMPARE(slider->text(QAccessible::Value), u"revision 118 of 118 · live"_s);
    QCOMPARE(slider->valueInterface()->minimumValue().toULongLong(), 1U);
    QCOMPARE(slider->valueInterface()->maximumValue().toULongLong(), 118U);
    const QSignalSpy spy(&strip, &RevisionStrip::picked);
    slider->valueInterface()->setCurrentValue(40);
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.at(0).at(0).toULongLong(), 40U);
    QCOMPARE(slider->valueInterface()->currentValue().toULongLong(), 40U);
}

NUAGES_TEST(TestRevisionStrip)
#include "tst_revisionstrip.moc"
