#include "tests/support/testmain.h"
#include "tests/ui/views/shownwindow.h"

#include "ui/canvas/graphcanvas.h"
#include "ui/canvas/matrixcanvas.h"
#include "ui/canvas/revisionstrip.h"
#include "ui/models/fileindex.h"
#include "ui/models/roles.h"
#include "ui/views/codeeditor.h"
#include "ui/views/elidedlabel.h"
#include "ui/views/pane.h"
#include "ui/views/sourcepane.h"
#include "ui/views/style.h"
#include "ui/views/whypane.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QScreen>
#include <QScrollBar>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QToolBar>
#include <QToolButton>

#include <functional>
#include <map>
#include <set>

using namespace nuages;
using namespace nuages::views;
using namespace Qt::StringLiterals;
using tests::dragRightEdge;
using tests::MadeUpProject;
using tests::pressKey;
using tests::ShownWindow;

/// The window as any program of the desktop: menus, keys, panes and their sizes.
class TestWindowFrame : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin)"_s)); } // The offscreen one.

    void everyCommandIsInAMenuAndHasWords();
    void aCommandIsReachedThroughItsMenu();
    void keysOfTheDesktopMeanWhatTheyMeanThere();
    void theWindowIsClosedByItsKey();
    void editCommandsGoToWhatHasTheFocus();
    void aboutSaysWhichVersion();
    void thePictureIsExported();
    void theLevelThatIsSeenIsExported();

    void aPerspectiveIsTheSameWheneverItIsChosen();
    void resetLayoutUndoesWhatTheUserDid();
    void panesFollowTheWindowUntilTheUserSizesThem();
    void theFirstWindowFitsItsScreen();
    void aClickedCardStaysBelowThePointer();
    void aNodeThatIsSelectedElsewhereBeginsACompactPicture();
    void columnsAndRowsHaveOneOrderInEveryPicture();
    void thePictureFillsALargeWindow();
    void timesAreShownByTheirCommand();
    void aScreenReaderHearsANameForEverything();
    void aLargeFontLosesNothing_data();
    void aLargeFontLosesNothing();
    void theSmallestWindowIsEnoughForEverything();
    void everythingHasRoom_data();
    void everythingHasRoom();
};

namespace {

/// By mouse: the menu, then its entry.
void choose(MainWindow &window, const QString &menuName, const QString &command)
{
    QMenuBar *bar = window.menuBar();
    for (QAction *top : bar->actions()) {
        if (top->text().remove(u'&') != menuName)
            continue;
        QTest::mouseClick(bar, Qt::LeftButton, {}, bar->actionGeometry(top).center());
        QMenu *menu = top->menu();
        QVERIFY(menu->isVisible());
        for (QAction *action : menu->actions()) {
            if (action->objectName() != command)
                continue;
            const QPoint place = menu->actionGeometry(action).center();
            for (int moved = -8; moved < 0; ++moved) // A menu takes no click of a pointer that came from nowhere.
                QTest::mouseMove(menu, place + QPoint(moved, 0));
            QTest::mouseClick(menu, Qt::LeftButton, {}, place);
            return;
        }
    }
    QFAIL(qPrintable(u"no %1 in %2"_s.arg(command, menuName)));
}

std::map<QString, QSize> sizesOfPanes(const MainWindow &window)
{
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    std::map<QString, QSize> sizes;
    for (const QDockWidget *dock : window.findChildren<QDockWidget *>())
        sizes[dock->objectName()] = dock->isVisible() ? dock->size() : QSize();
    return sizes;
}

QStringList clippedLabels(const MainWindow &window)
{
    QStringList found;
    for (const QLabel *label : window.findChildren<QLabel *>()) {
        if (!label->isVisible() || label->text().isEmpty())
            continue;
        const auto *elided = qobject_cast<const ElidedLabel *>(label);
        const bool isShortened = elided && label->text() != elided->fullText();
        if (isShortened && label->toolTip() != elided->fullText())
            found << u"no tool tip: "_s + elided->fullText();
        const QSize need = label->QLabel::sizeHint();
        const bool isCut = label->wordWrap() ? label->heightForWidth(label->width()) > label->height()
                                             : need.width() > label->width() + 1;
        if (isCut)
            found << label->text() + u" %1 of %2"_s.arg(label->width()).arg(need.width());
    }
    return found;
}

/// Buttons that are not in the window, headers that are cut, and figures that would be shortened.
QStringList withoutRoom(const MainWindow &window)
{
    QStringList found = clippedLabels(window);
    for (const QToolButton *button : window.findChildren<QToolButton *>()) {
        if (qobject_cast<const QLineEdit *>(button->parent()))
            continue; // It is there once something is typed.
        const QRect place(button->mapTo(&window, QPoint()), button->size());
        if (button->defaultAction() && (!button->isVisible() || !window.rect().contains(place)))
            found << button->text();
    }
    for (const Table *table : window.findChildren<Table *>()) {
        for (int column = 0; table->isVisible() && column < table->model()->columnCount(); ++column) {
            const QHeaderView *header = table->horizontalHeader();
            if (table->isColumnHidden(column))
                continue;
            if (header->isVisible() && header->sectionSizeHint(column) > table->columnWidth(column))
                found << table->model()->headerData(column, Qt::Horizontal).toString();
            for (int row = 0; row < table->model()->rowCount(); ++row) {
                const QModelIndex cell = table->model()->index(row, column);
                const int alignment = cell.data(Qt::TextAlignmentRole).toInt();
                const int need = table->fontMetrics().horizontalAdvance(cell.data().toString()) + 16;
                const int forGlyph = cell.data(models::OutcomeRole).isValid() ? 20 : 0;
                const bool mayBeShortened = !(alignment & Qt::AlignRight) && table->objectName() != "bill"_L1;
                if (!mayBeShortened && need + forGlyph > table->columnWidth(column))
                    found << cell.data().toString();
            }
        }
    }
    const QStatusBar *status = window.findChild<QStatusBar *>();
    if (!status || !window.rect().contains(QRect(status->pos(), status->size())))
        found << u"status bar"_s;
    return found;
}

} // namespace

