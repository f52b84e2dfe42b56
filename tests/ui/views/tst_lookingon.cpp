#include "tests/support/testmain.h"
#include "tests/ui/views/madeupproject.h"

#include "lsp/protocol/message.h"
#include "ui/models/inspection.h"
#include "ui/models/messagelog.h"
#include "ui/models/requests.h"
#include "ui/models/selection.h"
#include "ui/views/codeeditor.h"
#include "ui/views/lists.h"
#include "ui/views/mainwindow.h"
#include "ui/views/sourcepane.h"

#include <boost/json/object.hpp>

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace nuages;
using namespace nuages::views;
using namespace Qt::StringLiterals;
using tests::MadeUpProject;

namespace {

/// A link to a server that somebody else types into.
class EditorsLink final : public link::Link
{
public:
    QString lookedAt() const override { return u"nuages 1, process 5"_s; }
    void send(const QByteArray &body) override { sent.push_back(body); }
    void detach() override
    {
        ++detached;
        Q_EMIT ended(0);
    }

    QByteArrayList sent;
    int detached = 0;
};

struct LookingOn {
    LookingOn()
    {
        window.show();
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("no focus to be had");
        trace(project.first());
    }

    void trace(const std::shared_ptr<const trace::Batch> &batch)
    {
        Q_EMIT link.traced(batch);
        inspection.refresh();
    }

    /// The next revision, by an edit of a file, in which a completion of it is answered.
    void typeAndAsk(int file, trace::RequestId id)
    {
        trace::Batch batch = *project.edit(file);
        batch.texts = {{project.pathOf(file).toStdString(), batch.revision,
                        std::make_shared<std::string>("typed " + std::to_string(batch.revision) + "\n")}};
        for (trace::Execution &execution : batch.executions) {
            if (execution.outcome != trace::Outcome::InputSet)
                execution.request = id;
        }
        batch.requests = {{.id = id,
                           .method = "textDocument/completion",
                           .document = project.pathOf(file).toStdString(),
                           .state = trace::RequestRecord::State::Answered,
                           .begun = batch.revision,
                           .ended = batch.revision,
                           .attempts = 2,
                           .at = 1,
                           .durationNs = 5'000'000,
                           .version = 7,
                           .isNull = true}};
        trace(std::make_shared<const trace::Batch>(std::move(batch)));
    }

    template <class Widget>
    Widget *the(QAnyStringView name)
    {
        return window.findChild<Widget *>(name);
    }
    void command(const char *name) { the<QAction>(name)->trigger(); }

    MadeUpProject project;
    models::Inspection inspection{project.root()};
    EditorsLink link;
    MainWindow window{inspection, link, project.root()};
};

QByteArray bodyOf(const std::string &body) { return QByteArray::fromStdString(body); }

} // namespace

/// The window over the server of an editor.
class TestLookingOn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theServerIsToldNothing();
    void theEditorsTextIsShownAndCannotBeTyped();
    void aRequestLeadsToItsKeyPressAndBack();
    void theProtocolIsFilteredByWordsAndByMethod();
    void theProtocolKeepsTheLatestMessages();
    void runningServersAreListedWhenTheMenuOpens();
    void detachedItKeepsWhatItHas();
    void afterTheEndItMayBeAttachedAgain();
    void theEditorBringsAClosedWindowBack();
};

void TestLookingOn::theServerIsToldNothing()
{
    LookingOn looking;
    looking.typeAndAsk(1, 1);
    looking.window.checkProject();
    Q_EMIT looking.link.messageReceived(bodyOf(protocol::encodeRequest(3, "workspace/configuration", nullptr)));
    looking.window.close();
    QCOMPARE(looking.link.sent, QByteArrayList());
    QVERIFY(looking.window.windowTitle().contains(u"process 5"));
}

