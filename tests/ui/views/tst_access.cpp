#include "tests/support/testmain.h"
#include "tests/ui/views/madeupproject.h"
#include "tests/ui/views/shownwindow.h"

#include "ui/canvas/graphcanvas.h"
#include "ui/models/selection.h"
#include "ui/views/lists.h"
#include "ui/views/omnibox.h"
#include "ui/views/page.h"
#include "ui/views/settingsdialog.h"
#include "ui/views/sourcepane.h"
#include "ui/views/whypane.h"

#include <QAbstractScrollArea>
#include <QAccessible>
#include <QApplication>
#include <QDockWidget>
#include <QHeaderView>
#include <QMessageBox>
#include <QTabBar>
#include <QTest>
#include <QToolBar>
#include <QToolButton>

#include <set>

using namespace nuages;
using namespace nuages::tests;
using namespace nuages::views;
using namespace Qt::StringLiterals;

/// What a screen reader hears, and where the Tab key leads.
class TestAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whateverTakesTheFocusHasAName();
    void theDialogsHaveNamesToo();
    void everyCardHasAName();
    void tabLeadsThroughAllAndBack_data();
    void tabLeadsThroughAllAndBack();
    void tabPassesByTheArrowsOfNarrowTabs();
    void tabGoesFromPaneToPaneAsTheyStand();
    void f6GoesFromPaneToPaneAndBack();
    void theKeyOfAPaneShowsIt();
    void aListThatGetsTheFocusPicksNothing();
};

namespace {

QString wordsFor(const QWidget &widget)
{
    return u"%1 %2 in %3"_s.arg(QLatin1StringView(widget.metaObject()->className()), widget.objectName(),
                                widget.parentWidget() ? widget.parentWidget()->objectName() : QString());
}

/// Of all widgets below `top`, seen or not.
QStringList namelessBelow(const QWidget &top, int &count)
{
    QStringList nameless;
    for (QWidget *widget : top.findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || widget->focusProxy() || widget->window() != &top)
            continue; // The last is the list of a choice, which is called as that is.
        ++count;
        const QAccessibleInterface *access = QAccessible::queryAccessibleInterface(widget);
        if (!access || access->text(QAccessible::Name).trimmed().isEmpty())
            nameless << wordsFor(*widget);
    }
    return nameless;
}

/// The bar, the dock or the pane of the graph in which a widget is.
QString placeOf(const MainWindow &window, const QWidget *widget)
{
    for (; widget; widget = widget->parentWidget()) {
        const bool isBar = qobject_cast<const QToolBar *>(widget);
        if (isBar || qobject_cast<const QDockWidget *>(widget))
            return widget->objectName();
        if (widget == window.centralWidget())
            return u"graphPane"_s;
    }
    return {};
}

} // namespace

void TestAccess::whateverTakesTheFocusHasAName()
{
    ShownWindow bench;
    int count = 0;
    QCOMPARE(namelessBelow(bench.window, count).join(u" | "_s), QString());
    QVERIFY2(count > 40, qPrintable(QString::number(count)));
}

void TestAccess::theDialogsHaveNamesToo()
{
    ShownWindow bench;
    for (const auto &[key, modifiers] : {std::pair(Qt::Key_Comma, Qt::KeyboardModifiers(Qt::ControlModifier)),
                                         std::pair(Qt::Key_F1, Qt::KeyboardModifiers())}) {
        bench.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&bench.window));
        bench.window.graph().setFocus();
        pressKey(key, modifiers);
        QDialog *dialog = nullptr;
        for (QDialog *each : bench.window.findChildren<QDialog *>())
            dialog = each->isVisible() ? each : dialog;
        QVERIFY(dialog);
        QVERIFY(!dialog->windowTitle().isEmpty());
        int count = 0;
        QCOMPARE(namelessBelow(*dialog, count).join(u" | "_s), QString());
        QVERIFY(count > 0);
        dialog->close();
    }
}

