#include "tests/support/testmain.h"
#include "tests/ui/models/eventstream.h"
#include "tests/ui/views/shownwindow.h"

#include "engine/trace/store.h"
#include "ui/canvas/fonts.h"
#include "ui/canvas/graphcanvas.h"
#include "ui/models/querykinds.h"
#include "ui/models/selection.h"
#include "ui/models/text.h"
#include "ui/views/kindspage.h"
#include "ui/views/matrixpage.h"
#include "ui/views/pane.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QMenu>
#include <QScrollBar>
#include <QSet>
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
    void atFirstTheKindsAreSeen();
    void theFirstChangeBringsTheFocus();
    void whatIsPickedBringsTheFocus();
    void whoLooksElsewhereIsLeftThere();
    void cardsArePinnedAndCollapsedByKeysAndMenu();
    void theKindsShowTheirSharesAndTheWayOfTheChange();
    void theCursorStaysOnItsKindWhenOthersComeBeforeIt();
    void theKindsFitWhateverRoomThereIs();
    void theNamesOfManyKindsAreRead();
    void theLevelsLeadIntoEachOther();
    void everyCellSaysWhatBecameOfItsNode();
    void aClickOnACellLeadsToItsQuery();
    void ofTenThousandFilesOnlyTheSeenOnesArePainted();
    void thePicturesHaveOneOrder();
    void pathsThatAreNotThereAreOneRow();
    void aPathThatIsMadeLeavesTheFold();
    void theMatrixIsATableToAScreenReader();
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

/// A window that has seen nothing but the start.
struct JustStarted {
    JustStarted()
    {
        window.resize(1280, 800);
        window.show();
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("no focus to be had");
        tell(project.first());
    }

    void tell(const std::shared_ptr<const trace::Batch> &batch)
    {
        Q_EMIT link.traced(batch);
        inspection.refresh();
        QCoreApplication::processEvents();
    }

    canvas::GraphCanvas &kinds() { return window.findChild<KindsPage *>()->graph(); }

    MadeUpProject project;
    models::Inspection inspection{project.root()};
    FakeLink link;
    MainWindow window{inspection, link, project.root()};
};

} // namespace

void TestLevels::atFirstTheKindsAreSeen()
{
    JustStarted bench;
    QVERIFY(bench.kinds().isVisible());
    QVERIFY(!bench.window.graph().isVisible());
    QCOMPARE(QApplication::focusWidget(), &bench.kinds());
    QCOMPARE(bench.kinds().picture().cards.size(), 4);
}

void TestLevels::theFirstChangeBringsTheFocus()
{
    JustStarted bench;
    bench.tell(bench.project.edit(1));
    QVERIFY(bench.window.graph().isVisible());
    QCOMPARE(QApplication::focusWidget(), &bench.window.graph());
    for (const auto stage : {MadeUpProject::Stamp, MadeUpProject::Text, MadeUpProject::Tree, MadeUpProject::Findings}) {
        const QRect card = bench.window.graph().cardArea(MadeUpProject::idOf(1, stage));
        QVERIFY(bench.window.graph().viewport()->rect().contains(card));
    }
    pressKey(Qt::Key_8, Qt::AltModifier);
    bench.tell(bench.project.edit(2));
    QVERIFY(bench.kinds().isVisible()); // The second change takes nobody away.
}

void TestLevels::whatIsPickedBringsTheFocus()
{
    JustStarted bench;
    pressKey(Qt::Key_3, Qt::AltModifier);
    pressKey(Qt::Key_Down);
    pressKey(Qt::Key_Return);
    QVERIFY(bench.inspection.selection().spot().isPinned);
    QVERIFY(bench.window.graph().isVisible());
    QCOMPARE(QApplication::focusWidget()->objectName(), u"files"_s);
}

void TestLevels::whoLooksElsewhereIsLeftThere()
{
    JustStarted bench;
    pressKey(Qt::Key_9, Qt::AltModifier);
    bench.tell(bench.project.edit(1));
    QVERIFY(bench.window.findChild<MatrixPage *>()->isVisible());
    pressKey(Qt::Key_8, Qt::AltModifier);
    bench.tell(bench.project.edit(2));
    QVERIFY(bench.kinds().isVisible());
}

