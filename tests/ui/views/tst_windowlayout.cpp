#include "tests/support/testmain.h"
#include "tests/ui/views/madeupproject.h"
#include "tests/ui/views/shownwindow.h"

#include "ui/canvas/graphcanvas.h"
#include "ui/models/inspection.h"
#include "ui/models/selection.h"
#include "ui/views/mainwindow.h"

#include <QDockWidget>
#include <QMenuBar>
#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace nuages;
using namespace nuages::views;
using namespace Qt::StringLiterals;

namespace {

struct Window {
    Window() { window.resize(1400, 900); }

    void show()
    {
        window.show();
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window))
            qFatal("no focus to be had");
    }

    QDockWidget *dock(const char *name) { return window.findChild<QDockWidget *>(QLatin1StringView(name)); }

    bool isAsAtFirst()
    {
        for (const QDockWidget *dock : window.findChildren<QDockWidget *>()) {
            const bool isShown = dock->objectName() != u"questionsDock";
            if (dock->isHidden() == isShown || dock->isFloating())
                return false;
        }
        return window.dockWidgetArea(dock("nodeDock")) == Qt::RightDockWidgetArea && window.size() == QSize(1400, 900);
    }

    tests::MadeUpProject project;
    models::Inspection inspection{project.root()};
    tests::FakeLink link;
    MainWindow window{inspection, link, project.root()};
};

} // namespace

class TestWindowLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();

    void panesComeBackWhereTheyWere();
    void aPerspectiveComesBackAsItIsDefined();
    void eachPerspectiveStaysAsItWasLeft();
    void resetLayoutForgetsThemAll();
    void whatWasPinnedIsPinnedAgain();
    void whatIsPickedCountsMoreThanWhatWasPinned();
    void theLastProjectIsKnown();
    void aStateThatIsNotOursIsPassedOver_data();
    void aStateThatIsNotOursIsPassedOver();

private:
    QTemporaryDir m_folder;
    QString m_nameBefore;
};

void TestWindowLayout::initTestCase()
{
    m_nameBefore = QCoreApplication::organizationName();
    QCoreApplication::setOrganizationName(u"nuages-test"_s);
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
}

void TestWindowLayout::init()
{
    QSettings().clear();
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin)"_s)); // The offscreen one.
}

void TestWindowLayout::cleanupTestCase() { QCoreApplication::setOrganizationName(m_nameBefore); }

void TestWindowLayout::panesComeBackWhereTheyWere()
{
    int width = 0;
    {
        Window before;
        QVERIFY(before.isAsAtFirst());
        before.show();
        QTest::keyClick(&before.window, Qt::Key_3, Qt::ControlModifier);
        before.window.menuBar()->actions().at(2)->menu()->popup({});
        QMenu *view = before.window.menuBar()->actions().at(2)->menu();
        const QPoint place = view->actionGeometry(before.dock("billDock")->toggleViewAction()).center();
        for (int moved = -8; moved < 0; ++moved) // A menu takes no click of a pointer that came from nowhere.
            QTest::mouseMove(view, place + QPoint(moved, 0));
        QTest::mouseClick(view, Qt::LeftButton, {}, place);
        before.window.resize(790, 700);
        QCoreApplication::processEvents();
        const int defined = before.dock("listsDock")->width();
        tests::dragRightEdge(before.window, "listsDock", 60);
        QCoreApplication::processEvents();
        width = before.dock("listsDock")->width();
        QVERIFY(width > defined + 30);
        before.window.saveLayout();
    }
    Window after;
    after.show();
    after.window.restoreLayout();
    QCoreApplication::processEvents();
    QVERIFY(!after.dock("billDock")->isHidden()); // The user showed it in a perspective without it.
    QVERIFY(after.dock("whyDock")->isHidden());
    QCOMPARE(after.window.size(), QSize(790, 700));
    QCOMPARE(after.dock("listsDock")->width(), width);
}