void TestWindowFrame::everyCommandIsInAMenuAndHasWords()
{
    ShownWindow bench;
    QSet<QAction *> inMenus;
    QStringList menus;
    for (const QAction *top : bench.window.menuBar()->actions()) {
        menus << top->text().remove(u'&');
        const QList<QAction *> actions = top->menu()->actions();
        inMenus.unite(QSet<QAction *>(actions.begin(), actions.end()));
    }
    QCOMPARE(menus, (QStringList{u"File"_s, u"Edit"_s, u"View"_s, u"Go"_s, u"Help"_s}));
    static const QRegularExpression words(u"^[A-Z][a-z]+"_s);
    for (QAction *action : bench.window.actions()) {
        QVERIFY2(words.match(action->text()).hasMatch(), qPrintable(action->text()));
        QVERIFY2(inMenus.contains(action), qPrintable(action->text()));
    }
    QVERIFY(bench.window.actions().size() > 30);
}

void TestWindowFrame::aCommandIsReachedThroughItsMenu()
{
    ShownWindow bench;
    QVERIFY(!bench.action(u"back"_s)->isEnabled() && !bench.action(u"forward"_s)->isEnabled());
    choose(bench.window, u"View"_s, u"perspectiveProtocol"_s);
    QVERIFY(bench.table(u"requests"_s)->isVisible());
    QVERIFY(!bench.table(u"queries"_s)->isVisible());
    choose(bench.window, u"View"_s, u"show_queriesDock"_s);
    QVERIFY(bench.table(u"queries"_s)->isVisible());
    choose(bench.window, u"Go"_s, u"previousRevision"_s);
    QCOMPARE(bench.inspection.shownRevision(), 2U);
    choose(bench.window, u"View"_s, u"pauseView"_s);
    QVERIFY(bench.inspection.isPaused());
}

