#include "tests/support/testmain.h"
#include "tests/ui/views/shownwindow.h"

#include "engine/trace/store.h"
#include "ui/models/roles.h"
#include "ui/models/selection.h"
#include "ui/models/text.h"
#include "ui/views/timelinepage.h"

#include <QAccessible>
#include <QComboBox>
#include <QHelpEvent>
#include <QLabel>
#include <QTest>
#include <QToolTip>
#include <QWheelEvent>

#include <set>

using namespace nuages;
using namespace nuages::tests;
using namespace nuages::views;
using namespace Qt::StringLiterals;
using canvas::TimeBar;
using canvas::TimelineCanvas;
using canvas::TimePlace;
using trace::NodeId;

/// The time line by keys, by mouse and as a screen reader has it.
class TestTimeLinePage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aKeyShowsWhatEachThreadDid();
    void keysReachEveryBar();
    void aBarLeadsToItsQuery();
    void aRequestLeadsToItsAnswer();
    void whatLedToABarIsAKeyAway();
    void theSelectionIsFollowed();
    void zoomKeepsTheTimeUnderThePointer();
    void theMouseTellsWhatIsUnderIt();
    void aScreenReaderHasEveryBar();
    void whoWaitedIsListed();
    void ofAHundredThousandBarsNoMoreIsPaintedThanPixels();
};

namespace {

constexpr qint64 ms = 1'000'000;
constexpr qint64 epoch = 1'000 * ms;

/// A window over one more edit, of which two threads share the work: the second needs the tree that the first makes.
struct TimedWindow : ShownWindow {
    NodeId tree = MadeUpProject::idOf(1, MadeUpProject::Tree);
    NodeId findings = MadeUpProject::idOf(1, MadeUpProject::Findings);
    NodeId others = MadeUpProject::idOf(2, MadeUpProject::Findings);

    TimedWindow()
    {
        auto batch = std::make_shared<trace::Batch>(*project.edit(1));
        for (trace::Execution &each : batch->executions) {
            const auto place = [&](qint64 at, qint64 ns) {
                each.at = epoch + at;
                each.durationNs = std::uint64_t(ns);
                each.thread = 5;
            };
            if (each.node == findings)
                place(0, 10 * ms);
            else if (each.node == tree)
                place(1 * ms, 3 * ms);
            else if (each.outcome == trace::Outcome::ExecutedChanged) // the text
                place(ms / 2, ms / 4);
        }
        trace::Execution other = batch->executions.back();
        other.node = others;
        other.cause = tree;
        other.at = epoch + ms;
        other.durationNs = 6 * ms;
        other.thread = 6;
        other.sequence += 2;
        batch->executions.push_back(other);
        batch->waits.push_back({.node = tree,
                                .waiter = others,
                                .revision = batch->revision,
                                .isDone = true,
                                .request = batch->requests.front().id,
                                .thread = 6,
                                .at = epoch + 2 * ms,
                                .ns = 2 * ms + 1,
                                .sequence = other.sequence - 1});
        batch->requests.front().at = epoch - ms;
        batch->requests.front().durationNs = 12 * ms;
        trace(batch);
        pressKey(Qt::Key_0, Qt::AltModifier);
        QCoreApplication::processEvents(); // The pane gets its room.
        if (line().viewport()->width() < 300)
            qFatal("no room for the time line");
    }

    TimelinePage &page() { return *window.findChild<TimelinePage *>(); }
    TimelineCanvas &line() { return page().canvas(); }
    const canvas::TimeSource &source() { return line().source(); }

    /// Each row as the names in it.
    QStringList rows()
    {
        QStringList all;
        for (int row = 0; row < source().rows(); ++row) {
            QStringList names;
            for (int bar = 0; bar < int(source().bars(row).size()); ++bar) {
                const bool isWait = source().bars(row)[std::size_t(bar)].kind == TimeBar::Kind::Wait;
                names << (isWait ? u"wait for "_s : QString()) + source().nameAt({.row = row, .bar = bar});
            }
            all << source().rowTitle(row) + u": "_s + names.join(u", "_s);
        }
        return all;
    }
};

/// Bars of 10 ns, one right after the other.
class ManyBars final : public canvas::TimeSource
{
public:
    explicit ManyBars(int count)
    {
        for (int at = 0; at < count; ++at)
            m_bars.push_back({.at = at * 10, .ns = 10, .outcome = canvas::Outcome::ExecutedNew});
    }
    int rows() const override { return 1; }
    QString rowTitle(int) const override { return u"Thread 1"_s; }
    std::span<const TimeBar> bars(int) const override { return m_bars; }
    QString nameAt(TimePlace place) const override { return QString::number(place.bar); }
    QString wordsAt(TimePlace place) const override { return nameAt(place); }
    std::optional<TimePlace> causeOf(TimePlace) const override { return std::nullopt; }

private:
    std::vector<TimeBar> m_bars;
};

} // namespace