void TestWindowLayout::aPerspectiveComesBackAsItIsDefined()
{
    QMap<QString, int> widths;
    {
        Window before;
        before.window.resize(790, 700); // The screen of the tests is no larger.
        before.show();
        QTest::keyClick(&before.window, Qt::Key_4, Qt::ControlModifier);
        QCoreApplication::processEvents();
        for (const QDockWidget *dock : before.window.findChildren<QDockWidget *>())
            widths[dock->objectName()] = dock->isHidden() ? 0 : dock->width();
        before.window.close();
        before.window.saveLayout(); // As the program does it, once it is closed.
    }
    Window after;
    after.show();
    after.window.restoreLayout();
    QCoreApplication::processEvents();
    for (const QDockWidget *dock : after.window.findChildren<QDockWidget *>())
        QCOMPARE(dock->isHidden() ? 0 : dock->width(), widths[dock->objectName()]);
}

namespace {

QMap<QString, QSize> sizesIn(const MainWindow &window)
{
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    QMap<QString, QSize> sizes;
    for (const QDockWidget *dock : window.findChildren<QDockWidget *>())
        sizes[dock->objectName()] = dock->isHidden() ? QSize() : dock->size();
    return sizes;
}

/// What the user did in the first and in the fourth perspective.
struct Left {
    QMap<QString, QSize> why;
    QMap<QString, QSize> protocol;
};

Left leave(Window &bench)
{
    bench.window.resize(790, 700); // The screen of the tests is no larger.
    bench.show();
    QCoreApplication::processEvents();
    tests::dragRightEdge(bench.window, "queriesDock", 70);
    Left left{.why = sizesIn(bench.window), .protocol = {}};
    QTest::keyClick(&bench.window, Qt::Key_4, Qt::ControlModifier);
    QCoreApplication::processEvents();
    tests::dragRightEdge(bench.window, "listsDock", -60);
    left.protocol = sizesIn(bench.window);
    return left;
}

} // namespace