void TestWindowFrame::keysOfTheDesktopMeanWhatTheyMeanThere()
{
    ShownWindow bench;
    const auto keysOf = [&](const QString &name) {
        QAction *action = bench.action(name);
        return action ? action->shortcuts() : QList<QKeySequence>();
    };
    const std::pair<QString, QKeySequence::StandardKey> wanted[] = {
        {u"close"_s, QKeySequence::Close},         {u"undo"_s, QKeySequence::Undo},
        {u"copy"_s, QKeySequence::Copy},           {u"paste"_s, QKeySequence::Paste},
        {u"selectAll"_s, QKeySequence::SelectAll}, {u"zoomIn"_s, QKeySequence::ZoomIn},
        {u"zoomOut"_s, QKeySequence::ZoomOut},     {u"search"_s, QKeySequence::Find},
    };
    for (const auto &[name, key] : wanted)
        QVERIFY2(keysOf(name).contains(QKeySequence(key)), qPrintable(name));

    // What the desktop has another meaning for does nothing here.
    pressKey(Qt::Key_P, Qt::ControlModifier);
    QVERIFY(!bench.inspection.isPaused());
    pressKey(Qt::Key_F8);
    QVERIFY(bench.inspection.isPaused());
    pressKey(Qt::Key_F8);
    QVERIFY(!bench.inspection.isPaused());
    pressKey(Qt::Key_F, Qt::ControlModifier);
    QCOMPARE(QApplication::focusWidget(), bench.window.findChild<Omnibox *>());
    const std::pair<Qt::Key, QWidget *> panes[] = {
        {Qt::Key_1, &bench.window.graph()},           {Qt::Key_3, bench.table(u"files"_s)},
        {Qt::Key_4, &bench.window.source().editor()}, {Qt::Key_5, &bench.window.strip()},
        {Qt::Key_6, bench.table(u"queries"_s)},
    };
    for (const auto &[key, pane] : panes) {
        pressKey(key, Qt::AltModifier);
        QCOMPARE(QApplication::focusWidget(), pane);
    }
}

void TestWindowFrame::theWindowIsClosedByItsKey()
{
    for (const Qt::Key key : {Qt::Key_W, Qt::Key_Q}) {
        ShownWindow bench;
        bench.window.graph().setFocus();
        pressKey(key, Qt::ControlModifier);
        QVERIFY2(!bench.window.isVisible(), qPrintable(QKeySequence(key).toString()));
    }
}

void TestWindowFrame::editCommandsGoToWhatHasTheFocus()
{
    ShownWindow bench;
    bench.link.answerInitialize();
    bench.inspection.selection().selectFile(bench.project.pathOf(1));
    CodeEditor &editor = bench.window.source().editor();
    const QString text = editor.toPlainText();
    pressKey(Qt::Key_4, Qt::AltModifier);
    choose(bench.window, u"Edit"_s, u"selectAll"_s);
    choose(bench.window, u"Edit"_s, u"copy"_s);
    QCOMPARE(QApplication::clipboard()->text(), text);
    choose(bench.window, u"Edit"_s, u"cut"_s);
    QCOMPARE(editor.toPlainText(), QString());
    choose(bench.window, u"Edit"_s, u"undo"_s);
    QCOMPARE(editor.toPlainText(), text);

    pressKey(Qt::Key_3, Qt::AltModifier);
    pressKey(Qt::Key_Home);
    pressKey(Qt::Key_C, Qt::ControlModifier);
    QVERIFY2(QApplication::clipboard()->text().startsWith(u"templates/"_s),
             qPrintable(QApplication::clipboard()->text()));
}

void TestWindowFrame::aboutSaysWhichVersion()
{
    QCoreApplication::setApplicationVersion(u"7.8.9"_s);
    ShownWindow bench;
    choose(bench.window, u"Help"_s, u"about"_s);
    const auto *about = bench.window.findChild<QMessageBox *>();
    QVERIFY(about && about->isVisible());
    QVERIFY2(about->text().contains(u"Nuages Inspector 7.8.9"_s), qPrintable(about->text()));
    QCoreApplication::setApplicationVersion({});
}

void TestWindowFrame::thePictureIsExported()
{
    QTemporaryDir folder;
    for (const QString &name : {u"graph.svg"_s, u"graph.png"_s, u"graph.dot"_s, u"graph.json"_s}) {
        ShownWindow bench;
        pressKey(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        auto *dialog = bench.window.findChild<QFileDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        dialog->selectFile(folder.filePath(name));
        auto *save = dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save);
        QTest::mouseClick(save, Qt::LeftButton);
        QVERIFY(!dialog->isVisible());
        QVERIFY(QFileInfo(folder.filePath(name)).size() > 100);
    }
}

