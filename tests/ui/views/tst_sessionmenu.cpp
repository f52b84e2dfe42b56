#include "tests/support/testmain.h"
#include "tests/ui/views/shownwindow.h"

#include "ui/canvas/revisionstrip.h"
#include "ui/models/bill.h"
#include "ui/models/nodedetails.h"
#include "ui/models/querykinds.h"
#include "ui/models/text.h"
#include "ui/models/whychain.h"
#include "ui/views/codeeditor.h"
#include "ui/views/sourcepane.h"

#include <QDialogButtonBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QUrl>

#include <algorithm>
#include <map>

using namespace nuages;
using namespace nuages::tests;
using namespace Qt::StringLiterals;

namespace {

/// Each row as it is read, its columns behind each other.
QStringList textsOf(const QAbstractItemModel &model)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList texts;
        for (int column = 0; column < model.columnCount(); ++column)
            texts << model.index(row, column).data().toString();
        rows << texts.join(u'|');
    }
    return rows;
}

/// Answers the dialog that is open.
void answerDialog(views::MainWindow &window, const QString &path)
{
    auto *dialog = window.findChild<QFileDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    dialog->selectFile(path);
    auto *buttons = dialog->findChild<QDialogButtonBox *>();
    const bool isSaved = dialog->acceptMode() == QFileDialog::AcceptSave;
    QTest::mouseClick(buttons->button(isSaved ? QDialogButtonBox::Save : QDialogButtonBox::Open), Qt::LeftButton);
    QVERIFY(!dialog->isVisible());
}

/// By keys: the menu, then the entry that begins with these words.
void chooseByKeys(views::MainWindow &window, const QString &menuName, const QString &words)
{
    for (QAction *top : window.menuBar()->actions()) {
        if (top->text().remove(u'&') != menuName)
            continue;
        window.menuBar()->setActiveAction(top);
        QMenu *menu = top->menu();
        QVERIFY(QTest::qWaitFor([&] { return menu->isVisible(); }));
        for (int tries = 0; tries < 40; ++tries) {
            if (menu->activeAction() && menu->activeAction()->text().startsWith(words)) {
                QTest::keyClick(menu, Qt::Key_Return);
                return;
            }
            QTest::keyClick(menu, Qt::Key_Down);
        }
    }
    QFAIL(qPrintable(words));
}

void dropOn(views::MainWindow &window, const QString &path)
{
    QMimeData dragged;
    dragged.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &dragged, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&window, &enter);
    if (!enter.isAccepted())
        return;
    QDropEvent drop({10, 10}, Qt::CopyAction, &dragged, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&window, &drop);
}

QString labelsOf(const views::MainWindow &window)
{
    QStringList all;
    for (const QLabel *label : window.findChildren<QLabel *>())
        all << label->text() + u'|' + label->toolTip();
    return all.join(u'\n');
}

/// What was found in a file in a revision, all of it in the second line.
struct Looked {
    QString path;
    trace::Revision revision = 0;
    std::vector<std::string> messages;
};

std::shared_ptr<const trace::Batch> lookedAt(ShownWindow &bench, const std::vector<Looked> &looks)
{
    trace::Batch batch;
    batch.revision = bench.inspection.store().revision();
    batch.kinds = bench.inspection.store().kinds();
    for (const auto &[path, revision, messages] : looks) {
        trace::LookRecord &look = batch.looks.emplace_back();
        look.path = path.toStdString();
        look.revision = revision;
        batch.texts.push_back({look.path, revision, std::make_shared<const std::string>("one\ntwo two\n")});
        for (const std::string &message : messages)
            look.mistakes.push_back(
                {.line = 1, .column = 2, .endLine = 1, .endColumn = 3, .rule = {}, .message = message});
    }
    return std::make_shared<const trace::Batch>(std::move(batch));
}

/// A window that is told of a project only when much has happened to it.
struct LateWindow {
    void tell(const trace::Batch &batch)
    {
        Q_EMIT link.traced(std::make_shared<const trace::Batch>(batch));
        do
            inspection.refresh();
        while (inspection.pendingCount() > 0);
    }