void TestAccess::everyCardHasAName()
{
    ShownWindow bench;
    bench.inspection.selection().selectNode(MadeUpProject::idOf(1, MadeUpProject::Tree), bench.project.pathOf(1));
    QCoreApplication::processEvents();
    canvas::GraphCanvas &graph = bench.window.graph();
    QAccessibleInterface *access = QAccessible::queryAccessibleInterface(&graph);
    QVERIFY(access);
    std::set<QString> heard;
    for (int child = 0; child < access->childCount(); ++child) {
        if (QAccessibleInterface *card = access->child(child))
            heard.insert(card->text(QAccessible::Name));
    }
    QVERIFY(graph.picture().cards.size() > 5);
    for (const canvas::Card &card : graph.picture().cards) {
        QVERIFY2(std::ranges::any_of(heard, [&](const QString &name) { return name.contains(card.key); }),
                 qPrintable(card.key));
    }
}

void TestAccess::tabLeadsThroughAllAndBack_data()
{
    QTest::addColumn<QString>("page");
    for (const PageEntry &entry : pageEntries())
        QTest::newRow(entry.name) << QString::fromLatin1(entry.name);
}

void TestAccess::tabLeadsThroughAllAndBack()
{
    QFETCH(QString, page);
    ShownWindow bench;
    pressKey(Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), u">show_"_s + page);
    QCoreApplication::processEvents();
    pressKey(Qt::Key_Return);
    QCoreApplication::processEvents();
    bench.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&bench.window));
    auto *shown = bench.window.findChild<Page *>(page);
    QVERIFY(shown && shown->isVisible());
    QCOMPARE(QApplication::focusWidget(), &shown->entry());
    std::set<QWidget *> wanted;
    for (QWidget *widget : bench.window.findChildren<QWidget *>()) {
        const bool takesTab = widget->focusPolicy() & Qt::TabFocus;
        if (takesTab && !widget->focusProxy() && widget->isVisible() && widget->isEnabled()
            && widget->window() == &bench.window)
            wanted.insert(widget);
    }
    const models::Spot spot = bench.spot();
    std::vector<QWidget *> order;
    do {
        order.push_back(QApplication::focusWidget());
        pressKey(Qt::Key_Tab);
    } while (QApplication::focusWidget() != order.front() && order.size() < 100);
    QStringList way;
    for (const QWidget *widget : order)
        way << wordsFor(*widget);
    QVERIFY2(order.size() < 100, qPrintable(way.mid(0, 40).join(u" | "_s)));
    QCOMPARE(std::set<QWidget *>(order.begin(), order.end()).size(), order.size());
    QStringList missed;
    for (QWidget *widget : wanted) {
        if (!std::ranges::contains(order, widget))
            missed << wordsFor(*widget);
    }
    QCOMPARE(missed.join(u" | "_s), QString());
    for (auto back = order.rbegin(); back != order.rend(); ++back) {
        pressKey(Qt::Key_Tab, Qt::ShiftModifier);
        QCOMPARE(QApplication::focusWidget(), *back);
    }
    QVERIFY(bench.spot() == spot); // Who only comes by picks nothing.
}

// The tabs themselves are gone through by the arrow keys.
void TestAccess::tabPassesByTheArrowsOfNarrowTabs()
{
    ShownWindow bench({900, 600});
    pressKey(Qt::Key_2, Qt::ControlModifier);
    dragRightEdge(bench.window, u"whyDock", 250);
    int arrows = 0;
    for (const QTabBar *tabs : bench.window.findChildren<QTabBar *>()) {
        for (const QToolButton *arrow : tabs->findChildren<QToolButton *>())
            arrows += arrow->isVisible();
    }
    QVERIFY(arrows > 0);
    const QWidget *first = QApplication::focusWidget();
    QStringList stops;
    do {
        if (const QWidget *above = QApplication::focusWidget()->parentWidget(); qobject_cast<const QTabBar *>(above))
            stops << wordsFor(*QApplication::focusWidget());
        pressKey(Qt::Key_Tab);
    } while (QApplication::focusWidget() != first && stops.size() < 50);
    QCOMPARE(stops.join(u" | "_s), QString());
}

void TestAccess::tabGoesFromPaneToPaneAsTheyStand()
{
    ShownWindow bench;
    bench.window.findChild<Omnibox *>()->setFocus();
    while (placeOf(bench.window, QApplication::focusWidget()) == "commandBar"_L1)
        pressKey(Qt::Key_Tab);
    QStringList order;
    for (int steps = 0; steps < 100 && !order.contains(u"commandBar"_s); ++steps) {
        const QString place = placeOf(bench.window, QApplication::focusWidget());
        if (order.isEmpty() || order.last() != place)
            order << place;
        pressKey(Qt::Key_Tab);
    }
    QCOMPARE(order.join(u' '),
             u"queriesDock billDock graphPane nodeDock whyDock listsDock sourceDock revisionBar commandBar"_s);
}