void TestWindowFrame::theLevelThatIsSeenIsExported()
{
    QTemporaryDir folder;
    const auto exported = [&](Qt::Key level, const QString &name) {
        ShownWindow bench;
        pressKey(level, Qt::AltModifier);
        pressKey(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        auto *dialog = bench.window.findChild<QFileDialog *>();
        const QStringList proposed = dialog->selectedFiles();
        dialog->selectFile(folder.filePath(name));
        QTest::mouseClick(dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Save), Qt::LeftButton);
        QFile file(folder.filePath(name));
        return std::pair(proposed.value(0).section(u'/', -1),
                         file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                                        : QJsonObject());
    };
    const auto [graph, focus] = exported(Qt::Key_1, u"1.json"_s);
    QCOMPARE(graph, u"graph.svg"_s);
    QCOMPARE(focus[u"columns"_s].toArray().size(), 4);

    const auto [kindsName, kinds] = exported(Qt::Key_8, u"8.json"_s);
    QCOMPARE(kindsName, u"kinds.svg"_s);
    QStringList names;
    for (const QJsonValue &card : kinds[u"cards"_s].toArray()) {
        names << card[u"kind"_s].toString();
        int total = 0;
        for (const QJsonValue &share : card[u"shares"_s].toObject())
            total += share.toInt();
        QCOMPARE(total, MadeUpProject::fileCount);
    }
    names.sort();
    QCOMPARE(names, (QStringList{u"File"_s, u"Findings"_s, u"Text"_s, u"Tree"_s}));

    const auto [matrixName, matrix] = exported(Qt::Key_9, u"9.json"_s);
    QCOMPARE(matrixName, u"matrix.svg"_s);
    QCOMPARE(matrix[u"kinds"_s].toArray().size(), 4);
    const QJsonArray rows = matrix[u"rows"_s].toArray();
    QCOMPARE(rows.size(), MadeUpProject::fileCount);
    QCOMPARE(rows[2][u"file"_s].toString(), u"templates/home.html"_s);
    QCOMPARE(rows[2][u"cells"_s][0][u"outcome"_s].toString(), u"set"_s);
    QCOMPARE(rows[0][u"cells"_s][3][u"outcome"_s].toString(), u"not even checked"_s);
}

void TestWindowFrame::aPerspectiveIsTheSameWheneverItIsChosen()
{
    ShownWindow bench({1280, 800});
    std::map<Qt::Key, std::map<QString, QSize>> first;
    for (const Qt::Key key : {Qt::Key_1, Qt::Key_2, Qt::Key_3, Qt::Key_4}) {
        pressKey(key, Qt::ControlModifier);
        first[key] = sizesOfPanes(bench.window);
    }
    QVERIFY(first[Qt::Key_1] != first[Qt::Key_2] && first[Qt::Key_3] != first[Qt::Key_4]);
    for (const Qt::Key key :
         {Qt::Key_4, Qt::Key_2, Qt::Key_1, Qt::Key_3, Qt::Key_1, Qt::Key_4, Qt::Key_3, Qt::Key_2, Qt::Key_1}) {
        pressKey(key, Qt::ControlModifier);
        QCOMPARE(sizesOfPanes(bench.window), first[key]);
        QCOMPARE(clippedLabels(bench.window), QStringList());
    }
}

void TestWindowFrame::resetLayoutUndoesWhatTheUserDid()
{
    ShownWindow bench({1280, 800});
    const auto before = sizesOfPanes(bench.window);
    dragRightEdge(bench.window, u"queriesDock"_s, 90);
    choose(bench.window, u"View"_s, u"show_nodeDock"_s);
    const auto after = sizesOfPanes(bench.window);
    QVERIFY(after.at(u"queriesDock"_s).width() > before.at(u"queriesDock"_s).width() + 50);
    QCOMPARE(after.at(u"nodeDock"_s), QSize());
    choose(bench.window, u"View"_s, u"resetLayout"_s);
    QCOMPARE(sizesOfPanes(bench.window), before);
}

void TestWindowFrame::panesFollowTheWindowUntilTheUserSizesThem()
{
    ShownWindow fresh({1000, 700});
    const auto small = sizesOfPanes(fresh.window);
    ShownWindow bench({1600, 1000});
    bench.window.resize(1000, 700);
    QCOMPARE(sizesOfPanes(bench.window), small);
    dragRightEdge(bench.window, u"queriesDock"_s, 60);
    const int width = sizesOfPanes(bench.window).at(u"queriesDock"_s).width();
    bench.window.resize(1500, 900);
    QCOMPARE(sizesOfPanes(bench.window).at(u"queriesDock"_s).width(), width);
}