    MadeUpProject project;
    models::Inspection inspection{project.root()};
    FakeLink link;
    views::MainWindow window{inspection, link, project.root()};
};

} // namespace

/// Sessions in the menus, and a window that shows one.
class TestSessionMenu : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { QSettings().remove(u"sessions"_s); }

    void aSessionIsSavedWhereTheUserSays();
    void whatGoesWrongIsShown();
    void withoutARecordingNothingCanBeSaved();
    void aSessionIsOpenedByDialogDropAndMenu();
    void theDemoIsInTheHelpMenu();
    void aRecordedSessionDoesNotType();
    void findingsOfAPastRevisionThatNobodyLookedForAreNotKept();
    void findingsOfAPastRevisionAreThoseThatWereFoundThen();
    void aRecordedSessionCountsWhatItsTraceHas();
    void theStripSaysWhereTheHistoryBegins();
    void theStripSaysWhereTheDetailsBegin();
    void whatIsThinnedIsAskedForAndComesBack();
    void whoStartsForTheFirstTimeIsOfferedTheDemo();
    void whereThereIsNoProjectTheDemoIsOffered();
};

void TestSessionMenu::aSessionIsSavedWhereTheUserSays()
{
    ShownWindow bench;
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"mine.nuages"_s);
    QString saved;
    bench.window.setSaver([&](const QString &where, const std::function<void(QString)> &done) {
        saved = where;
        done({});
    });
    pressKey(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    answerDialog(bench.window, path);
    QCOMPARE(saved, path);
    QCOMPARE(bench.window.findChild<QLabel *>(u"notice"_s)->text(), u"The session is saved in %1."_s.arg(path));
    QCOMPARE(QSettings().value("sessions/recent").toStringList(), QStringList{path});
}

void TestSessionMenu::whatGoesWrongIsShown()
{
    ShownWindow bench;
    const QTemporaryDir folder;
    bench.window.setSaver([](const QString &, const std::function<void(QString)> &done) { done(u"No room."_s); });
    chooseByKeys(bench.window, u"File"_s, u"Save session as"_s);
    answerDialog(bench.window, folder.filePath(u"mine"_s));
    QMessageBox *box = nullptr;
    QVERIFY(QTest::qWaitFor([&] { return (box = bench.window.findChild<QMessageBox *>()) != nullptr; }));
    QCOMPARE(box->text(), u"No room."_s);
    QVERIFY(QSettings().value("sessions/recent").toStringList().isEmpty());
    bench.window.tell(u"Nothing more is recorded."_s);
    QCOMPARE(bench.window.findChild<QLabel *>(u"notice"_s)->text(), u"Nothing more is recorded."_s);
    QVERIFY(bench.window.findChild<QLabel *>(u"notice"_s)->isVisible());
}

void TestSessionMenu::withoutARecordingNothingCanBeSaved()
{
    ShownWindow bench;
    QVERIFY(!bench.action(u"saveSession"_s)->isEnabled());
}

void TestSessionMenu::aSessionIsOpenedByDialogDropAndMenu()
{
    ShownWindow bench;
    const QTemporaryDir folder;
    const auto make = [&](const QString &name) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) ? file.fileName() : QString();
    };
    const QString path = make(u"one.nuages"_s);
    make(u"notes.txt"_s);
    QSignalSpy asked(&bench.window, &views::MainWindow::projectAsked);
    chooseByKeys(bench.window, u"File"_s, u"Open session"_s);
    answerDialog(bench.window, path);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.takeFirst().first().toString(), path);

    dropOn(bench.window, folder.filePath(u"notes.txt"_s));
    QCOMPARE(asked.count(), 0);
    dropOn(bench.window, path);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.takeFirst().first().toString(), path);

    views::MainWindow::rememberSession(path);
    bench.window.setSessionFolder(folder.path());
    const QString two = make(u"two & three.nuages"_s);
    QMenu *recent = nullptr;
    for (QMenu *menu : bench.window.findChildren<QMenu *>()) {
        if (menu->title() == u"Recent sessions"_s)
            recent = menu;
    }
    QVERIFY(recent);
    recent->popup({0, 0});
    QStringList shown;
    for (const QAction *action : recent->actions())
        shown << action->text();
    QCOMPARE(shown, (QStringList{u"one"_s, u"two && three"_s}));
    QTest::keyClick(recent, Qt::Key_Down);
    QTest::keyClick(recent, Qt::Key_Down);
    QTest::keyClick(recent, Qt::Key_Return);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.takeFirst().first().toString(), two);
}

