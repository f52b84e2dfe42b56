#include "tests/support/testmain.h"
#include "tests/ui/models/eventstream.h"
#include "tests/ui/views/shownwindow.h"

#include "engine/trace/store.h"
#include "ui/canvas/graphcanvas.h"
#include "ui/models/querykinds.h"
#include "ui/models/selection.h"
#include "ui/models/text.h"
#include "ui/views/kindspage.h"
#include "ui/views/matrixpage.h"
#include "ui/views/pane.h"

#include <QScrollBar>
#include <QTest>

#include <map>
#include <numeric>

using namespace nuages;
using namespace nuages::tests;
using namespace nuages::views;
using namespace Qt::StringLiterals;

/// The three levels of the graph, and the ways from one to the next.
class TestLevels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theKindsShowTheirSharesAndTheWayOfTheChange();
    void theKindsFitWhateverRoomThereIs();
    void theLevelsLeadIntoEachOther();
    void everyCellSaysWhatBecameOfItsNode();
    void aClickOnACellLeadsToItsQuery();
    void ofTenThousandFilesOnlyTheSeenOnesArePainted();
    void thePicturesHaveOneOrder();
};

namespace {

struct Levels : ShownWindow {
    using ShownWindow::ShownWindow;

    KindsPage &kinds() { return *window.findChild<KindsPage *>(); }
    MatrixPage &matrix() { return *window.findChild<MatrixPage *>(); }

    const canvas::Card *kindCard(const QString &kind)
    {
        const auto &cards = kinds().graph().picture().cards;
        const auto found = std::ranges::find(cards, kind, &canvas::Card::title);
        return found == cards.end() ? nullptr : &*found;
    }

    QString nameAtCursor()
    {
        const auto place = matrix().matrix().current();
        return place ? matrix().words(*place) : QString();
    }
};

} // namespace

void TestLevels::theKindsShowTheirSharesAndTheWayOfTheChange()
{
    Levels bench;
    pressKey(Qt::Key_8, Qt::AltModifier);
    QVERIFY(bench.kinds().isVisible());
    const trace::Store &store = bench.inspection.store();
    std::map<std::pair<QString, QString>, quint32> expected; // by the kinds that read each other
    for (trace::NodeId node = 1; node <= store.lastNode(); ++node) {
        for (const trace::NodeId read : store.reads(node))
            ++expected[{models::toQString(store.node(read).kind), models::toQString(store.node(node).kind)}];
    }
    const canvas::Picture &picture = bench.kinds().graph().picture();
    std::map<std::pair<QString, QString>, quint32> drawn;
    int onPath = 0;
    for (const canvas::Wire &wire : picture.wires) {
        const auto titleOf = [&](quint32 id) { return bench.kinds().graph().scene().card(id)->title; };
        drawn[{titleOf(wire.from), titleOf(wire.to)}] = wire.count;
        onPath += wire.onPath;
    }
    QVERIFY(!expected.empty());
    QCOMPARE(drawn, expected);
    QCOMPARE(onPath, 3); // File, text, tree, findings.
    QCOMPARE(picture.cards.size(), bench.inspection.kinds().rows().size());
    for (const models::KindRow &row : bench.inspection.kinds().rows()) {
        const canvas::Card *card = bench.kindCard(row.kind);
        QVERIFY(card);
        QCOMPARE(std::accumulate(card->shares.begin(), card->shares.end(), 0U), row.shares.total());
    }
}

void TestLevels::theKindsFitWhateverRoomThereIs()
{
    for (const QSize size : {QSize(900, 600), QSize(1600, 1000), QSize(2560, 1440)}) {
        Levels bench(size);
        pressKey(Qt::Key_8, Qt::AltModifier);
        canvas::GraphCanvas &graph = bench.kinds().graph();
        for (const canvas::Card &card : graph.picture().cards)
            QVERIFY(graph.viewport()->rect().contains(graph.cardArea(card.id)));
        bench.window.resize(size + QSize(-100, 60));
        QCoreApplication::processEvents();
        for (const canvas::Card &card : graph.picture().cards)
            QVERIFY(graph.viewport()->rect().contains(graph.cardArea(card.id)));
    }
}

void TestLevels::theLevelsLeadIntoEachOther()
{
    Levels bench;
    pressKey(Qt::Key_8, Qt::AltModifier);
    canvas::GraphCanvas &kinds = bench.kinds().graph();
    QCOMPARE(QApplication::focusWidget(), &kinds);
    const QString kind = kinds.scene().card(kinds.selection())->title;
    pressKey(Qt::Key_Return);
    QCOMPARE(QApplication::focusWidget(), &bench.matrix().matrix());
    QVERIFY2(bench.nameAtCursor().startsWith(kind + u' '), qPrintable(bench.nameAtCursor()));
    pressKey(Qt::Key_Down);
    QVERIFY(bench.nameAtCursor().startsWith(kind + u' '));
    const QString wanted = bench.nameAtCursor();
    pressKey(Qt::Key_Return);
    QCOMPARE(QApplication::focusWidget(), &bench.window.graph());
    const trace::Node &selected = bench.inspection.store().node(bench.spot().node);
    QVERIFY2(wanted.startsWith(u"%1 %2,"_s.arg(models::toQString(selected.kind),
                                               bench.inspection.shownPath(models::toQString(selected.file)))),
             qPrintable(wanted));
    pressKey(Qt::Key_Backspace);
    QCOMPARE(QApplication::focusWidget(), &bench.matrix().matrix());
    QCOMPARE(bench.nameAtCursor(), wanted);
    pressKey(Qt::Key_Backspace);
    QCOMPARE(QApplication::focusWidget(), &kinds);
    QCOMPARE(kinds.scene().card(kinds.selection())->title, kind);
    pressKey(Qt::Key_1, Qt::AltModifier);
    QCOMPARE(QApplication::focusWidget(), &bench.window.graph());
}