void TestLookingOn::theEditorsTextIsShownAndCannotBeTyped()
{
    LookingOn looking;
    looking.typeAndAsk(1, 1);
    looking.inspection.selectFile(looking.project.pathOf(1));
    CodeEditor &editor = looking.window.source().editor();
    QCOMPARE(editor.toPlainText(), u"typed 2\n"_s);
    looking.typeAndAsk(1, 2);
    QCOMPARE(editor.toPlainText(), u"typed 3\n"_s);
    editor.setFocus();
    QTest::keyClicks(QApplication::focusWidget(), u"x"_s);
    QCOMPARE(editor.toPlainText(), u"typed 3\n"_s);
    QVERIFY(editor.isReadOnly());
    looking.inspection.selection().selectRevision(2);
    QCOMPARE(editor.toPlainText(), u"typed 2\n"_s);
    looking.inspection.selection().goLive();
    QCOMPARE(editor.toPlainText(), u"typed 3\n"_s);
    looking.inspection.selectFile(looking.project.pathOf(0)); // Which nobody has opened: the disk's.
    QVERIFY(editor.isReadOnly());
    QVERIFY(!editor.toPlainText().contains(u"typed"));
    QCOMPARE(looking.link.sent, QByteArrayList());
}

void TestLookingOn::aRequestLeadsToItsKeyPressAndBack()
{
    LookingOn looking;
    looking.typeAndAsk(1, 1); // Revision 2.
    looking.typeAndAsk(2, 2);
    looking.typeAndAsk(0, 3);
    auto *requests = looking.the<Table>("requests");
    const auto cell = [requests](int row, int column) {
        return requests->model()->index(row, column).data().toString();
    };
    QCOMPARE(cell(0, models::Requests::VersionColumn), u"7"_s);
    QCOMPARE(cell(0, models::Requests::StateColumn), u"answered: nothing"_s);
    QCOMPARE(cell(0, models::Requests::AttemptsColumn), u"2"_s);
    requests->setFocus();
    requests->setCurrentIndex(requests->model()->index(2, 0));
    QTest::keyClick(requests, Qt::Key_Up);
    const models::Spot spot = looking.inspection.selection().spot();
    QCOMPARE(spot.request, 2u);
    QCOMPARE(spot.revision, std::optional<std::uint32_t>(3));
    QCOMPARE(spot.node, MadeUpProject::idOf(2, MadeUpProject::Findings));
    QCOMPARE(spot.file, looking.project.pathOf(2));
    looking.inspection.selection().selectRevision(2); // A key press, as the strip picks it.
    QCOMPARE(requests->currentIndex().row(), 0);
}

void TestLookingOn::theProtocolIsFilteredByWordsAndByMethod()
{
    LookingOn looking;
    Q_EMIT looking.link.messageSent(bodyOf(protocol::encodeRequest(1, "textDocument/hover", {{"apple", 1}})), 10);
    Q_EMIT looking.link.messageReceived(bodyOf(protocol::encodeResult(1, {{"pear", 1}})), 20);
    Q_EMIT looking.link.messageSent(bodyOf(protocol::encodeNotification("textDocument/didChange", {{"pear", 2}})), 30);
    Q_EMIT looking.link.messageReceived("{", 40);
    auto *messages = looking.the<Table>("protocol");
    const auto methods = [messages] {
        QStringList all;
        for (int row = 0; row < messages->model()->rowCount(); ++row)
            all << messages->model()->index(row, models::MessageLog::MethodColumn).data().toString();
        return all;
    };
    QCOMPARE(methods(),
             (QStringList{u"textDocument/hover"_s, u"textDocument/hover"_s, u"textDocument/didChange"_s, {}}));
    auto *text = looking.the<QLineEdit>("protocolText");
    text->setFocus();
    QTest::keyClicks(text, u"PEAR"_s);
    QCOMPARE(methods(), (QStringList{u"textDocument/hover"_s, u"textDocument/didChange"_s}));
    auto *method = looking.the<QComboBox>("protocolMethod");
    method->setCurrentIndex(method->findData(u"textDocument/hover"_s));
    QCOMPARE(methods(), QStringList{u"textDocument/hover"_s});
    QCOMPARE(messages->model()->index(0, models::MessageLog::KindColumn).data().toString(), u"response 1"_s);
    text->clear();
    QCOMPARE(methods(), (QStringList{u"textDocument/hover"_s, u"textDocument/hover"_s}));
    auto *lost = looking.the<QLabel>("protocolLost");
    QVERIFY(lost->isHidden());
    Q_EMIT looking.link.messagesLost(3);
    Q_EMIT looking.link.messagesLost(4);
    QVERIFY(!lost->isHidden() && lost->text().startsWith(u"7 messages"));
}

