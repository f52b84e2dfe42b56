#include "tests/support/testmain.h"
#include "tests/ui/views/madeupproject.h"

#include "ui/models/inspection.h"
#include "ui/models/selection.h"
#include "ui/views/codeeditor.h"
#include "ui/views/editorclient.h"
#include "ui/views/elidedlabel.h"
#include "ui/views/mainwindow.h"
#include "ui/views/sourcepane.h"

#include <boost/json/object.hpp>

#include <QAbstractItemView>
#include <QApplication>
#include <QDesktopServices>
#include <QDragEnterEvent>
#include <QFile>
#include <QLabel>
#include <QMimeData>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTest>
#include <QUrl>

using namespace nuages;
using namespace nuages::views;
using namespace Qt::StringLiterals;
using tests::FakeLink;
using tests::MadeUpProject;

namespace {

/// A window whose server has answered, over a project that other programs write to.
struct Looking {
    Looking()
    {
        window.show();
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("no focus to be had");
        link.answerInitialize();
        trace(project.first());
    }

    void trace(const std::shared_ptr<const trace::Batch> &batch)
    {
        Q_EMIT link.traced(batch);
        inspection.refresh();
    }

    void write(int file, const QByteArray &text) const
    {
        QFile target(project.pathOf(file));
        if (!target.open(QIODevice::WriteOnly) || target.write(text) != text.size())
            qFatal("no file");
    }

    CodeEditor &editor() { return window.source().editor(); }

    QString statusText()
    {
        QStringList texts;
        for (const ElidedLabel *label : window.statusBar()->findChildren<ElidedLabel *>())
            texts << label->fullText();
        return texts.join(u" | "_s);
    }

    MadeUpProject project;
    models::Inspection inspection{project.root()};
    FakeLink link;
    MainWindow window{inspection, link, project.root()};
};

} // namespace

/// The window as a client: what it asks for by itself, what it leaves alone, and what it shows of the answers.
class TestLooking : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin)"_s)); } // The offscreen one.

    void theWholeProjectIsCheckedFromTheBeginning();
    void itIsCheckedAgainInThePauseAfterAnEdit();
    void theProgressAndTheFindingsAreInTheStatusBar();
    void lookingAtAFileTellsTheServerNothing();
    void whatAnotherProgramWritesIsShown();
    void whatIsTypedWinsOverWhatAnotherProgramWrites();
    void whatTheServerSaysIsShown();
    void whatIsOnlyGoodToKnowDisturbsNobody_data();
    void whatIsOnlyGoodToKnowDisturbsNobody();
    void aDroppedFolderIsAskedFor();
    void aFileOpensInTheUsersEditor();

public Q_SLOTS:
    void openInEditor(const QUrl &url) { m_opened = url; }

private:
    QUrl m_opened;
};

void TestLooking::theWholeProjectIsCheckedFromTheBeginning()
{
    Looking looking;
    QCOMPARE(looking.link.methods(), (QStringList{u"initialize"_s, u"initialized"_s, u"nuages/checkProject"_s}));
}

void TestLooking::itIsCheckedAgainInThePauseAfterAnEdit()
{
    Looking looking;
    const auto asked = [&] { return looking.link.methods().count(u"nuages/checkProject"_s); };
    looking.trace(looking.project.edit(1));
    looking.trace(looking.project.edit(2));
    QCOMPARE(asked(), 1);
    QVERIFY(QTest::qWaitFor([&] { return asked() == 2; }));
    looking.inspection.selectFile(looking.project.pathOf(1)); // No edit.
    looking.trace(looking.project.edit(1));
    QVERIFY(QTest::qWaitFor([&] { return asked() == 3; }));
}

void TestLooking::theProgressAndTheFindingsAreInTheStatusBar()
{
    Looking looking;
    const auto say = [&](boost::json::object value) {
        looking.link.notify("$/progress", {{"token", "check"}, {"value", std::move(value)}});
    };
    say({{"kind", "begin"}, {"title", "Checking templates"}, {"percentage", 0}});
    QVERIFY(looking.statusText().contains(u"Checking templates"_s));
    say({{"kind", "report"}, {"message", "2 of 3"}, {"percentage", 66}});
    QVERIFY(looking.statusText().contains(u"Checking templates: 2 of 3"_s));
    looking.link.publish(looking.project.pathOf(2), "no such tag", 1); // A file that nobody has looked at.
    looking.link.publish(looking.project.root() + u"/settings.py"_s, "cannot be read", 1); // Noted, and no finding.
    say({{"kind", "end"}, {"message", "3 templates checked"}});
    QVERIFY(!looking.statusText().contains(u"Checking"_s));
    QVERIFY2(looking.statusText().contains(u"1 finding"_s), qPrintable(looking.statusText()));
}