void TestLevels::everyCellSaysWhatBecameOfItsNode()
{
    Levels bench;
    pressKey(Qt::Key_9, Qt::AltModifier);
    const trace::Store &store = bench.inspection.store();
    for (const trace::Revision revision : {1U, 2U, 3U}) {
        bench.inspection.selection().selectRevision(revision);
        QStringList reached;
        pressKey(Qt::Key_Home, Qt::ControlModifier);
        for (QString before; bench.nameAtCursor() != before;) { // Every cell of every row, by keys.
            before = bench.nameAtCursor();
            reached << before;
            pressKey(Qt::Key_Right);
            if (bench.nameAtCursor() == before) {
                pressKey(Qt::Key_Home);
                const QString first = bench.nameAtCursor();
                pressKey(Qt::Key_Down);
                if (bench.nameAtCursor() == first)
                    before = bench.nameAtCursor();
            }
        }
        QStringList expected;
        for (trace::NodeId node = 1; node <= store.lastNode(); ++node)
            expected << u"%1 %2, %3"_s.arg(models::toQString(store.node(node).kind),
                                           bench.inspection.shownPath(models::toQString(store.node(node).file)),
                                           models::outcomeText(store.outcomeAt(node, revision)));
        reached.sort();
        expected.sort();
        QCOMPARE(reached, expected);
    }
}

void TestLevels::aClickOnACellLeadsToItsQuery()
{
    Levels bench;
    pressKey(Qt::Key_9, Qt::AltModifier);
    canvas::MatrixCanvas &matrix = bench.matrix().matrix();
    const QPoint point = matrix.cellArea({.row = 2, .column = 1}).center();
    QVERIFY(matrix.cellAt(point).has_value());
    const QString wanted = bench.matrix().words({.row = 2, .column = 1});
    QTest::mouseClick(matrix.viewport(), Qt::LeftButton, {}, point);
    QVERIFY(bench.window.graph().isVisible());
    QVERIFY(bench.spot().isPinned);
    QVERIFY(wanted.startsWith(models::toQString(bench.inspection.store().node(bench.spot().node).kind) + u' '));
}

void TestLevels::ofTenThousandFilesOnlyTheSeenOnesArePainted()
{
    EventStream stream(3, 10'000);
    Levels bench;
    models::Inspection inspection(u"/shop"_s);
    inspection.take(stream.first());
    while (inspection.pendingCount() > 0)
        inspection.refresh();
    FakeLink link;
    EditorClient client;
    MatrixPage page({inspection, client, link});
    page.resize(1000, 600);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    canvas::MatrixCanvas &matrix = page.matrix();
    const auto paintedBy = [&](auto act) {
        const qint64 before = matrix.paintedItems();
        act();
        matrix.viewport()->repaint();
        return matrix.paintedItems() - before;
    };
    const qint64 most = (600 / 18 + 2) * (4 + 1) + 10; // Four kinds a row, and the titles.
    for (const int value : {0, 100'000, matrix.verticalScrollBar()->maximum()}) {
        const qint64 painted = paintedBy([&] { matrix.verticalScrollBar()->setValue(value); });
        QVERIFY2(painted > 50 && painted <= 2 * most, qPrintable(QString::number(painted)));
    }
    matrix.setFocus();
    QTest::keyClick(&matrix, Qt::Key_End, Qt::ControlModifier);
    QVERIFY(matrix.current());
    QVERIFY(matrix.current()->row >= 9'999);
    QVERIFY(matrix.viewport()->rect().contains(matrix.cellArea(*matrix.current())));
}

void TestLevels::thePicturesHaveOneOrder()
{
    Levels bench;
    pressKey(Qt::Key_8, Qt::AltModifier);
    QStringList listed;
    for (const models::KindRow &row : bench.inspection.kinds().rows())
        listed << row.kind;
    QStringList drawn; // Cards are sorted by column and row.
    for (const canvas::Card &card : bench.kinds().graph().picture().cards)
        drawn << card.title;
    QCOMPARE(drawn, listed);
    pressKey(Qt::Key_9, Qt::AltModifier);
    QCOMPARE(bench.matrix().columnTitles(), listed);
    QStringList columns;
    for (const canvas::Column &column : bench.window.graph().picture().columns)
        columns << column.title;
    QStringList expected = listed;
    expected.removeIf([&](const QString &kind) { return !columns.contains(kind); });
    QCOMPARE(columns, expected);
}

NUAGES_TEST(TestLevels)
#include "tst_levels.moc"