void TestTimeLinePage::aKeyShowsWhatEachThreadDid()
{
    TimedWindow bench;
    QVERIFY(bench.line().isVisible());
    QCOMPARE(QApplication::focusWidget(), &bench.line());
    QCOMPARE(bench.rows(),
             (QStringList{u"Requests: textDocument/hover"_s, u"Thread 5: Findings(templates/cart.html)"_s,
                          u": Text(templates/cart.html), Tree(templates/cart.html)"_s,
                          u"Thread 6: Findings(templates/home.html)"_s, u": wait for Tree(templates/cart.html)"_s}));
    QCOMPARE(bench.page().findChild<QLabel *>("answerSentence")->text(),
             u"4 runs in 12.0 ms of 2 threads · 1 wait of 2.00 ms · 1 request"_s);
    for (const QRect &area : {bench.line().barArea({.row = 1, .bar = 0}), bench.line().barArea({.row = 4, .bar = 0})})
        QVERIFY(bench.line().viewport()->rect().contains(area));
}

void TestTimeLinePage::keysReachEveryBar()
{
    TimedWindow bench;
    std::set<std::pair<int, int>> reached;
    const auto note = [&] {
        QVERIFY(bench.line().current());
        reached.emplace(bench.line().current()->row, bench.line().current()->bar);
    };
    while (bench.line().current() && bench.line().current()->row > 0)
        pressKey(Qt::Key_Up);
    for (int row = 0; row < bench.source().rows(); ++row) {
        pressKey(Qt::Key_Home);
        note();
        for (std::size_t bar = 1; bar < bench.source().bars(row).size(); ++bar) {
            pressKey(Qt::Key_Right);
            note();
        }
        pressKey(Qt::Key_Down);
    }
    QCOMPARE(int(reached.size()), bench.line().barCount());
    QCOMPARE(bench.line().barCount(), 6);
    pressKey(Qt::Key_Up); // From the wait to what waited, on the same thread.
    QCOMPARE(bench.line().current(), std::optional(TimePlace{.row = 3, .bar = 0}));
}

void TestTimeLinePage::aBarLeadsToItsQuery()
{
    TimedWindow bench;
    QVERIFY(!bench.spot().isPinned);
    QTest::mouseClick(bench.line().viewport(), Qt::LeftButton, {}, bench.line().barArea({.row = 2, .bar = 1}).center());
    QCOMPARE(bench.spot().node, bench.tree);
    QVERIFY(bench.spot().isPinned);
    pressKey(Qt::Key_Up);
    QCOMPARE(bench.spot().node, bench.tree); // Reading on selects nothing.
    pressKey(Qt::Key_Return);
    QCOMPARE(bench.spot().node, bench.findings);
    auto *scope = bench.window.findChild<QComboBox *>("timelineScope");
    scope->setFocus();
    pressKey(Qt::Key_Down);
    QCOMPARE(scope->currentIndex(), 1);
    QVERIFY(bench.page().findChild<QLabel *>("answerSentence")->text().contains(u"without a time"_s));
}

void TestTimeLinePage::aRequestLeadsToItsAnswer()
{
    TimedWindow bench;
    bench.trace(bench.project.edit(2));
    pressKey(Qt::Key_BracketLeft);
    QVERIFY(QTest::qWaitFor([&] { return bench.source().rows() == 5; }));
    QTest::mouseClick(bench.line().viewport(), Qt::LeftButton, {}, bench.line().barArea({.row = 0, .bar = 0}).center());
    QCOMPARE(bench.spot().request, 4u);
    QCOMPARE(bench.spot().revision, std::optional(4u));
}