void TestWindowLayout::eachPerspectiveStaysAsItWasLeft()
{
    Left left;
    {
        Window bench;
        left = leave(bench);
        QVERIFY(left.why != left.protocol);
        QTest::keyClick(&bench.window, Qt::Key_2, Qt::ControlModifier);
        QTest::keyClick(&bench.window, Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(sizesIn(bench.window), left.why);
        QTest::keyClick(&bench.window, Qt::Key_1, Qt::ControlModifier); // It is the one that is shown.
        QCOMPARE(sizesIn(bench.window), left.why);
        QTest::keyClick(&bench.window, Qt::Key_4, Qt::ControlModifier);
        QCOMPARE(sizesIn(bench.window), left.protocol);
        bench.window.saveLayout();
    }
    Window again;
    again.show();
    again.window.restoreLayout();
    QCOMPARE(sizesIn(again.window), left.protocol);
    QTest::keyClick(&again.window, Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(sizesIn(again.window), left.why);
}

void TestWindowLayout::resetLayoutForgetsThemAll()
{
    Window fresh;
    fresh.window.resize(790, 700);
    fresh.show();
    const auto why = sizesIn(fresh.window);
    QTest::keyClick(&fresh.window, Qt::Key_4, Qt::ControlModifier);
    const auto protocol = sizesIn(fresh.window);
    {
        Window bench;
        const Left left = leave(bench);
        QVERIFY(left.why != why && left.protocol != protocol);
        QTest::keyClick(&bench.window, Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), u">reset layout"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(sizesIn(bench.window), protocol);
        QTest::keyClick(&bench.window, Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(sizesIn(bench.window), why);
        bench.window.saveLayout();
    }
    Window again;
    again.show();
    again.window.restoreLayout();
    QCOMPARE(sizesIn(again.window), why);
}

namespace {

void feed(Window &bench)
{
    Q_EMIT bench.link.traced(bench.project.first());
    bench.inspection.refresh();
}

} // namespace

void TestWindowLayout::whatWasPinnedIsPinnedAgain()
{
    const tests::MadeUpProject project;
    const quint32 pinned = tests::MadeUpProject::idOf(1, tests::MadeUpProject::Tree);
    for (const bool isKnownBefore : {false, true}) {
        QSettings().clear();
        QString workspace;
        {
            Window before;
            feed(before);
            before.inspection.selection().selectNode(pinned, before.project.pathOf(1));
            before.window.saveLayout();
            workspace = before.project.root();
        }
        // Each made-up project has a folder of its own; what was pinned in another one is left alone.
        QVariantMap names = QSettings().value("session/pinned").toMap();
        QCOMPARE(names.size(), 1);
        Window after;
        const QString name = names.value(workspace).toString();
        names[after.project.root()] = name;
        QSettings().setValue("session/pinned", names);
        if (isKnownBefore)
            feed(after);
        after.window.restoreLayout();
        if (!isKnownBefore)
            feed(after);
        QCOMPARE(after.inspection.shownName(after.inspection.selection().spot().node), name);
        QVERIFY(after.inspection.selection().spot().isPinned);
        after.inspection.selection().follow();
        after.window.saveLayout();
        QCOMPARE(QSettings().value("session/pinned").toMap().size(), 1); // The other project's.
    }
}

void TestWindowLayout::whatIsPickedCountsMoreThanWhatWasPinned()
{
    for (const bool isLetGo : {false, true}) {
        Window bench;
        QSettings().setValue("session/pinned", QVariantMap{{bench.project.root(), u"Tree(templates/cart.html)"_s}});
        bench.show();
        bench.window.restoreLayout();
        bench.window.graph().setFocus();
        if (isLetGo)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        else
            bench.inspection.selection().selectFile(bench.project.pathOf(2));
        feed(bench);
        const models::Spot &spot = bench.inspection.selection().spot();
        QCOMPARE(spot.isPinned, !isLetGo);
        QVERIFY(bench.inspection.shownName(spot.node) != u"Tree(templates/cart.html)");
    }
}

void TestWindowLayout::theLastProjectIsKnown()
{
    QCOMPARE(MainWindow::lastProject(), QString());
    Window here;
    {
        Window gone;
        here.window.rememberProject();
        gone.window.rememberProject();
        QCOMPARE(MainWindow::lastProject(), gone.project.root());
    }
    QCOMPARE(MainWindow::lastProject(), here.project.root()); // The other folder is no more.
}

void TestWindowLayout::aStateThatIsNotOursIsPassedOver_data()
{
    QTest::addColumn<QVariant>("panes");
    QTest::addColumn<QVariant>("geometry");
    QMainWindow foreign;
    const QByteArray later = foreign.saveState(1'000'000);
    Window own;
    own.dock("billDock")->hide();
    const QByteArray ownLater = own.window.saveState(1'000'000);
    QTest::newRow("none") << QVariant() << QVariant();
    QTest::newRow("empty") << QVariant(QByteArray()) << QVariant(QByteArray());
    QTest::newRow("broken") << QVariant(QByteArray("\xff\x00panes", 7)) << QVariant(QByteArray("\x01\xd9\xd0", 3));
    QTest::newRow("of another type") << QVariant(7) << QVariant(QStringList{u"a"_s, u"b"_s});
    QTest::newRow("of another window") << QVariant(later) << QVariant();
    QTest::newRow("of a later version") << QVariant(ownLater) << QVariant();
}

void TestWindowLayout::aStateThatIsNotOursIsPassedOver()
{
    QFETCH(const QVariant, panes);
    QFETCH(const QVariant, geometry);
    QSettings settings;
    settings.setValue("window/panes1", panes);
    settings.setValue("window/geometry", geometry);
    settings.sync();
    Window window;
    window.window.restoreLayout();
    QVERIFY(window.isAsAtFirst());
}

NUAGES_TEST(TestWindowLayout)
#include "tst_windowlayout.moc"