void TestSessionMenu::theDemoIsInTheHelpMenu()
{
    ShownWindow bench;
    QSignalSpy asked(&bench.window, &views::MainWindow::projectAsked);
    chooseByKeys(bench.window, u"Help"_s, u"Recorded session of the demo project"_s);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.first().first().toString(), u":/demo.nuages"_s);
}

void TestSessionMenu::aRecordedSessionDoesNotType()
{
    ShownWindow bench;
    bench.window.setRecorded(u"shop, recorded in May"_s);
    QCOMPARE(bench.window.windowTitle(), u"Nuages: shop, recorded in May"_s);
    QCOMPARE(bench.window.findChild<QLabel *>(u"recording"_s)->text(), u"■ Recorded session"_s);
    bench.inspection.selectFile(bench.project.pathOf(2));
    pressKey(Qt::Key_4, Qt::AltModifier);
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(&bench.window.source().editor()));
    const QString before = bench.window.source().editor().toPlainText();
    const auto sent = bench.link.methods();
    QTest::keyClicks(QApplication::focusWidget(), u"abc"_s);
    QCOMPARE(bench.window.source().editor().toPlainText(), before);
    QCOMPARE(bench.link.methods(), sent);
    for (int revision = 1; revision <= 3; ++revision) {
        bench.inspection.selection().selectRevision(std::uint32_t(revision));
        QVERIFY(bench.window.source().editor().isReadOnly());
    }
}

void TestSessionMenu::findingsOfAPastRevisionThatNobodyLookedForAreNotKept()
{
    ShownWindow bench;
    bench.link.answerInitialize();
    const QString path = bench.project.pathOf(2);
    bench.inspection.selectFile(path);
    bench.link.publish(path, "a mistake", 0);
    const auto *findings = bench.window.source().findChild<QListWidget *>();
    QVERIFY(findings);
    QCOMPARE(findings->count(), 1);
    QVERIFY(labelsOf(bench.window).contains(u"1 finding"_s));
    QVERIFY(!labelsOf(bench.window).contains(u"findings not kept"_s));
    bench.inspection.selection().selectRevision(2);
    QCOMPARE(findings->count(), 0);
    QVERIFY(labelsOf(bench.window).contains(u"templates · findings not kept"_s));
    QVERIFY(!labelsOf(bench.window).contains(u"1 finding"_s));
    bench.inspection.selection().goLive();
    QCOMPARE(findings->count(), 1);
}