void TestLevels::cardsArePinnedAndCollapsedByKeysAndMenu()
{
    Levels bench;
    canvas::GraphCanvas &graph = bench.window.graph();
    const quint32 tree = MadeUpProject::idOf(0, MadeUpProject::Tree); // All findings read it.
    bench.inspection.selection().selectNode(tree, bench.project.pathOf(0));
    QCoreApplication::processEvents();
    const auto card = [&] { return graph.scene().card(tree); };
    pressKey(Qt::Key_1, Qt::AltModifier);
    const std::size_t before = graph.picture().cards.size();
    pressKey(Qt::Key_C);
    QVERIFY(card()->isCollapsed);
    QVERIFY(graph.picture().cards.size() < before);
    pressKey(Qt::Key_C);
    QVERIFY(!card()->isCollapsed);
    QCOMPARE(graph.picture().cards.size(), before);
    pressKey(Qt::Key_P);
    QVERIFY(card()->isPinned);

    const auto choose = [&](const QString &entry) {
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
        QCoreApplication::sendEvent(graph.viewport(), &event);
        auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        QVERIFY(menu);
        for (QAction *action : menu->actions()) {
            if (!action->text().startsWith(entry))
                continue;
            menu->setActiveAction(action);
            QTest::keyClick(menu, Qt::Key_Return);
            return;
        }
        QFAIL(qPrintable(entry));
    };
    choose(u"Unpin"_s);
    QVERIFY(!card()->isPinned);
    choose(u"Collapse"_s);
    QVERIFY(card()->isCollapsed);
    choose(u"Show its neighbours again"_s);
    QVERIFY(!card()->isCollapsed);
    choose(u"Pin"_s);
    QVERIFY(card()->isPinned);
    choose(u"Collapse"_s);
    choose(u"Show all"_s);
    QVERIFY(!card()->isCollapsed);
    QCOMPARE(QApplication::focusWidget(), &graph);
}

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

