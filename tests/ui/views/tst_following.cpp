#include "tests/support/testmain.h"
#include "tests/ui/models/eventstream.h"
#include "tests/ui/views/madeupproject.h"

#include "ui/canvas/graphcanvas.h"
#include "ui/canvas/revisionstrip.h"
#include "ui/models/fileindex.h"
#include "ui/models/focuspicture.h"
#include "ui/models/inspection.h"
#include "ui/models/nodedetails.h"
#include "ui/models/roles.h"
#include "ui/models/selection.h"
#include "ui/models/whychain.h"
#include "ui/views/codeeditor.h"
#include "ui/views/lists.h"
#include "ui/views/mainwindow.h"
#include "ui/views/omnibox.h"
#include "ui/views/sourcepane.h"
#include "ui/views/whypane.h"

#include <QAction>
#include <QApplication>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>

using namespace nuages;
using namespace nuages::views;
using namespace Qt::StringLiterals;
using tests::EventStream;
using tests::FakeLink;
using tests::MadeUpProject;

namespace {

trace::NodeId findingsOf(int file) { return MadeUpProject::idOf(file, MadeUpProject::Findings); }

/// A window that is told of a project and its edits.
struct LiveWindow {
    explicit LiveWindow(QString root = {})
        : inspection(root.isEmpty() ? project.root() : root), window(inspection, link, inspection.root())
    {
        window.resize(1600, 1000);
        window.show();
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("no focus to be had");
    }

    void trace(const std::shared_ptr<const trace::Batch> &batch)
    {
        Q_EMIT link.traced(batch);
        do
            inspection.refresh();
        while (inspection.pendingCount() > 0);
    }

    const models::Spot &spot() { return inspection.selection().spot(); }
    Table *files() { return window.findChild<Table *>(u"files"_s); }

    /// Whether the row of the file that is selected is the current one, and seen.
    bool seesFile()
    {
        const QModelIndex row = files()->currentIndex();
        return row.data(models::FileRole).toString() == spot().file
            && files()->viewport()->rect().contains(files()->visualRect(row).center());
    }

    void click(const QString &path)
    {
        const QModelIndex row = files()->model()->index(inspection.files().rowOf(path), 0);
        QTest::mouseClick(files()->viewport(), Qt::LeftButton, {}, files()->visualRect(row).center());
    }

    QToolButton *followButton()
    {
        for (QToolButton *button : window.findChildren<QToolButton *>()) {
            if (button->defaultAction() && button->defaultAction()->objectName() == u"follow"_s)
                return button;
        }
        qFatal("there is no switch");
    }

    MadeUpProject project;
    models::Inspection inspection;
    FakeLink link;
    MainWindow window;
};

} // namespace

/// What is selected while nobody selects anything, and what happens to all panes when somebody does.
class TestFollowing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin)"_s)); } // The offscreen one.

    void theFirstAnswerIsThereWithoutAClick();
    void eachEditShowsItsAnswer();
    void whatWasPickedStaysUntilEscape();
    void theSwitchShowsAndChangesWhatIsFollowed();
    void aPastRevisionShowsItsOwnAnswer();
    void whoTypesStaysInTheFile();
    void goingBackLeavesOutWhatCameByItself();
    void aFilePickedIsPickedInAllPanes();
    void aFilePickedByNameIsScrolledTo();
    void theFileOfEachAnswerIsScrolledTo();
    void aFileStaysInViewWhenOthersComeBeforeIt();
    void aFileIsInViewAgainWhenNothingIsSearchedFor();
    void theFileIsInViewWhenItsListComesToTheFront();
    void theListOfKindsStandsOnTheKindOfEachAnswer();
    void whoWalksThroughAListIsLeftThere();
};

void TestFollowing::theFirstAnswerIsThereWithoutAClick()
{
    LiveWindow live;
    QCOMPARE(live.spot().node, 0U);
    live.trace(live.project.first());
    QVERIFY(live.spot().node != 0);
    QVERIFY(!live.window.why().sentence().isEmpty());
    QVERIFY(live.inspection.details().rowCount() > 0);
}

void TestFollowing::eachEditShowsItsAnswer()
{
    LiveWindow live;
    live.trace(live.project.first());
    live.trace(live.project.edit(1));
    QCOMPARE(live.spot().node, findingsOf(1));
    QCOMPARE(live.window.source().path(), live.project.pathOf(1));
    live.trace(live.project.edit(2));
    QCOMPARE(live.spot().node, findingsOf(2));
    QCOMPARE(live.window.graph().selection(), findingsOf(2));
    QVERIFY(live.window.why().sentence().startsWith(live.inspection.shownName(findingsOf(2))));
}