void TestAccess::f6GoesFromPaneToPaneAndBack()
{
    ShownWindow bench;
    const auto stepsFromSearch = [&](Qt::KeyboardModifiers modifiers) {
        pressKey(Qt::Key_F, Qt::ControlModifier);
        QStringList order;
        while (order.isEmpty() || order.size() == 1 || order.first() != order.last()) {
            pressKey(Qt::Key_F6, modifiers);
            order << placeOf(bench.window, QApplication::focusWidget());
            if (order.size() > 20)
                break;
        }
        return order;
    };
    QStringList order = stepsFromSearch({});
    QCOMPARE(order.join(u' '),
             u"queriesDock billDock graphPane nodeDock whyDock listsDock sourceDock revisionBar "
             "queriesDock"_s);
    QStringList back = stepsFromSearch(Qt::ShiftModifier);
    order.removeLast();
    back.removeLast();
    QCOMPARE(back, QStringList(order.rbegin(), order.rend()));

    pressKey(Qt::Key_2, Qt::ControlModifier); // What is not there is left out.
    order = stepsFromSearch({});
    QVERIFY(!order.contains(u"sourceDock"_s));
    QVERIFY(order.contains(u"questionsDock"_s));
}

void TestAccess::theKeyOfAPaneShowsIt()
{
    ShownWindow bench;
    pressKey(Qt::Key_2, Qt::ControlModifier);
    QVERIFY(!bench.window.source().isVisible());
    pressKey(Qt::Key_4, Qt::AltModifier);
    QCOMPARE(placeOf(bench.window, QApplication::focusWidget()), u"sourceDock"_s);
    QVERIFY(bench.window.source().isVisible());
    pressKey(Qt::Key_4, Qt::ControlModifier);
    for (const auto &[key, place] : {std::pair(Qt::Key_2, u"whyDock"_s), std::pair(Qt::Key_6, u"queriesDock"_s),
                                     std::pair(Qt::Key_3, u"listsDock"_s)}) {
        pressKey(key, Qt::AltModifier);
        QCOMPARE(placeOf(bench.window, QApplication::focusWidget()), place);
        QVERIFY(QApplication::focusWidget()->isVisible());
    }
    bench.window.why().setCurrentPage(1); // "Why not" is in front.
    pressKey(Qt::Key_1, Qt::AltModifier);
    pressKey(Qt::Key_2, Qt::AltModifier);
    QCOMPARE(QApplication::focusWidget(), &bench.window.why().chain());
}

// A request of the first revision that is told of in the second: no row is the current one until the list has the
// focus.
void TestAccess::aListThatGetsTheFocusPicksNothing()
{
    MadeUpProject project;
    models::Inspection inspection(project.root());
    FakeLink link;
    MainWindow window(inspection, link, project.root());
    window.resize(1600, 1000); // The tabs have room.
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    const auto first = project.first();
    const auto second = std::make_shared<trace::Batch>(*project.edit(1));
    const auto third = std::make_shared<trace::Batch>();
    third->number = second->number + 1;
    third->revision = second->revision;
    third->kinds = second->kinds;
    third->requests.swap(second->requests);
    third->requests.at(0).begun = third->requests.at(0).ended = 1;
    for (const std::shared_ptr<const trace::Batch> &batch :
         {std::shared_ptr<const trace::Batch>(first), std::shared_ptr<const trace::Batch>(second),
          std::shared_ptr<const trace::Batch>(third)}) {
        Q_EMIT link.traced(batch);
        inspection.refresh();
    }
    auto *requests = window.findChild<Table *>(u"requests"_s);
    QCOMPARE(requests->model()->rowCount(), 1);
    QVERIFY(!requests->currentIndex().isValid());
    const models::Spot spot = inspection.selection().spot();
    pressKey(Qt::Key_3, Qt::AltModifier);
    pressKey(Qt::Key_Tab, Qt::ShiftModifier); // The tabs.
    pressKey(Qt::Key_Right);
    pressKey(Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), requests);
    QVERIFY(inspection.selection().spot() == spot);
    pressKey(Qt::Key_Return);
    QCOMPARE(inspection.shownRevision(), 1U);
}

NUAGES_TEST(TestAccess)
#include "tst_access.moc"
