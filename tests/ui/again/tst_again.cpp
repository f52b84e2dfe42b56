#include "app/inspector/attached.h"
#include "tests/support/program.h"
#include "tests/support/testmain.h"
#include "tests/ui/attach/watching.h"
#include "ui/models/inspection.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

using namespace nuages;
using namespace nuages::tests;
using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 60'000;

views::MainWindow *shownWindow()
{
    const QWidgetList all = QApplication::topLevelWidgets();
    const auto found = std::ranges::find_if(
        all, [](QWidget *each) { return each->isVisible() && qobject_cast<views::MainWindow *>(each); });
    return found == all.end() ? nullptr : qobject_cast<views::MainWindow *>(*found);
}

bool comes(const std::function<bool()> &condition) { return QTest::qWaitFor(condition, patienceMs); }

QPushButton *buttonOf(const views::MainWindow &window) { return window.findChild<QPushButton *>(u"noticeAct"_s); }

/// Whether a window shows what a server does.
bool isTold()
{
    views::MainWindow *window = shownWindow();
    return window && !buttonOf(*window)->isVisible() && window->inspection().store().lastNode() > 0;
}

/// By the menu that the keys open.
bool detachByKeys()
{
    QMenuBar *bar = shownWindow()->menuBar();
    QMenu *menu = bar->actions().front()->menu();
    bar->setActiveAction(bar->actions().front());
    if (!comes([menu] { return menu->isVisible(); }))
        return false;
    for (qsizetype tries = menu->actions().size(); tries > 0; --tries) {
        if (menu->activeAction() && menu->activeAction()->objectName() == "detach"_L1) {
            QTest::keyClick(menu, Qt::Key_Return);
            return true;
        }
        QTest::keyClick(menu, Qt::Key_Down);
    }
    return false;
}

/// Presses the button beside the message, as the keyboard does, when it is there.
bool pressAgain()
{
    if (!comes([] { return shownWindow() && buttonOf(*shownWindow())->isVisible(); }))
        return false;
    shownWindow()->activateWindow();
    buttonOf(*shownWindow())->setFocus();
    if (!comes([] { return QApplication::focusWidget() == buttonOf(*shownWindow()); }))
        return false;
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    return true;
}

} // namespace

/// Whoever looks on may do so again, in the same place.
class TestAgain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void afterDetachingAndAfterANewStart();
};

void TestAgain::afterDetachingAndAfterANewStart()
{
    const Meeting meeting;
    qputenv("XDG_RUNTIME_DIR", meeting.file(u"run"_s).toUtf8());
    const auto serve = [&] {
        auto client = std::make_unique<ServeClient>(nuagesProgram(), meeting.environment(), Transport::Stdio,
                                                    QStringLiteral(NUAGES_DEMO), QStringList{u"serve"_s});
        Typist typist(*client);
        typist.begin();
        typist.open();
        typist.complete();
        return client;
    };
    std::unique_ptr<ServeClient> client = serve();
    QVERIFY(meeting.comesTo(client->processId()));

    std::vector<QRect> places;
    std::vector<trace::NodeId> nodes;
    QString stoppedAt = u"the beginning"_s;
    const auto live = [&] {
        const auto see = [&] {
            places.push_back(shownWindow()->geometry());
            nodes.push_back(shownWindow()->inspection().store().lastNode());
        };
        if (!comes(isTold))
            return;
        shownWindow()->resize(1111, 777);
        see();
        stoppedAt = u"detaching"_s;
        if (!detachByKeys() || !pressAgain() || !comes(isTold))
            return;
        see();
        stoppedAt = u"a new start"_s;
        Typist(*client).leave();
        client = serve();
        if (!meeting.comesTo(client->processId()) || !pressAgain() || !comes(isTold))
            return;
        see();
        stoppedAt.clear();
    };
    QTimer::singleShot(0, [&] {
        live();
        QApplication::closeAllWindows();
        QCoreApplication::exit(0);
    });
    int recorded = 0;
    const auto code = app::runAttached({
        .id = {},
        .size = {},
        .record = [&](link::Link &, views::MainWindow &, const QString &) -> std::shared_ptr<void> {
            ++recorded;
            return nullptr;
        },
        .finish = nullptr,
    });
    QVERIFY2(code, code ? "" : qPrintable(code.error()));
    QCOMPARE(stoppedAt, QString());
    QCOMPARE(recorded, 3);
    QCOMPARE(places.size(), std::size_t(3));
    for (const QRect &place : places)
        QCOMPARE(place.size(), QSize(1111, 777));
    QVERIFY(std::ranges::all_of(nodes, [](trace::NodeId count) { return count > 10; }));
    QCOMPARE(Typist(*client).leave(), 0);
}

NUAGES_TEST(TestAgain)
#include "tst_again.moc"