void TestWindowFrame::theFirstWindowFitsItsScreen()
{
    const QScreen &screen = *QGuiApplication::primaryScreen();
    const QSize size = firstSizeOn(screen);
    QVERIFY(size.width() < screen.availableSize().width() && size.height() < screen.availableSize().height());
    QVERIFY(size.width() <= usualSize.width() && size.height() <= usualSize.height());
    const ShownWindow bench;
    const QSize least = bench.window.minimumSizeHint();
    QVERIFY2(least.width() <= 900 && least.height() <= 600,
             qPrintable(u"%1 × %2"_s.arg(least.width()).arg(least.height())));
}

void TestWindowFrame::aClickedCardStaysBelowThePointer()
{
    ShownWindow bench({1280, 800});
    canvas::GraphCanvas &graph = bench.window.graph();
    bench.inspection.selection().selectNode(MadeUpProject::idOf(1, MadeUpProject::Tree), bench.project.pathOf(1));
    QCoreApplication::processEvents();
    int count = 0;
    for (const int file : {2, 0, 1}) {
        for (const auto stage : {MadeUpProject::Findings, MadeUpProject::Stamp, MadeUpProject::Tree}) {
            const quint32 id = MadeUpProject::idOf(file, stage);
            const QRect area = graph.cardArea(id);
            if (!graph.viewport()->rect().contains(area) || graph.cardAt(area.center()) != id)
                continue;
            ++count;
            QTest::mouseClick(graph.viewport(), Qt::LeftButton, {}, area.center());
            QCoreApplication::processEvents();
            QCOMPARE(bench.spot().node, id);
            const QPoint moved = graph.cardArea(id).topLeft() - area.topLeft();
            QVERIFY2(moved.manhattanLength() <= 2,
                     qPrintable(u"%1: %2, %3"_s.arg(bench.inspection.shownName(id)).arg(moved.x()).arg(moved.y())));
        }
    }
    QVERIFY2(count >= 4, qPrintable(QString::number(count)));
}

// Whoever walks through the picture keeps it as it was; whoever comes from a list gets one without empty columns.
void TestWindowFrame::aNodeThatIsSelectedElsewhereBeginsACompactPicture()
{
    ShownWindow bench;
    const canvas::GraphCanvas &graph = bench.window.graph();
    for (int file = 0; file < MadeUpProject::fileCount; ++file) {
        for (int stage = 0; stage < MadeUpProject::StageCount; ++stage) {
            const quint32 node = MadeUpProject::idOf(file, MadeUpProject::Stage(stage));
            bench.inspection.selection().selectNode(node, bench.project.pathOf(file));
            QCoreApplication::processEvents();
            std::set<int> columns;
            std::set<int> rows;
            for (const canvas::Card &card : graph.picture().cards) {
                columns.insert(card.column);
                rows.insert(card.row);
            }
            QCOMPARE(columns.size(), graph.picture().columns.size());
            QCOMPARE(std::ssize(rows), graph.scene().rows());
            QVERIFY(graph.viewport()->rect().contains(graph.cardArea(node)));
        }
    }
}

void TestWindowFrame::columnsAndRowsHaveOneOrderInEveryPicture()
{
    ShownWindow bench;
    std::map<std::pair<QString, QString>, bool> columns;
    std::map<std::pair<quint32, quint32>, bool> rows;
    for (int file = 0; file < MadeUpProject::fileCount; ++file) {
        for (int stage = 0; stage < MadeUpProject::StageCount; ++stage) {
            const quint32 node = MadeUpProject::idOf(file, MadeUpProject::Stage(stage));
            bench.inspection.selection().selectNode(node, bench.project.pathOf(file));
            bench.inspection.selection().selectRevision(1 + quint32(file + stage) % 3);
            const canvas::Picture &picture = bench.window.graph().picture();
            QVERIFY(picture.cards.size() > 3);
            for (const canvas::Card &one : picture.cards) {
                for (const canvas::Card &other : picture.cards) {
                    const auto &kind = picture.columns[std::size_t(one.column)].title;
                    const auto &otherKind = picture.columns[std::size_t(other.column)].title;
                    const bool isLeft = one.column < other.column;
                    QCOMPARE(columns.try_emplace({kind, otherKind}, isLeft).first->second, isLeft);
                    const bool isAbove = one.row < other.row;
                    QCOMPARE(rows.try_emplace({one.id, other.id}, isAbove).first->second, isAbove);
                }
            }
        }
    }
}

