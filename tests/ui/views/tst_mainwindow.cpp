#include "tests/support/testmain.h"
#include "tests/ui/views/madeupproject.h"

#include "ui/canvas/graphcanvas.h"
#include "ui/canvas/revisionstrip.h"
#include "ui/models/fileindex.h"
#include "ui/models/inspection.h"
#include "ui/models/revisions.h"
#include "ui/models/roles.h"
#include "ui/models/selection.h"
#include "ui/models/whychain.h"
#include "ui/views/codeeditor.h"
#include "ui/views/editorclient.h"
#include "ui/views/lists.h"
#include "ui/views/mainwindow.h"
#include "ui/views/sourcepane.h"
#include "ui/views/whypane.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QRegularExpression>
#include <QTest>
#include <QToolBar>
#include <QWidgetAction>

#include <set>

using namespace nuages;
using namespace nuages::views;
using namespace Qt::StringLiterals;
using tests::FakeLink;
using tests::MadeUpProject;

namespace {

/// A window over three revisions of a made-up project: the second edits cart.html, the third home.html.
struct Bench {
    Bench()
    {
        window.resize(1600, 1000);
        window.show();
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("no focus to be had");
        trace(project.first());
        trace(project.edit(1));
        trace(project.edit(2));
    }

    void trace(const std::shared_ptr<const trace::Batch> &batch)
    {
        Q_EMIT link.traced(batch);
        inspection.refresh();
    }

    const models::Spot &spot() { return inspection.selection().spot(); }

    QAction *action(const char *name) { return window.findChild<QAction *>(QLatin1StringView(name)); }
    Table *table(const char *name) { return window.findChild<Table *>(QLatin1StringView(name)); }

    void type(const QString &text)
    {
        Omnibox *omnibox = window.findChild<Omnibox *>();
        omnibox->setFocus();
        QTest::keyClicks(omnibox, text);
        QTest::keyClick(omnibox, Qt::Key_Return);
    }

    MadeUpProject project;
    models::Inspection inspection{project.root()};
    FakeLink link;
    MainWindow window{inspection, link, project.root()};
};

/// To whatever has the focus, as the keyboard does.
void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
{
    QTest::keyClick(QApplication::focusWidget(), key, modifiers);
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aQuestionMarkListsTheKeys();
    void aNarrowListLeavesRoomForPaths();
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin)"_s)); } // The offscreen one.

    void everyWidgetThatTakesTheFocusHasAName();
    void everyCommandHasANameAndKeysOfItsOwn();
    void aClickInAnyPaneMovesTheOneSelection();
    void aSelectedFileIsShownInTheSource();
    void whatIsTypedReachesTheServer();
    void publishedFindingsAreShown();
    void aPausedViewStandsStillAndLosesNothing();
    void bracketsStepThroughTheRevisions();
    void theOmniboxTakesARevisionACommandAndAName();
    void enterOnAKindAsksForItsQueries();
    void aFileItsRevisionAndItsChainAreReachedByKeys();
};

void TestMainWindow::everyWidgetThatTakesTheFocusHasAName()
{
    Bench bench;
    bench.link.publish(bench.project.pathOf(0), "no such tag", 1);
    bench.window.source().open(bench.project.pathOf(0));
    int count = 0;
    for (const Qt::Key perspective : {Qt::Key_4, Qt::Key_3, Qt::Key_2, Qt::Key_1}) {
        press(perspective, Qt::ControlModifier);
        for (const QWidget *widget : bench.window.findChildren<QWidget *>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || widget->focusProxy())
                continue;
            ++count;
            QVERIFY2(!widget->accessibleName().isEmpty(),
                     qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName()));
        }
    }
    QVERIFY(count > 60);
}

