#include "tests/support/testmain.h"
#include "tests/ui/views/shownwindow.h"

#include "ui/canvas/revisionstrip.h"
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

using namespace nuages;
using namespace nuages::tests;
using namespace Qt::StringLiterals;

namespace {

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
    void findingsOfAPastRevisionAreNotKept();
    void theStripSaysWhereTheHistoryBegins();
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

void TestSessionMenu::findingsOfAPastRevisionAreNotKept()
{
    for (const bool isRecorded : {false, true}) {
        ShownWindow bench;
        if (isRecorded)
            bench.window.setRecorded(u"shop"_s);
        bench.link.answerInitialize();
        const QString path = bench.project.pathOf(2);
        bench.inspection.selectFile(path);
        bench.link.publish(path, "a mistake", 0);
        const auto texts = [&] {
            QStringList all;
            for (const QLabel *label : bench.window.findChildren<QLabel *>())
                all << label->text() + u'|' + label->toolTip();
            return all.join(u'\n');
        };
        auto *findings = bench.window.source().findChild<QListWidget *>();
        QVERIFY(findings);
        QCOMPARE(findings->count(), 1);
        QVERIFY(texts().contains(u"1 findings"_s));
        QVERIFY(!texts().contains(u"findings not kept"_s));
        bench.inspection.selection().selectRevision(2);
        QCOMPARE(findings->count(), 0);
        QVERIFY(texts().contains(u"templates · findings not kept"_s));
        QVERIFY(!texts().contains(u"1 findings"_s));
        bench.inspection.selection().goLive();
        QCOMPARE(findings->count(), 1);
    }
}

void TestSessionMenu::theStripSaysWhereTheHistoryBegins()
{
    MadeUpProject project;
    models::Inspection inspection(project.root());
    FakeLink link;
    views::MainWindow window(inspection, link, project.root());
    trace::Batch base = *project.first();
    base.executions.clear();
    base.commits.clear();
    base.revision = 700;
    Q_EMIT link.traced(std::make_shared<const trace::Batch>(base));
    inspection.refresh();
    QCOMPARE(window.strip().history().bar(0).label, u"history begins"_s);
    QCOMPARE(window.strip().history().bar(0).revision, quint64(700));
}

NUAGES_TEST(TestSessionMenu)
#include "tst_sessionmenu.moc"