void TestSessionMenu::findingsOfAPastRevisionAreThoseThatWereFoundThen()
{
    ShownWindow bench;
    bench.link.answerInitialize();
    const QString path = bench.project.pathOf(2);
    bench.inspection.selectFile(path);
    bench.trace(lookedAt(bench, {{path, 1, {"first"}}, {bench.project.pathOf(0), 1, {"elsewhere", "there"}}}));
    bench.trace(lookedAt(bench, {{path, 3, {"second", "third"}}}));
    bench.link.publish(path, "now", 0);
    auto *findings = bench.window.source().findChild<QListWidget *>();
    const auto shown = [&] {
        QStringList texts;
        for (int row = 0; row < findings->count(); ++row)
            texts << findings->item(row)->text();
        return texts.join(u'|');
    };
    QCOMPARE(shown(), u"1:1  now"_s);
    for (const auto &[revision, expected, note, count] : std::vector<std::tuple<int, QString, QString, QString>>{
             {1, u"2:3  first"_s, u"@ revision 1 · read-only"_s, u"· 3 findings"_s},
             {2, u"2:3  first"_s, u"@ revision 2 · findings of revision 1"_s, u"· 3 findings"_s}}) {
        bench.inspection.selection().selectRevision(std::uint32_t(revision));
        QCOMPARE(shown(), expected);
        QVERIFY2(labelsOf(bench.window).contains(note), qPrintable(labelsOf(bench.window)));
        QVERIFY2(labelsOf(bench.window).contains(count), qPrintable(labelsOf(bench.window)));
    }
    QVERIFY(bench.window.source().editor().isReadOnly());
    findings->setFocus();
    findings->setCurrentRow(0);
    QTest::keyClick(findings, Qt::Key_Return);
    QCOMPARE(bench.window.source().editor().textCursor().blockNumber(), 1);
    QCOMPARE(bench.window.source().editor().textCursor().positionInBlock(), 2);
    bench.inspection.selection().goLive();
    QCOMPARE(shown(), u"1:1  now"_s);
    QVERIFY(labelsOf(bench.window).contains(u"· 1 finding"_s));
}

void TestSessionMenu::aRecordedSessionCountsWhatItsTraceHas()
{
    ShownWindow bench;
    bench.window.setRecorded(u"shop"_s);
    const QString path = bench.project.pathOf(2);
    bench.trace(lookedAt(bench, {{path, 3, {"one", "two"}}}));
    bench.inspection.selectFile(path);
    QVERIFY(labelsOf(bench.window).contains(u"· 2 findings"_s));
    QCOMPARE(bench.window.findingCount(), std::optional<std::size_t>(2));
}

void TestSessionMenu::theStripSaysWhereTheHistoryBegins()
{
    LateWindow bench;
    trace::Batch base = *bench.project.first();
    base.executions.clear();
    base.commits.clear();
    base.revision = 700;
    bench.tell(base);
    QCOMPARE(bench.window.strip().history().bar(0).label, u"history begins"_s);
    QCOMPARE(bench.window.strip().history().bar(0).revision, quint64(700));
}

void TestSessionMenu::theStripSaysWhereTheDetailsBegin()
{
    LateWindow bench;
    trace::Batch base = *bench.project.first();
    base.executions.clear();
    base.revision = 3;
    for (trace::Revision revision = 1; revision <= 3; ++revision)
        base.past.push_back({.revision = revision, .label = "textDocument/didChange", .inputs = {}, .memos = 9});
    base.past.front().counts.at(std::size_t(trace::Outcome::ExecutedNew)) = 7;
    bench.tell(base);
    trace::Batch next;
    next.revision = 4;
    next.kinds = base.kinds;
    bench.tell(next);
    const canvas::History &history = bench.window.strip().history();
    QCOMPARE(history.bar(0).revision, quint64(1));
    QCOMPARE(bench.inspection.store().revision(1)->count(trace::Outcome::ExecutedNew), 7u); // Exact all the same.
    QCOMPARE(history.bar(3).revision, quint64(4));
    QCOMPARE(history.bar(3).label, u"details begin"_s);
}