void TestTimeLinePage::whatLedToABarIsAKeyAway()
{
    TimedWindow bench;
    bench.line().setCurrent(TimePlace{.row = 4, .bar = 0}); // The wait is for the tree.
    pressKey(Qt::Key_Backspace);
    QCOMPARE(bench.line().current(), std::optional(TimePlace{.row = 2, .bar = 1}));
    pressKey(Qt::Key_Backspace); // The tree ran because of the text.
    QCOMPARE(bench.line().current(), std::optional(TimePlace{.row = 2, .bar = 0}));
    pressKey(Qt::Key_Backspace); // That because of the edit, which takes no time.
    QCOMPARE(bench.line().current(), std::optional(TimePlace{.row = 2, .bar = 0}));
    bench.line().setCurrent(TimePlace{.row = 3, .bar = 0});
    const auto painted = [&] {
        const qint64 before = bench.line().paintedItems();
        bench.line().viewport()->repaint();
        return bench.line().paintedItems() - before;
    };
    const qint64 withFlow = painted();
    bench.line().setCurrent(TimePlace{.row = 0, .bar = 0});
    QCOMPARE(withFlow, painted() + 2); // To the tree, and to the text.
}

void TestTimeLinePage::theSelectionIsFollowed()
{
    TimedWindow bench;
    bench.inspection.selection().selectNode(bench.tree, {});
    QCOMPARE(bench.line().current(), std::optional(TimePlace{.row = 2, .bar = 1}));
    bench.inspection.selection().selectNode(bench.others, {});
    QCOMPARE(bench.line().current(), std::optional(TimePlace{.row = 3, .bar = 0}));
}