void TestMainWindow::everyCommandHasANameAndKeysOfItsOwn()
{
    Bench bench;
    QVERIFY(bench.window.actions().size() > 10);
    std::set<QString> names;
    for (const QToolBar *bar : bench.window.findChildren<QToolBar *>()) {
        for (QAction *action : bar->actions())
            QVERIFY(qobject_cast<QWidgetAction *>(action) || bench.window.actions().contains(action));
    }
    for (const QAction *action : bench.window.actions())
        QVERIFY2(!action->objectName().isEmpty() && names.insert(action->objectName()).second,
                 qPrintable(action->text()));
    std::set<QString> keys;
    for (const QAction *action : bench.window.findChildren<QAction *>()) {
        for (const QKeySequence &sequence : action->shortcuts())
            QVERIFY2(keys.insert(sequence.toString()).second, qPrintable(sequence.toString()));
    }
    QVERIFY(keys.size() > 10);
}

void TestMainWindow::aClickInAnyPaneMovesTheOneSelection()
{
    Bench bench;
    const trace::NodeId tree = MadeUpProject::idOf(2, MadeUpProject::Tree);
    QCoreApplication::processEvents();
    bench.window.graph().fit();
    QTest::mouseClick(bench.window.graph().viewport(), Qt::LeftButton, {},
                      bench.window.graph().cardArea(tree).center());
    QCOMPARE(bench.spot().node, tree);
    QCOMPARE(bench.spot().file, bench.project.pathOf(2));
    QVERIFY(bench.window.why().sentence().startsWith(bench.inspection.shownName(tree)));

    QTest::mouseClick(&bench.window.strip(), Qt::LeftButton, {}, bench.window.strip().barArea(2).center());
    QCOMPARE(bench.spot().revision, std::optional(2U));
    QCOMPARE(bench.inspection.shownRevision(), 2U);

    Table *files = bench.table("files");
    const QModelIndex row = files->model()->index(bench.inspection.files().rowOf(bench.project.pathOf(1)), 0);
    QTest::mouseClick(files->viewport(), Qt::LeftButton, {}, files->visualRect(row).center());
    QCOMPARE(bench.spot().file, bench.project.pathOf(1));
    QCOMPARE(bench.spot().revision, std::optional(2U)); // It stays.
    QCOMPARE(bench.window.source().path(), bench.project.pathOf(1));

    press(Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(bench.spot().file, bench.project.pathOf(2));
    QCOMPARE(files->currentIndex().data().toString(), u"templates/home.html"_s);
}

void TestMainWindow::aSelectedFileIsShownInTheSource()
{
    Bench bench;
    bench.inspection.selection().selectFile(bench.project.pathOf(1));
    QCOMPARE(bench.window.source().path(), bench.project.pathOf(1));
    QCOMPARE(bench.window.source().editor().toPlainText(), u"{# cart.html #}\n<p>{{ shop }}</p>\n"_s);
    QTest::keyClicks(&bench.window.source().editor(), u"x"_s);
    QCOMPARE(bench.link.methods(), QStringList{u"initialize"_s}); // Nothing else may be said yet.
    bench.link.answerInitialize();
    QCOMPARE(bench.link.methods(),
             (QStringList{u"initialize"_s, u"initialized"_s, u"textDocument/didOpen"_s, u"textDocument/didChange"_s,
                          u"nuages/checkProject"_s}));
}

void TestMainWindow::whatIsTypedReachesTheServer()
{
    Bench bench;
    bench.link.answerInitialize();
    bench.inspection.selection().selectFile(bench.project.pathOf(1));
    CodeEditor &editor = bench.window.source().editor();
    editor.setFocus();
    editor.moveCursor(QTextCursor::End);
    QTest::keyClicks(&editor, u"{% if [x] %}"_s); // A bracket is a command elsewhere.
    QTest::keyClick(&editor, Qt::Key_Return);
    const QString typed = u"{# cart.html #}\n<p>{{ shop }}</p>\n{% if [x] %}\n"_s;
    QCOMPARE(editor.toPlainText(), typed);
    QCOMPARE(bench.link.textOf(bench.project.pathOf(1)), typed);
    QVERIFY(bench.spot().isLive());

    QApplication::clipboard()->setText(u"😀\nand more"_s);
    editor.paste();
    QTest::keyClick(&editor, Qt::Key_Backspace);
    QCOMPARE(bench.link.textOf(bench.project.pathOf(1)), typed + u"😀\nand mor"_s);

    bench.inspection.selection().selectFile(bench.project.pathOf(2));
    bench.inspection.selection().selectFile(bench.project.pathOf(1)); // The edits are kept.
    while (editor.document()->isUndoAvailable())
        editor.undo();
    QCOMPARE(bench.link.textOf(bench.project.pathOf(1)), u"{# cart.html #}\n<p>{{ shop }}</p>\n"_s);
}

void TestMainWindow::publishedFindingsAreShown()
{
    Bench bench;
    bench.link.answerInitialize();
    auto *findings = bench.window.findChild<QListWidget *>(u"findings"_s);
    bench.inspection.selection().selectFile(bench.project.pathOf(1));
    bench.link.publish(bench.project.pathOf(2), "of another file", 0);
    QVERIFY(!findings->isVisible());
    bench.link.publish(bench.project.pathOf(1), "no such variable", 1);
    QVERIFY(findings->isVisible());
    QCOMPARE(findings->count(), 1);
    QVERIFY(findings->item(0)->text().contains(u"2:1"_s));
    QVERIFY(findings->item(0)->text().contains(u"no such variable"_s));
    QStringList underlined;
    for (const QTextEdit::ExtraSelection &mark : bench.window.source().editor().extraSelections()) {
        if (mark.format.underlineStyle() == QTextCharFormat::WaveUnderline)
            underlined << mark.cursor.selectedText();
    }
    QCOMPARE(underlined, QStringList{u"<p>"_s});
    findings->setFocus();
    findings->setCurrentRow(0);
    QTest::keyClick(findings, Qt::Key_Return);
    QCOMPARE(bench.window.source().editor().textCursor().blockNumber(), 1);

    bench.inspection.selection().selectFile(bench.project.pathOf(2));
    QCOMPARE(findings->item(0)->text().contains(u"of another file"_s), true);
}

void TestMainWindow::aPausedViewStandsStillAndLosesNothing()
{
    Bench bench;
    auto *recording = bench.window.findChild<QLabel *>(u"recording"_s);
    press(Qt::Key_F8);
    bench.trace(bench.project.edit(1));
    bench.trace(bench.project.edit(2));
    QCOMPARE(bench.inspection.revisions().rowCount(), 3);
    QCOMPARE(bench.window.strip().current(), 3U);
    QVERIFY(recording->text().contains(u"2 new"_s));
    QVERIFY(bench.action("pauseView")->isChecked());
    press(Qt::Key_F8);
    QCOMPARE(bench.inspection.revisions().rowCount(), 5);
    QCOMPARE(bench.window.strip().current(), 5U);
    QVERIFY(!recording->text().contains(u"new"_s));
}

void TestMainWindow::bracketsStepThroughTheRevisions()
{
    Bench bench;
    bench.window.graph().setFocus();
    const auto shownAfter = [&](Qt::Key key) {
        press(key);
        return bench.inspection.shownRevision();
    };
    QCOMPARE(shownAfter(Qt::Key_BracketLeft), 2U);
    QCOMPARE(bench.window.strip().current(), 2U);
    QCOMPARE(shownAfter(Qt::Key_BracketLeft), 1U);
    QCOMPARE(shownAfter(Qt::Key_BracketLeft), 1U); // There is none before.
    QCOMPARE(shownAfter(Qt::Key_BracketRight), 2U);
    QVERIFY(!bench.spot().isLive());
    QCOMPARE(shownAfter(Qt::Key_BracketRight), 3U);
    QVERIFY(bench.spot().isLive()); // The latest is followed again.
}

void TestMainWindow::theOmniboxTakesARevisionACommandAndAName()
{
    Bench bench;
    bench.type(u":2"_s);
    QCOMPARE(bench.spot().revision, std::optional(2U));
    bench.type(u":77"_s); // There is none.
    QCOMPARE(bench.spot().revision, std::optional(2U));
    bench.window.findChild<Omnibox *>()->clear();
    bench.type(u">latest"_s);
    QVERIFY(bench.spot().isLive());
    bench.type(u">pauseView"_s);
    QVERIFY(bench.inspection.isPaused());
    bench.type(u">Pause"_s);
    QVERIFY(!bench.inspection.isPaused());
    bench.type(u"home"_s);
    QCOMPARE(bench.spot().file, bench.project.pathOf(2));
    bench.type(u"tree(templates/c"_s);
    QCOMPARE(bench.spot().node, MadeUpProject::idOf(1, MadeUpProject::Tree));
    QCOMPARE(bench.inspection.selection().filter(), QString());
    bench.type(u"#"_s);
    QTest::keyClick(bench.window.findChild<Omnibox *>(), Qt::Key_Escape);
    QCOMPARE(bench.window.findChild<Omnibox *>()->text(), QString());
}

void TestMainWindow::enterOnAKindAsksForItsQueries()
{
    Bench bench;
    Table *queries = bench.table("queries");
    queries->setFocus();
    QStringList kinds;
    for (int row = 0; row < queries->model()->rowCount(); ++row)
        kinds << queries->model()->index(row, 0).data().toString();
    queries->setCurrentIndex(queries->model()->index(int(kinds.indexOf(u"Tree"_s)), 0));
    QCOMPARE(bench.table("files")->model()->rowCount(), MadeUpProject::fileCount); // Going there hides nothing.
    press(Qt::Key_Return);
    Omnibox *omnibox = bench.window.findChild<Omnibox *>();
    QCOMPARE(omnibox->text(), u"Tree("_s);
    QTest::keyClick(omnibox, Qt::Key_Return);
    QCOMPARE(bench.spot().node, MadeUpProject::idOf(0, MadeUpProject::Tree));
    QCOMPARE(bench.table("files")->model()->rowCount(), MadeUpProject::fileCount);
}

void TestMainWindow::aFileItsRevisionAndItsChainAreReachedByKeys()
{
    Bench bench;
    bench.window.graph().setFocus();
    press(Qt::Key_L, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u"findings(templates/cart"_s);
    press(Qt::Key_Return);
    QCOMPARE(bench.window.source().path(), bench.project.pathOf(1));
    press(Qt::Key_BracketLeft);
    QCOMPARE(bench.inspection.shownRevision(), 2U);
    press(Qt::Key_2, Qt::AltModifier);
    const Tree &chain = bench.window.why().chain();
    QCOMPARE(QApplication::focusWidget(), &chain);
    const QString whole = bench.window.why().sentence();
    const auto line = [&] { return chain.currentIndex().data(models::LineRole).toInt(); };
    QCOMPARE(chain.currentIndex().data(models::NodeRole).toUInt(), MadeUpProject::idOf(1, MadeUpProject::Findings));
    press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(QApplication::clipboard()->text().startsWith(bench.inspection.why().sentence()));
    for (const MadeUpProject::Stage stage : {MadeUpProject::Tree, MadeUpProject::Text, MadeUpProject::Stamp}) {
        press(Qt::Key_Up);
        QCOMPARE(bench.spot().node, MadeUpProject::idOf(1, stage));
    }
    press(Qt::Key_Up);
    QCOMPARE(line(), int(models::WhyRow::Kind::Edit));
    for (int count = 0; count < 3; ++count)
        press(Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(bench.window.why().sentence(), whole);
}

void TestMainWindow::aQuestionMarkListsTheKeys()
{
    Bench bench;
    bench.window.graph().setFocus();
    QTest::keyClick(&bench.window.graph(), '?');
    const auto *list = bench.window.findChild<QMessageBox *>();
    QVERIFY(list);
    QVERIFY(list->text().contains(u"List of keys"_s));
    QVERIFY(list->text().contains(u"F1"_s));
    QVERIFY(list->text().contains(u"times or counts"_s)); // What is no command of the window, too.
}

void TestMainWindow::aNarrowListLeavesRoomForPaths()
{
    Bench bench;
    auto *files = bench.window.findChild<Table *>(u"files"_s);
    QVERIFY(!files->isColumnHidden(models::FileIndex::DurabilityColumn));
    bench.window.resize(900, 700);
    QCoreApplication::processEvents();
    QVERIFY(files->isColumnHidden(models::FileIndex::DurabilityColumn));
    QVERIFY(files->columnWidth(models::FileIndex::PathColumn) >= 120);
}

NUAGES_TEST(TestMainWindow)
#include "tst_mainwindow.moc"