void TestSessionMenu::whatIsThinnedIsAskedForAndComesBack()
{
    MadeUpProject project;
    models::Inspection inspection(project.root(), {.executions = 10});
    models::Inspection whole(project.root());
    std::map<trace::Revision, trace::RevisionEvents> told;
    for (int step = 0; step < 5; ++step) {
        const auto batch = step == 0 ? project.first() : project.edit(step % 3);
        for (const trace::Execution &execution : batch->executions)
            told[execution.revision].executions.push_back(execution);
        for (models::Inspection *each : {&inspection, &whole}) {
            each->take(batch);
            each->refresh();
        }
    }
    QVERIFY(inspection.store().revision(2)->isThinned);
    QSignalSpy asked(&inspection, &models::Inspection::thinnedShown);
    inspection.selection().selectRevision(2);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(asked.first().first().toUInt(), 2u);
    QSignalSpy refreshed(&inspection, &models::Inspection::refreshed);
    inspection.restore(2, {});
    QCOMPARE(refreshed.count(), 0); // Not all of it.
    const auto isChanged = [](const trace::Execution &each) { return each.outcome == trace::Outcome::ExecutedChanged; };
    const auto changed = std::ranges::find_if(told[2].executions, isChanged);
    QVERIFY(changed != told[2].executions.end());
    inspection.selection().selectNode(changed->node);
    refreshed.clear();
    auto reading = inspection.hold();
    inspection.restore(2, told[2]);
    QCOMPARE(refreshed.count(), 0); // Another thread reads.
    reading.reset();
    QVERIFY(QTest::qWaitFor([&] { return refreshed.count() == 1; }));
    QCOMPARE(inspection.store().executions(2), told[2].executions);
    whole.selection().go(inspection.selection().spot());
    QCOMPARE(textsOf(inspection.kinds()), textsOf(whole.kinds()));
    QCOMPARE(textsOf(inspection.why()), textsOf(whole.why()));
    QCOMPARE(textsOf(inspection.bill()), textsOf(whole.bill()));
    QStringList details = textsOf(whole.details());
    for (QString &row : details) { // What happened to it in later ones is not all kept.
        if (row.startsWith(u"ran|"_s) || row.startsWith(u"durability|"_s))
            row = row.section(u'|', 0, 0) + u'|' + models::notKept();
    }
    details.removeIf([](const QString &row) { return row.startsWith(u"saved so far|"_s); });
    QCOMPARE(textsOf(inspection.details()), details);
    inspection.selection().goLive();
    inspection.selection().selectRevision(2);
    QCOMPARE(asked.count(), 1); // It is there.
}

void TestSessionMenu::whoStartsForTheFirstTimeIsOfferedTheDemo()
{
    QSettings().remove(u"projects/recent"_s);
    {
        ShownWindow bench;
        auto *notice = bench.window.findChild<QLabel *>(u"notice"_s);
        QVERIFY(!notice->isVisible());
        bench.window.rememberProject();
        QVERIFY(notice->isVisible());
        QSignalSpy asked(&bench.window, &views::MainWindow::projectAsked);
        bench.window.findChild<QPushButton *>(u"noticeAct"_s)->setFocus();
        pressKey(Qt::Key_Space);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.first().first().toString(), u":/demo.nuages"_s);
    }
    ShownWindow second;
    second.window.rememberProject();
    QVERIFY(!second.window.findChild<QLabel *>(u"notice"_s)->isVisible());
}

void TestSessionMenu::whereThereIsNoProjectTheDemoIsOffered()
{
    MadeUpProject project;
    models::Inspection inspection(project.root());
    FakeLink link;
    views::MainWindow window(inspection, link, project.root());
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    link.notify("window/showMessage", {{"type", 2}, {"message", "No Django is found for /shop."}});
    auto *act = window.findChild<QPushButton *>(u"noticeAct"_s);
    QVERIFY(act->isVisible());
    QSignalSpy asked(&window, &views::MainWindow::projectAsked);
    act->setFocus();
    pressKey(Qt::Key_Space);
    QCOMPARE(asked.count(), 1);

    ShownWindow bench;
    trace::Batch read;
    read.revision = bench.inspection.store().revision();
    read.nodes.push_back({bench.inspection.store().lastNode() + 1, "Template", "home.html", {}, {}, false});
    bench.trace(std::make_shared<const trace::Batch>(std::move(read)));
    bench.link.notify("window/showMessage", {{"type", 2}, {"message", "Something else."}});
    QVERIFY(!bench.window.findChild<QPushButton *>(u"noticeAct"_s)->isVisible());
}

NUAGES_TEST(TestSessionMenu)
#include "tst_sessionmenu.moc"