void TestFollowing::whatWasPickedStaysUntilEscape()
{
    LiveWindow live;
    live.trace(live.project.first());
    live.trace(live.project.edit(1));
    live.click(live.project.pathOf(0));
    live.trace(live.project.edit(2));
    QCOMPARE(live.spot().node, findingsOf(0));
    QCOMPARE(live.inspection.shownRevision(), 3U); // The view goes on all the same.
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QCOMPARE(live.spot().node, findingsOf(2));
    live.trace(live.project.edit(1));
    QCOMPARE(live.spot().node, findingsOf(1));
}

void TestFollowing::theSwitchShowsAndChangesWhatIsFollowed()
{
    LiveWindow live;
    live.trace(live.project.first());
    QToolButton *button = live.followButton();
    QVERIFY(button->isChecked());
    live.click(live.project.pathOf(0));
    QVERIFY(!button->isChecked());
    live.trace(live.project.edit(2));
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(button->isChecked());
    QCOMPARE(live.spot().node, findingsOf(2));
    QTest::mouseClick(button, Qt::LeftButton); // Off: what is shown stays.
    live.trace(live.project.edit(1));
    QCOMPARE(live.spot().node, findingsOf(2));
}

void TestFollowing::aPastRevisionShowsItsOwnAnswer()
{
    LiveWindow live;
    live.trace(live.project.first());
    live.trace(live.project.edit(1));
    live.trace(live.project.edit(2));
    QTest::mouseClick(&live.window.strip(), Qt::LeftButton, {}, live.window.strip().barArea(2).center());
    QCOMPARE(live.spot().node, findingsOf(1));
    QVERIFY(!live.followButton()->isChecked());
    live.trace(live.project.edit(0)); // It stays where it is.
    QCOMPARE(live.spot().node, findingsOf(1));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QCOMPARE(live.spot().node, findingsOf(0));
    QVERIFY(live.spot().isLive());
}

void TestFollowing::whoTypesStaysInTheFile()
{
    LiveWindow live;
    live.trace(live.project.first());
    live.trace(live.project.edit(1));
    live.window.source().editor().setFocus();
    QTest::keyClicks(QApplication::focusWidget(), u"x"_s);
    live.trace(live.project.edit(2)); // By another program.
    QCOMPARE(live.spot().node, findingsOf(2));
    QCOMPARE(live.window.source().path(), live.project.pathOf(1));
}

void TestFollowing::goingBackLeavesOutWhatCameByItself()
{
    LiveWindow live;
    live.trace(live.project.first());
    live.click(live.project.pathOf(0));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    for (const int file : {1, 2, 1, 2})
        live.trace(live.project.edit(file));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(live.spot().node, findingsOf(0));
}

void TestFollowing::aFilePickedIsPickedInAllPanes()
{
    LiveWindow live;
    live.trace(live.project.first());
    live.trace(live.project.edit(1));
    live.click(live.project.pathOf(2));
    QCOMPARE(live.window.source().path(), live.project.pathOf(2));
    QCOMPARE(live.spot().node, findingsOf(2));
    QCOMPARE(live.window.graph().selection(), findingsOf(2));
    QVERIFY(live.window.why().sentence().startsWith(live.inspection.shownName(findingsOf(2))));
    QCOMPARE(live.inspection.details().rows().at(1).value, u"templates/home.html"_s);
}

void TestFollowing::aFilePickedByNameIsScrolledTo()
{
    LiveWindow live(u"/shop"_s);
    live.trace(EventStream(1, 300).first());
    auto *omnibox = live.window.findChild<Omnibox *>();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_L, Qt::ControlModifier);
    QTest::keyClicks(omnibox, u"0250"_s);
    QTest::keyClick(omnibox, Qt::Key_Return);
    QCOMPARE(live.spot().file, QString::fromStdString(EventStream::pathOf(250)));
    const QModelIndex row = live.files()->currentIndex();
    QCOMPARE(row.siblingAtColumn(0).data().toString(), u"templates/0250.html"_s);
    QVERIFY(live.files()->viewport()->rect().contains(live.files()->visualRect(row).center()));
}

void TestFollowing::theFileOfEachAnswerIsScrolledTo()
{
    LiveWindow live(u"/shop"_s);
    EventStream stream(3, 300);
    live.trace(stream.first());
    for (int edits = 0; edits < 20; ++edits) {
        live.trace(stream.edit());
        QVERIFY2(live.seesFile(), qPrintable(live.spot().file));
    }
}