void TestLevels::theCursorStaysOnItsKindWhenOthersComeBeforeIt()
{
    Levels bench;
    pressKey(Qt::Key_8, Qt::AltModifier);
    const auto kindAtCursor = [&] {
        const canvas::GraphCanvas &graph = bench.kinds().graph();
        const canvas::Card *card = graph.scene().card(graph.selection());
        return card ? card->title : QString();
    };
    QCOMPARE(kindAtCursor(), u"Findings"_s);
    bench.inspection.selection().pin(); // Else the next answer is gone to.
    auto batch = std::make_shared<trace::Batch>(*bench.project.edit(0));
    const trace::NodeId last = bench.inspection.store().lastNode();
    batch->nodes.push_back({last + 1, "Alpha", "a", {}, {}, false});
    batch->nodes.push_back({last + 2, "Zeta", "a", {}, {}, false});
    batch->kinds.push_back({"Alpha", false, 1, {}});
    batch->kinds.push_back({"Zeta", false, 1, {}});
    bench.trace(batch);
    const auto &cards = bench.kinds().graph().picture().cards;
    QVERIFY(std::ranges::find(cards, u"Alpha"_s, &canvas::Card::title)
            < std::ranges::find(cards, u"Findings"_s, &canvas::Card::title));
    QCOMPARE(kindAtCursor(), u"Findings"_s);
    const QList<quint32> ids = [&] {
        QList<quint32> found;
        for (const canvas::Card &card : cards)
            found << card.id;
        return found;
    }();
    QCOMPARE(QSet<quint32>(ids.begin(), ids.end()).size(), ids.size());
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

// As many kinds as a real project has: the whole of each name is read but in the smallest window, and most of it there.
void TestLevels::theNamesOfManyKindsAreRead()
{
    auto batch = std::make_shared<trace::Batch>();
    batch->number = batch->revision = 1;
    for (trace::NodeId id = 1; id <= 49; ++id) {
        batch->nodes.push_back({id, "ConfigurationKind" + std::to_string(id), "key", {}, "/shop/a", false});
        batch->memos.push_back({.node = id, .changedAt = 1, .verifiedAt = 1, .reads = {}});
        batch->kinds.push_back({batch->nodes.back().kind, false, 1, {}});
    }
    for (const auto &[size, wanted] : {std::pair(QSize(470, 190), 0.45), std::pair(QSize(700, 330), 0.6),
                                       std::pair(QSize(960, 450), 0.9), std::pair(QSize(1940, 880), 1.0)}) {
        models::Inspection inspection(u"/shop"_s);
        inspection.take(batch);
        inspection.refresh();
        FakeLink link;
        EditorClient client;
        KindsPage page({inspection, client, link});
        page.resize(size);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        canvas::GraphCanvas &graph = page.graph();
        QCOMPARE(graph.picture().cards.size(), 49);
        QVERIFY(!graph.horizontalScrollBar()->isVisible() && !graph.verticalScrollBar()->isVisible());
        for (const canvas::Card &card : graph.picture().cards) {
            const QRect area = graph.cardArea(card.id);
            QVERIFY(graph.viewport()->rect().contains(area));
            QVERIFY(area.height() >= canvas::leastNamed);
            const QFont font = canvas::sized(graph.font(), 9);
            const double room = area.width() - 12 - std::min(12, area.height() - 2);
            const double part = room / QFontMetricsF(font).horizontalAdvance(card.title);
            QVERIFY2(part >= wanted, qPrintable(u"%1 of %2 at %3"_s.arg(part).arg(card.title).arg(size.width())));
        }
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
    const trace::NodeName selected = bench.inspection.store().node(bench.spot().node);
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

namespace {

/// Paths below the project's folder that a query has looked for in vain, as a batch.
std::shared_ptr<trace::Batch> lookedFor(const MadeUpProject &project, const QStringList &paths,
                                        trace::FileRecord::Status status, trace::Revision number)
{
    auto batch = std::make_shared<trace::Batch>();
    batch->number = batch->revision = number;
    trace::NodeId id = MadeUpProject::fileCount * MadeUpProject::StageCount;
    for (const QString &path : paths) {
        const std::string absolute = (project.root() + u'/' + path).toStdString();
        if (number == 4)
            batch->nodes.push_back({++id, "File", path.toStdString(), "status", absolute, true});
        trace::FileRecord record;
        record.path = absolute;
        record.shown = path.toStdString();
        record.status = status;
        record.changedAt = number;
        batch->files.push_back(std::move(record));
    }
    return batch;
}

} // namespace

void TestLevels::pathsThatAreNotThereAreOneRow()
{
    Levels bench;
    pressKey(Qt::Key_9, Qt::AltModifier);
    canvas::MatrixCanvas &matrix = bench.matrix().matrix();
    const canvas::MatrixSource &source = matrix.source();
    const int before = source.rows();
    const QStringList paths{u"accounts/manage.py"_s, u"catalog/manage.py"_s, u"orders/manage.py"_s, u"a.toml"_s};
    bench.trace(lookedFor(bench.project, paths, trace::FileRecord::Status::Absent, 4));
    QCOMPARE(source.rows(), before + 1);
    QVERIFY(source.rowTitle(before).endsWith(u"4 absent paths"_s));
    QVERIFY(source.beginsGroup(before));

    pressKey(Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(matrix.current(), (canvas::MatrixPlace{.row = before, .column = 0}));
    QCOMPARE(bench.nameAtCursor(), u"File 4 absent paths, not even checked (of 4)"_s);
    pressKey(Qt::Key_Return);
    QVERIFY(bench.matrix().isVisible()); // It opens; it leads nowhere.
    QCOMPARE(source.rows(), before + 1 + 4);
    QStringList opened;
    for (int row = before + 1; row < source.rows(); ++row)
        opened << source.rowTitle(row);
    QCOMPARE(opened,
             (QStringList{u"a.toml"_s, u"accounts/manage.py"_s, u"catalog/manage.py"_s, u"orders/manage.py"_s}));
    pressKey(Qt::Key_Down);
    QCOMPARE(bench.nameAtCursor(), u"File a.toml, not even checked"_s);
    pressKey(Qt::Key_Up);
    pressKey(Qt::Key_Return);
    QCOMPARE(source.rows(), before + 1);
    QCOMPARE(matrix.current(), (canvas::MatrixPlace{.row = before, .column = 0}));

    const QPoint title(20, matrix.cellArea({.row = before, .column = 0}).center().y());
    QTest::mouseClick(matrix.viewport(), Qt::LeftButton, {}, title);
    QCOMPARE(source.rows(), before + 1 + 4);
    bench.inspection.selection().selectNode(13, bench.project.root() + u"/accounts/manage.py"_s);
    QCOMPARE(bench.nameAtCursor(), u"File accounts/manage.py, not even checked"_s);
    QTest::mouseClick(matrix.viewport(), Qt::LeftButton, {}, title);
    QCOMPARE(matrix.current()->row, before); // Where it went.
}

void TestLevels::aPathThatIsMadeLeavesTheFold()
{
    Levels bench;
    pressKey(Qt::Key_9, Qt::AltModifier);
    const canvas::MatrixSource &source = bench.matrix().matrix().source();
    const int before = source.rows();
    using Status = trace::FileRecord::Status;
    bench.trace(lookedFor(bench.project, {u"one.html"_s, u"two.html"_s}, Status::Absent, 4));
    QVERIFY(source.rowTitle(source.rows() - 1).endsWith(u"2 absent paths"_s));
    bench.trace(lookedFor(bench.project, {u"two.html"_s}, Status::Disk, 5));
    QCOMPARE(source.rows(), before + 2);
    QVERIFY(source.rowTitle(source.rows() - 1).endsWith(u"1 absent path"_s));
    pressKey(Qt::Key_End, Qt::ControlModifier);
    bench.trace(lookedFor(bench.project, {u"one.html"_s}, Status::Disk, 6));
    QCOMPARE(source.rows(), before + 2);
    QVERIFY(!bench.matrix().matrix().current()); // What it was on is not there any more.
    QStringList titles;
    for (int row = 0; row < source.rows(); ++row)
        titles << source.rowTitle(row);
    QVERIFY(titles.contains(u"one.html"_s) && titles.contains(u"two.html"_s));
    bench.inspection.selection().selectRevision(4); // As it was then.
    QVERIFY(source.rowTitle(source.rows() - 1).endsWith(u"2 absent paths"_s));
}

void TestLevels::theMatrixIsATableToAScreenReader()
{
    Levels bench;
    pressKey(Qt::Key_9, Qt::AltModifier);
    canvas::MatrixCanvas &matrix = bench.matrix().matrix();
    QAccessibleInterface *access = QAccessible::queryAccessibleInterface(&matrix);
    QVERIFY(access);
    QAccessibleTableInterface *table = access->tableInterface();
    QVERIFY(table);
    QCOMPARE(access->role(), QAccessible::Table);
    QCOMPARE(table->rowCount(), matrix.source().rows());
    QCOMPARE(table->columnCount(), matrix.source().columns());
    QCOMPARE(access->childCount(), table->rowCount() * table->columnCount());
    QCOMPARE(table->columnDescription(0), u"File"_s);
    for (int row = 0; row < table->rowCount(); ++row) {
        QCOMPARE(table->rowDescription(row), matrix.source().rowTitle(row));
        for (int column = 0; column < table->columnCount(); ++column) {
            QAccessibleInterface *cell = table->cellAt(row, column);
            QCOMPARE(access->child(access->indexOfChild(cell)), cell);
            QCOMPARE(cell->parent(), access);
            QCOMPARE(cell->tableCellInterface()->rowIndex(), row);
            QCOMPARE(cell->tableCellInterface()->columnIndex(), column);
            const QString name = cell->text(QAccessible::Name);
            const bool isThere = matrix.source().isThere(row, column);
            QCOMPARE(
                name,
                isThere ? bench.matrix().words({.row = row, .column = column})
                        : u"%1 %2, no query"_s.arg(matrix.source().columnTitle(column), matrix.source().rowTitle(row)));
            QCOMPARE(cell->state().focusable, isThere);
            const QPoint middle = cell->rect().center();
            QCOMPARE(access->childAt(middle.x(), middle.y()), isThere ? cell : nullptr);
        }
    }
    pressKey(Qt::Key_Home, Qt::ControlModifier);
    pressKey(Qt::Key_Right);
    QAccessibleInterface *focused = access->focusChild();
    QVERIFY(focused && focused->state().focused && focused->state().selected);
    QCOMPARE(focused->text(QAccessible::Name), bench.nameAtCursor());
    QCOMPARE(table->selectedCells(), QList<QAccessibleInterface *>{focused});

    QAccessibleInterface *last = table->cellAt(table->rowCount() - 1, 0);
    last->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
    QCOMPARE(access->focusChild(), last);
    QVERIFY(!focused->state().focused);
    last->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QVERIFY(bench.window.graph().isVisible()); // As by Enter.
    QVERIFY(bench.spot().isPinned);
}

NUAGES_TEST(TestLevels)
#include "tst_levels.moc"