void TestWindowFrame::thePictureFillsALargeWindow()
{
    ShownWindow bench({2560, 1440});
    bench.inspection.selection().selectNode(MadeUpProject::idOf(1, MadeUpProject::Tree), bench.project.pathOf(1));
    QCoreApplication::processEvents();
    const canvas::GraphCanvas &graph = bench.window.graph();
    QCOMPARE(graph.zoom(), canvas::GraphCanvas::largestFit); // Twelve cards: they are as large as they may be.
    bench.window.resize(900, 600);
    QCoreApplication::processEvents();
    QVERIFY2(graph.zoom() < 0.8 * canvas::GraphCanvas::largestFit, qPrintable(QString::number(graph.zoom())));
    bench.window.resize(2560, 1440);
    QCoreApplication::processEvents();
    QCOMPARE(graph.zoom(), canvas::GraphCanvas::largestFit);
}

void TestWindowFrame::timesAreShownByTheirCommand()
{
    ShownWindow bench;
    choose(bench.window, u"View"_s, u"showTimes"_s);
    QCOMPARE(bench.window.strip().measure(), canvas::Measure::Time);
    pressKey(Qt::Key_5, Qt::AltModifier);
    pressKey(Qt::Key_T);
    QCOMPARE(bench.window.strip().measure(), canvas::Measure::Count);
    QVERIFY(!bench.action(u"showTimes"_s)->isChecked());
}

void TestWindowFrame::aScreenReaderHearsANameForEverything()
{
    ShownWindow bench;
    bench.inspection.selection().selectNode(MadeUpProject::idOf(1, MadeUpProject::Tree), bench.project.pathOf(1));
    QStringList nameless;
    int count = 0;
    const std::function<void(QAccessibleInterface *)> visit = [&](QAccessibleInterface *each) {
        if (!each || each->state().invisible)
            return;
        // What only holds others, and texts and cells: an empty one has nothing to say.
        static const QSet<int> silent{QAccessible::StaticText,  QAccessible::TreeItem,  QAccessible::Client,
                                      QAccessible::Pane,        QAccessible::ScrollBar, QAccessible::Window,
                                      QAccessible::LayeredPane, QAccessible::Border,    QAccessible::Cell,
                                      QAccessible::Separator,   QAccessible::StatusBar, QAccessible::MenuBar};
        if (!silent.contains(each->role())) {
            ++count;
            if (each->text(QAccessible::Name).isEmpty() && each->text(QAccessible::Value).isEmpty())
                nameless << u"%1 %2 in %3"_s.arg(int(each->role()))
                                .arg(each->object() ? each->object()->objectName() : QString(),
                                     each->parent() ? each->parent()->text(QAccessible::Name) : QString());
        }
        for (int child = 0; child < std::min(each->childCount(), 200); ++child)
            visit(each->child(child));
    };
    visit(QAccessible::queryAccessibleInterface(&bench.window));
    QCOMPARE(nameless.join(u" | "_s), QString());
    QVERIFY2(count > 40, qPrintable(QString::number(count)));
}

void TestWindowFrame::aLargeFontLosesNothing_data()
{
    QTest::addColumn<double>("factor");
    for (const double factor : {1.25, 1.5, 2.0})
        QTest::addRow("%d %%", int(100 * factor)) << factor;
}

// As a desktop gives it whose texts are enlarged.
void TestWindowFrame::aLargeFontLosesNothing()
{
    QFETCH(const double, factor);
    const QFont before = QApplication::font();
    const QPalette palette = QApplication::palette();
    QFont font = before;
    font.setPointSizeF(factor * before.pointSizeF());
    QApplication::setFont(font);
    dress(*qApp, canvas::Theme::light());
    {
        ShownWindow bench({1920, 1200});
        bench.inspection.selection().selectNode(MadeUpProject::idOf(2, MadeUpProject::Findings),
                                                bench.project.pathOf(2));
        QCoreApplication::processEvents();
        QCOMPARE(withoutRoom(bench.window).join(u" | "_s), QString());
        QCOMPARE(bench.window.size(), QSize(1920, 1200));
        const QRect card = bench.window.graph().cardArea(MadeUpProject::idOf(2, MadeUpProject::Findings));
        QVERIFY(card.height() >= 34 * factor * bench.window.graph().zoom() - 2);
        QVERIFY(bench.table(u"files"_s)->rowHeight(0) >= QFontMetrics(font).height());
    }
    qApp->setStyleSheet({});
    QApplication::setPalette(palette);
    QApplication::setFont(before);
}