void TestFollowing::aFileStaysInViewWhenOthersComeBeforeIt()
{
    LiveWindow live(u"/shop"_s);
    const auto whole = EventStream(1, 300).first();
    auto begin = std::make_shared<trace::Batch>(*whole);
    auto rest = std::make_shared<trace::Batch>();
    const auto early = begin->files.begin() + 200;
    rest->number = begin->number + 1;
    rest->revision = begin->revision;
    rest->kinds = begin->kinds;
    rest->files.assign(begin->files.begin(), early);
    begin->files.erase(begin->files.begin(), early);
    live.trace(begin);
    live.inspection.selectFile(QString::fromStdString(EventStream::pathOf(204)));
    QVERIFY(live.seesFile());
    live.trace(rest);
    QCOMPARE(live.files()->model()->rowCount(), 300);
    QVERIFY(live.seesFile());

    live.files()->scrollToTop(); // Who looks elsewhere is left there.
    rest = std::make_shared<trace::Batch>(*rest);
    rest->files.resize(1);
    rest->files[0].path = "/shop/a.html";
    rest->files[0].shown = "a.html";
    ++rest->number;
    live.trace(rest);
    QCOMPARE(live.files()->model()->rowCount(), 301);
    QCOMPARE(live.files()->verticalScrollBar()->value(), 0);
}

void TestFollowing::aFileIsInViewAgainWhenNothingIsSearchedFor()
{
    LiveWindow live(u"/shop"_s);
    live.trace(EventStream(1, 300).first());
    live.inspection.selectFile(QString::fromStdString(EventStream::pathOf(250)));
    auto *omnibox = live.window.findChild<Omnibox *>();
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Escape}) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_L, Qt::ControlModifier);
        QTest::keyClicks(omnibox, u"0250"_s);
        QCOMPARE(live.files()->model()->rowCount(), 1);
        QTest::keyClick(omnibox, key);
        QCOMPARE(live.files()->model()->rowCount(), 300);
        QVERIFY(live.seesFile());
    }
}

void TestFollowing::theFileIsInViewWhenItsListComesToTheFront()
{
    LiveWindow live(u"/shop"_s);
    EventStream stream(3, 300);
    live.trace(stream.first());
    for (int edits = 0; edits < 10; ++edits) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), u">show_requestsPage"_s);
        QCoreApplication::processEvents();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(!live.files()->isVisible());
        live.trace(stream.edit());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_3, Qt::AltModifier);
        QVERIFY(live.files()->isVisible());
        QVERIFY2(live.seesFile(), qPrintable(live.spot().file));
    }
}

void TestFollowing::theListOfKindsStandsOnTheKindOfEachAnswer()
{
    LiveWindow live;
    live.trace(live.project.first());
    const auto *kinds = live.window.findChild<Table *>(u"queries"_s);
    const auto isOnSelected = [&] {
        const QModelIndex row = kinds->currentIndex();
        return row.siblingAtColumn(0).data().toString()
            == QString::fromStdString(std::string(live.inspection.store().node(live.spot().node).kind))
            && kinds->viewport()->rect().contains(kinds->visualRect(row).center());
    };
    live.trace(live.project.edit(1));
    QVERIFY(isOnSelected());
    live.inspection.selection().selectNode(MadeUpProject::idOf(1, MadeUpProject::Tree), {});
    QVERIFY(isOnSelected());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_6, Qt::AltModifier);
    QCOMPARE(QApplication::focusWidget(), kinds);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
    QVERIFY(!isOnSelected());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab); // Whoever leaves it leaves it where it belongs.
    QVERIFY(isOnSelected());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(isOnSelected());
}

void TestFollowing::whoWalksThroughAListIsLeftThere()
{
    LiveWindow live;
    live.trace(live.project.first());
    live.trace(live.project.edit(1));
    live.inspection.selection().pin();
    const auto *kinds = live.window.findChild<Table *>(u"queries"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_6, Qt::AltModifier);
    const int from = kinds->currentIndex().row();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
    QCOMPARE(kinds->currentIndex().row(), from - 1);
    live.trace(live.project.edit(2));
    QCOMPARE(kinds->currentIndex().row(), from - 1);
    live.inspection.selection().selectNode(MadeUpProject::idOf(1, MadeUpProject::Stamp), {}); // It is elsewhere now.
    QCOMPARE(kinds->currentIndex().siblingAtColumn(0).data().toString(), u"File"_s);
}

NUAGES_TEST(TestFollowing)
#include "tst_following.moc"