void TestTimeLinePage::zoomKeepsTheTimeUnderThePointer()
{
    TimedWindow bench;
    TimelineCanvas &line = bench.line();
    const qint64 all = line.seenNs();
    QVERIFY(all >= 12 * ms);
    const QPoint point = line.barArea({.row = 2, .bar = 1}).center();
    const auto wheel = [&](QPoint turned, Qt::KeyboardModifiers modifiers) {
        QWheelEvent event(point, line.viewport()->mapToGlobal(point), {}, turned, Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(line.viewport(), &event);
    };
    wheel({0, 120}, Qt::ControlModifier);
    QCOMPARE(line.seenNs(), all / 2);
    QVERIFY(line.barArea({.row = 2, .bar = 1}).contains(point));
    wheel({0, 120}, Qt::ControlModifier);
    QVERIFY(line.barArea({.row = 2, .bar = 1}).contains(point));
    const qint64 from = line.seenFrom();
    wheel({0, -120}, Qt::ShiftModifier);
    QVERIFY(line.seenFrom() > from);
    QCOMPARE(line.seenNs(), all / 4);
    pressKey(Qt::Key_Minus);
    QCOMPARE(line.seenNs(), all / 4 * 2);
    pressKey(Qt::Key_0);
    QCOMPARE(line.seenNs(), all);
    line.setCurrent(TimePlace{.row = 2, .bar = 1});
    for (int step = 0; step < 40; ++step)
        pressKey(Qt::Key_Plus);
    QCOMPARE(line.seenNs(), 1'000); // A microsecond is the least,
    const QRect area = line.barArea({.row = 2, .bar = 1});
    QVERIFY(area.left() < 0 && area.right() > line.viewport()->width()); // and the bar is still there.
    pressKey(Qt::Key_Left); // A bar that is out of view comes into it.
    QCOMPARE(line.current(), std::optional(TimePlace{.row = 2, .bar = 0}));
    const QRect text = line.barArea({.row = 2, .bar = 0});
    QVERIFY2(line.viewport()->rect().contains(text), qPrintable(u"%1 to %2"_s.arg(text.left()).arg(text.right())));
}

void TestTimeLinePage::theMouseTellsWhatIsUnderIt()
{
    TimedWindow bench;
    TimelineCanvas &line = bench.line();
    const QPoint point = line.barArea({.row = 4, .bar = 0}).center();
    QCOMPARE(line.barAt(point), std::optional(TimePlace{.row = 4, .bar = 0}));
    QCOMPARE(line.barAt({line.barArea({.row = 4, .bar = 0}).right() + 40, point.y()}), std::nullopt);
    QHelpEvent help(QEvent::ToolTip, point, line.viewport()->mapToGlobal(point));
    QCoreApplication::sendEvent(line.viewport(), &help);
    QCOMPARE(QToolTip::text(), u"Waited 2.00 ms for Tree(templates/cart.html), thread 6; thread 5 had it"_s);
}

void TestTimeLinePage::aScreenReaderHasEveryBar()
{
    TimedWindow bench;
    QAccessibleInterface *line = QAccessible::queryAccessibleInterface(&bench.line());
    QVERIFY(line);
    QCOMPARE(line->text(QAccessible::Name), u"Time line"_s);
    QCOMPARE(line->childCount(), bench.line().barCount());
    QStringList names;
    for (int at = 0; at < line->childCount(); ++at) {
        QAccessibleInterface *bar = line->child(at);
        names << bar->text(QAccessible::Name);
        QCOMPARE(line->indexOfChild(bar), at);
        QCOMPARE(bar->parent(), line);
        QVERIFY(!bar->rect().isEmpty());
    }
    QCOMPARE(names[3], u"Tree(templates/cart.html), ran, changed, 3.00 ms, own 1.00 ms, revision 4, thread 5"_s);
    QVERIFY(names[5].startsWith(u"Waited 2.00 ms"_s));
    bench.line().setCurrent(TimePlace{.row = 2, .bar = 1});
    QCOMPARE(line->focusChild(), line->child(3));
    QVERIFY(line->child(3)->state().focused);
    const auto relations = line->child(5)->relations(QAccessible::FlowsFrom);
    QCOMPARE(relations.size(), 1);
    QCOMPARE(relations.front().first, line->child(3));
    line->child(4)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(bench.spot().node, bench.others);
}

void TestTimeLinePage::whoWaitedIsListed()
{
    TimedWindow bench;
    Table &blocked = *bench.table(u"blocked");
    QCOMPARE(blocked.model()->rowCount(), 1);
    QStringList cells;
    for (int column = 0; column < blocked.model()->columnCount(); ++column)
        cells << blocked.model()->index(0, column).data().toString();
    QCOMPARE(cells,
             (QStringList{u"Tree(templates/cart.html)"_s, u"2.00 ms"_s, u"4"_s, u"6"_s, u"5"_s,
                          u"Findings(templates/home.html)"_s, u"textDocument/hover"_s}));
    for (QComboBox *choice : bench.page().findChildren<QComboBox *>("answerTables")) {
        choice->setFocus();
        pressKey(Qt::Key_Down);
    }
    QVERIFY(blocked.isVisible());
    QTest::mouseClick(blocked.viewport(), Qt::LeftButton, {},
                      blocked.visualRect(blocked.model()->index(0, 0)).center());
    QCOMPARE(bench.spot().node, bench.tree);
}

void TestTimeLinePage::ofAHundredThousandBarsNoMoreIsPaintedThanPixels()
{
    const ManyBars many(100'000);
    TimelineCanvas line(many);
    line.resize(1000, 200);
    line.refresh();
    line.show();
    QVERIFY(QTest::qWaitForWindowExposed(&line));
    const auto painted = [&line] {
        const qint64 before = line.paintedItems();
        line.viewport()->repaint();
        return line.paintedItems() - before;
    };
    const qint64 all = painted();
    QVERIFY2(all > 500 && all < 1100, qPrintable(QString::number(all)));
    // A full column of pixels says that all of its time was used; below the row there is nothing.
    const QImage image = line.viewport()->grab().toImage();
    const QRect row = line.barArea({.row = 0, .bar = 51'234});
    const QColor panel = canvas::Theme::of(line.palette()).panel;
    QVERIFY(image.pixelColor(row.left(), row.top() + 2) != panel);
    QCOMPARE(image.pixelColor(row.left() + 3, row.bottom() + 20), panel);
    line.setCurrent(TimePlace{.row = 0, .bar = 50'000});
    for (int step = 0; step < 12; ++step)
        QTest::keyClick(&line, Qt::Key_Plus);
    QVERIFY(line.barArea({.row = 0, .bar = 50'000}).width() > 2); // Now each is one.
    const qint64 few = painted();
    QVERIFY2(few > 50 && few < 500, qPrintable(QString::number(few)));
    QVERIFY(line.barAt(line.barArea({.row = 0, .bar = 50'001}).center())
            == std::optional(TimePlace{.row = 0, .bar = 50'001}));
}

NUAGES_TEST(TestTimeLinePage)
#include "tst_timelinepage.moc"
