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
    void theWheelZoomsAndScrolls();
    void keysZoomAndScroll();
    void zoomedInItFollowsTheLatestRevision();
    void barsShowTimeOrCount();
    void bigEventsKeepTheirLabels();
    void aScreenReaderHearsASlider();
};

namespace {

std::vector<Bar> manyBars(quint64 count)
{
    std::mt19937 random(17);
    std::vector<Bar> bars;
    for (quint64 revision = 1; revision <= count; ++revision) {
        Bar bar{.revision = revision, .label = revision % 50 == 0 ? u"event"_s : QString(), .counts = {}, .times = {}};
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
        history.append({.revision = revision, .label = {}, .counts = {}, .times = {}});
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
    const qint64 parts = 1200 / 3 * static_cast<qint64>(outcomeCount);
    QVERIFY2(painted <= parts + 1200 / 20 + 1200 / 3, qPrintable(QString::number(painted))); // labels and marks
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
    strip.append({.revision = 119, .label = {}, .counts = demoBars().back().counts, .times = {}});
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
    Bar bar{.revision = 1, .label = {}, .counts = {}, .times = {}};
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
    strip.append({.revision = 119, .label = {}, .counts = {}, .times = {}});
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

namespace {

void turnWheel(RevisionStrip &strip, QPoint at, int notches, Qt::KeyboardModifiers modifiers = {})
{
    QWheelEvent event(at, strip.mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                      false);
    QCoreApplication::sendEvent(&strip, &event);
}

/// A strip of many more revisions than it has pixels.
struct FullStrip {
    FullStrip()
    {
        strip.resize(1200, 96);
        strip.setBars(manyBars(5'000));
        strip.show();
        paintedBy(strip);
    }

    RevisionStrip strip;
};

} // namespace

void TestRevisionStrip::theWheelZoomsAndScrolls()
{
    FullStrip full;
    RevisionStrip &strip = full.strip;
    QVERIFY(!strip.isZoomed());
    const QRect before = strip.barArea(2'500);
    QCOMPARE(strip.barArea(2'501), before); // Several revisions to a bar.
    for (int notch = 0; notch < 6; ++notch)
        turnWheel(strip, before.center(), 1, Qt::ControlModifier);
    QVERIFY(strip.isZoomed());
    const QRect after = strip.barArea(2'500);
    QVERIFY(strip.barArea(2'501).left() >= after.right()); // Each has its own, which can be clicked.
    QVERIFY2(std::abs(after.center().x() - before.center().x()) < 50, qPrintable(QString::number(after.center().x())));
    QTest::mouseClick(&strip, Qt::LeftButton, {}, after.center());
    QCOMPARE(strip.current(), 2'500U);

    turnWheel(strip, before.center(), 2);
    QCOMPARE(strip.barArea(2'500).left(), after.left() + 240);
    turnWheel(strip, before.center(), 100'000);
    QVERIFY(strip.rect().contains(strip.barArea(1)));
    turnWheel(strip, before.center(), -100'000);
    QVERIFY(strip.rect().contains(strip.barArea(5'000)));

    for (int notch = 0; notch < 12; ++notch)
        turnWheel(strip, before.center(), -1, Qt::ControlModifier);
    QVERIFY(!strip.isZoomed());
    QCOMPARE(strip.barArea(2'500), before);
}

void TestRevisionStrip::keysZoomAndScroll()
{
    FullStrip full;
    RevisionStrip &strip = full.strip;
    for (int press = 0; press < 8; ++press)
        QTest::keyClick(&strip, Qt::Key_Plus);
    QVERIFY(strip.isZoomed());
    QVERIFY(strip.rect().contains(strip.barArea(5'000))); // The current one is not lost.
    QVERIFY(strip.barArea(1).right() < 0);
    const int before = strip.barArea(5'000).left();
    QTest::keyClick(&strip, Qt::Key_PageUp);
    QVERIFY(strip.barArea(5'000).left() > before + 1'000);
    QTest::keyClick(&strip, Qt::Key_PageDown);
    QCOMPARE(strip.barArea(5'000).left(), before);
    for (int press = 0; press < 120; ++press)
        QTest::keyClick(&strip, Qt::Key_Left);
    QCOMPARE(strip.current(), 4'880U);
    QVERIFY(strip.rect().contains(strip.barArea(4'880)));
    QTest::keyClick(&strip, Qt::Key_0);
    QVERIFY(!strip.isZoomed());
    QVERIFY(strip.rect().contains(strip.barArea(1)));
}

void TestRevisionStrip::zoomedInItFollowsTheLatestRevision()
{
    FullStrip full;
    RevisionStrip &strip = full.strip;
    strip.zoom(6, strip.width() - 20);
    for (quint64 revision = 5'001; revision < 5'050; ++revision)
        strip.append({.revision = revision, .label = {}, .counts = {}, .times = {}});
    QVERIFY(strip.rect().contains(strip.barArea(5'049)));
    QTest::mouseClick(&strip, Qt::LeftButton, {}, strip.barArea(5'040).center());
    const QRect looked = strip.barArea(5'040);
    strip.append({.revision = 5'050, .label = {}, .counts = {}, .times = {}});
    QCOMPARE(strip.barArea(5'040), looked); // What is looked at stays.
}

void TestRevisionStrip::barsShowTimeOrCount()
{
    RevisionStrip strip;
    strip.resize(400, 96);
    Bar many{.revision = 1, .label = {}, .counts = {}, .times = {}};
    many.counts[indexOf(Outcome::ExecutedChanged)] = 1'000;
    many.times[indexOf(Outcome::ExecutedChanged)] = 20'000;
    Bar slow{.revision = 2, .label = {}, .counts = {}, .times = {}};
    slow.counts[indexOf(Outcome::ExecutedChanged)] = 1;
    slow.times[indexOf(Outcome::ExecutedChanged)] = 90'000'000;
    strip.setBars({many, slow});
    strip.show();
    const QRgb ink = Theme::of(strip.palette())[Outcome::ExecutedChanged].ink.rgb();
    const auto heightOf = [&](quint64 revision) {
        const QImage image = strip.grab().toImage().convertToFormat(QImage::Format_RGB32);
        const QRect area = strip.barArea(revision);
        int height = 0;
        for (int y = area.top(); y <= area.bottom(); ++y)
            height += image.pixel(area.center().x(), y) == ink;
        return height;
    };
    QVERIFY2(heightOf(1) > 3 * heightOf(2), qPrintable(u"%1, %2"_s.arg(heightOf(1)).arg(heightOf(2))));
    const QSignalSpy spy(&strip, &RevisionStrip::measureChanged);
    QTest::keyClick(&strip, Qt::Key_T);
    QCOMPARE(spy.size(), 1);
    QVERIFY2(heightOf(2) > 3 * heightOf(1), qPrintable(u"%1, %2"_s.arg(heightOf(1)).arg(heightOf(2))));
    QTest::keyClick(&strip, Qt::Key_T);
    QVERIFY(heightOf(1) > 3 * heightOf(2));
}

// However many revisions one bar stands for: a mark for the event, and its label where it is the only one about.
void TestRevisionStrip::bigEventsKeepTheirLabels()
{
    std::vector<Bar> bars = manyBars(20'000);
    for (Bar &bar : bars)
        bar.label = bar.revision == 7'000 ? u"git checkout"_s : QString();
    RevisionStrip strip;
    strip.resize(1200, 96);
    strip.setBars(bars);
    strip.show();
    const auto inkedAbove = [&] {
        const QImage image = strip.grab().toImage().convertToFormat(QImage::Format_RGB32);
        const QRect bar = strip.barArea(7'000);
        const QRgb ground = image.pixel(1'100, bar.top() - 8);
        int inked = 0;
        for (int y = 0; y < bar.top() - 1; ++y) {
            for (int x = std::max(0, bar.center().x() - 40); x < bar.center().x() + 40; ++x)
                inked += image.pixel(x, y) != ground;
        }
        return inked;
    };
    const int labelled = inkedAbove();
    QVERIFY2(labelled > 100, qPrintable(QString::number(labelled)));

    // Crowded: the mark stays even where there is no room for the words.
    for (Bar &bar : bars)
        bar.label = bar.revision % 10 == 0 ? u"settings.py"_s : QString();
    strip.setBars(bars);
    const QImage image = strip.grab().toImage().convertToFormat(QImage::Format_RGB32);
    const QRgb mark = Theme::of(strip.palette()).muted.rgb();
    for (const quint64 revision : {30, 7'000, 7'100, 20'000}) {
        const QRect bar = strip.barArea(revision);
        QCOMPARE(image.pixel(bar.center().x(), bar.top() - 3), mark);
    }
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