void TestLooking::lookingAtAFileTellsTheServerNothing()
{
    Looking looking;
    const QStringList before = looking.link.methods();
    for (const int file : {0, 1, 2, 1})
        looking.inspection.selectFile(looking.project.pathOf(file));
    QCOMPARE(looking.link.methods(), before);
    QVERIFY(!looking.editor().isReadOnly());

    looking.editor().setFocus();
    QTest::keyClicks(QApplication::focusWidget(), u"ab"_s);
    QStringList said = looking.link.methods().mid(before.size());
    said.removeAll(u"nuages/checkProject"_s);
    QCOMPARE(said, (QStringList{u"textDocument/didOpen"_s, u"textDocument/didChange"_s, u"textDocument/didChange"_s}));
    QCOMPARE(looking.link.textOf(looking.project.pathOf(1)), u"ab{# cart.html #}\n<p>{{ shop }}</p>\n"_s);
}

void TestLooking::whatAnotherProgramWritesIsShown()
{
    Looking looking;
    looking.inspection.selectFile(looking.project.pathOf(1));
    looking.write(1, "<p>new</p>\r\n");
    looking.trace(looking.project.edit(1));
    QCOMPARE(looking.editor().toPlainText(), u"<p>new</p>\n"_s);
    QVERIFY(!looking.link.methods().contains(u"textDocument/didOpen"_s));

    looking.editor().setFocus();
    QTest::keyClicks(QApplication::focusWidget(), u"x"_s);
    QCOMPARE(looking.link.textOf(looking.project.pathOf(1)), u"x<p>new</p>\r\n"_s);
}

void TestLooking::whatIsTypedWinsOverWhatAnotherProgramWrites()
{
    Looking looking;
    looking.inspection.selectFile(looking.project.pathOf(1));
    looking.editor().setFocus();
    QTest::keyClicks(QApplication::focusWidget(), u"x"_s);
    looking.write(1, "<p>new</p>\n");
    looking.trace(looking.project.edit(1));
    QCOMPARE(looking.editor().toPlainText(), u"x{# cart.html #}\n<p>{{ shop }}</p>\n"_s);
}

void TestLooking::whatTheServerSaysIsShown()
{
    Looking looking;
    const auto *notice = looking.window.findChild<QLabel *>(u"notice"_s);
    QVERIFY(!notice->isVisible());
    looking.link.notify("window/showMessage", {{"type", 2}, {"message", "No Django is found for /shop."}});
    QVERIFY(notice->isVisible());
    QCOMPARE(notice->text(), u"No Django is found for /shop."_s);
    const auto *messages = looking.window.findChild<QAbstractItemView *>(u"messages"_s);
    QCOMPARE(messages->model()->index(0, 0).data().toString(), notice->text());
}

void TestLooking::whatIsOnlyGoodToKnowDisturbsNobody_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("type");
    QTest::newRow("for the log") << "window/logMessage"_ba << 4;
    QTest::newRow("for the user, and no warning") << "window/showMessage"_ba << 3;
}

void TestLooking::whatIsOnlyGoodToKnowDisturbsNobody()
{
    QFETCH(const QByteArray, method);
    QFETCH(const int, type);
    Looking looking;
    looking.link.notify(method.toStdString(), {{"type", type}, {"message", "/shop is read with Django 4.2."}});
    QVERIFY(!looking.window.findChild<QLabel *>(u"notice"_s)->isVisible());
    const auto *messages = looking.window.findChild<QAbstractItemView *>(u"messages"_s);
    QCOMPARE(messages->model()->index(0, 0).data().toString(), u"/shop is read with Django 4.2."_s);
}

void TestLooking::aDroppedFolderIsAskedFor()
{
    Looking looking;
    QSignalSpy asked(&looking.window, &MainWindow::projectAsked);
    const auto drop = [&](const QString &path) {
        QMimeData dragged;
        dragged.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter({5, 5}, Qt::CopyAction, &dragged, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&looking.window, &enter);
        QDropEvent event({5, 5}, Qt::CopyAction, &dragged, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&looking.window, &event);
        return enter.isAccepted();
    };
    QVERIFY(!drop(looking.project.pathOf(0))); // A file is no project.
    QCOMPARE(asked.size(), 0);
    QVERIFY(drop(looking.project.root()));
    QCOMPARE(asked.takeFirst().first().toString(), looking.project.root());
}

void TestLooking::aFileOpensInTheUsersEditor()
{
    Looking looking;
    QDesktopServices::setUrlHandler(u"file"_s, this, "openInEditor");
    looking.inspection.selectFile(looking.project.pathOf(1));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_E, Qt::ControlModifier);
    QDesktopServices::unsetUrlHandler(u"file"_s);
    QCOMPARE(m_opened, QUrl::fromLocalFile(looking.project.pathOf(1)));
}

NUAGES_TEST(TestLooking)
#include "tst_looking.moc"