// Each perspective with each level of the graph, in the font of the desktop.
void TestWindowFrame::theSmallestWindowIsEnoughForEverything()
{
    const QPalette palette = QApplication::palette();
    dress(*qApp, canvas::Theme::light());
    {
        ShownWindow bench({900, 600});
        for (const Qt::Key perspective : {Qt::Key_1, Qt::Key_2, Qt::Key_3, Qt::Key_4}) {
            pressKey(perspective, Qt::ControlModifier);
            for (const Qt::Key level : {Qt::Key_1, Qt::Key_8, Qt::Key_9}) {
                pressKey(level, Qt::AltModifier);
                QCoreApplication::processEvents();
                const QString where = QKeySequence(perspective).toString() + u", "_s + QKeySequence(level).toString();
                QCOMPARE(bench.window.size(), QSize(900, 600));
                QStringList missing = withoutRoom(bench.window);
                if (!bench.window.why().isVisible())
                    missing.removeAll(bench.action(u"follow"_s)->text()); // It is in that pane.
                QVERIFY2(missing.isEmpty(), qPrintable(where + u": "_s + missing.join(u" | "_s)));
                const auto *shown = qobject_cast<QAbstractScrollArea *>(QApplication::focusWidget());
                QVERIFY(shown);
                const QSize room = shown->viewport()->size(); // The lower panes have more of it in some perspectives.
                QVERIFY2(room.width() > 300 && room.height() > 80,
                         qPrintable(u"%1: %2 × %3"_s.arg(where).arg(room.width()).arg(room.height())));
                const QRect inWindow(shown->mapTo(&bench.window, QPoint()), shown->size());
                QVERIFY2(bench.window.rect().contains(inWindow), qPrintable(where));
            }
        }
        const auto *matrix = qobject_cast<const canvas::MatrixCanvas *>(QApplication::focusWidget());
        QVERIFY(matrix);
        const canvas::MatrixPlace last{.row = MadeUpProject::fileCount - 1, .column = 3};
        QVERIFY(matrix->viewport()->rect().contains(matrix->cellArea(last)));
    }
    qApp->setStyleSheet({});
    QApplication::setPalette(palette);
}

void TestWindowFrame::everythingHasRoom_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("isDressed");
    for (const QSize size : {QSize(900, 600), QSize(1280, 800), QSize(1600, 1000), QSize(2560, 1440)}) {
        for (const bool isDressed : {false, true})
            QTest::addRow("%d × %d%s", size.width(), size.height(), isDressed ? ", dressed" : "") << size << isDressed;
    }
}

void TestWindowFrame::everythingHasRoom()
{
    QFETCH(const QSize, size);
    QFETCH(const bool, isDressed);
    const QPalette palette = QApplication::palette();
    if (isDressed)
        dress(*qApp, canvas::Theme::light());
    {
        ShownWindow bench(size);
        bench.inspection.selection().selectNode(MadeUpProject::idOf(2, MadeUpProject::Findings),
                                                bench.project.pathOf(2));
        QCoreApplication::processEvents();
        QCOMPARE(bench.window.size(), size);
        QCOMPARE(withoutRoom(bench.window).join(u" | "_s), QString());
        for (const ElidedLabel *label : bench.window.findChild<QStatusBar *>()->findChildren<ElidedLabel *>())
            QVERIFY2(size.width() < 1280 || label->text() == label->fullText(), qPrintable(label->text()));
        const Table *files = bench.table(u"files"_s);
        QVERIFY(files->columnWidth(models::FileIndex::PathColumn) >= 120);
        for (const canvas::Card &card : bench.window.graph().picture().cards) { // Seen, or scrolled to.
            const QRect area = bench.window.graph().cardArea(card.id);
            const QScrollBar *bar = bench.window.graph().horizontalScrollBar();
            QVERIFY(area.right() <= bench.window.graph().viewport()->width() + bar->maximum() - bar->value());
            QCOMPARE(bar->isVisible(), bar->maximum() > bar->minimum());
        }
    }
    qApp->setStyleSheet({});
    QApplication::setPalette(palette);
}

NUAGES_TEST(TestWindowFrame)
#include "tst_windowframe.moc"