void TestLookingOn::theProtocolKeepsTheLatestMessages()
{
    LookingOn looking;
    const auto count = models::MessageLog::capacity + 1'500;
    for (std::size_t at = 0; at < count; ++at)
        Q_EMIT looking.link.messageSent(bodyOf(protocol::encodeNotification("n", {{"at", at}})), qint64(at));
    const auto &rows = looking.window.protocol().rows();
    QVERIFY(rows.size() <= models::MessageLog::capacity);
    QVERIFY(rows.size() > models::MessageLog::capacity / 2);
    QCOMPARE(rows.back().number, count);
    QCOMPARE(rows.front().number, count - rows.size() + 1);
}

void TestLookingOn::runningServersAreListedWhenTheMenuOpens()
{
    LookingOn looking;
    auto *menu = looking.the<QMenu>("servers");
    Q_EMIT menu->aboutToShow();
    QCOMPARE(menu->actions().size(), 1);
    QVERIFY(!menu->actions().first()->isEnabled());
    looking.window.setServers([] { return std::vector<MainWindow::Server>{{8, u"8  /a&b"_s}, {9, u"9  /c"_s}}; });
    Q_EMIT menu->aboutToShow();
    QCOMPARE(menu->actions().size(), 2);
    QCOMPARE(menu->actions().first()->text(), u"8  /a&&b"_s);
    QSignalSpy asked(&looking.window, &MainWindow::serverAsked);
    menu->actions().last()->trigger();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().first().toULongLong(), 9u);
}

void TestLookingOn::detachedItKeepsWhatItHas()
{
    LookingOn looking;
    looking.typeAndAsk(1, 1);
    QVERIFY(looking.the<QAction>("detach")->isEnabled());
    looking.command("detach");
    QCOMPARE(looking.link.detached, 1);
    QVERIFY(!looking.the<QAction>("detach")->isEnabled());
    QCOMPARE(looking.the<QLabel>("recording")->text(), u"Ended"_s);
    QVERIFY(looking.the<QLabel>("notice")->text().contains(u"process 5"));
    QVERIFY(looking.the<QLabel>("notice")->isVisible());
    QCOMPARE(looking.the<Table>("requests")->model()->rowCount(), 1);
}

void TestLookingOn::afterTheEndItMayBeAttachedAgain()
{
    LookingOn looking;
    QVERIFY(!looking.the<QAction>("attachAgain")->isEnabled());
    looking.command("detach");
    QVERIFY(looking.the<QAction>("attachAgain")->isEnabled());
    QSignalSpy asked(&looking.window, &views::MainWindow::attachAgainAsked);
    looking.the<QPushButton>("noticeAct")->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(asked.count(), 1);
}

void TestLookingOn::theEditorBringsAClosedWindowBack()
{
    LookingOn looking;
    looking.window.close();
    QVERIFY(!looking.window.isVisible());
    looking.typeAndAsk(1, 1);
    Q_EMIT looking.link.showAsked();
    QVERIFY(looking.window.isVisible());
    QCOMPARE(looking.inspection.store().revision(), 2u);
}

NUAGES_TEST(TestLookingOn)
#include "tst_lookingon.moc"
