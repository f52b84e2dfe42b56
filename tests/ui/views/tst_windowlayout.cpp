#include "tests/support/testmain.h"
#include "tests/ui/views/madeupproject.h"

#include "ui/models/inspection.h"
#include "ui/views/mainwindow.h"

#include <QDockWidget>
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

    QDockWidget *dock(const char *name) { return window.findChild<QDockWidget *>(QLatin1StringView(name)); }

    bool isAsAtFirst()
    {
        for (const QDockWidget *dock : window.findChildren<QDockWidget *>()) {
            if (dock->isHidden() || dock->isFloating())
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
    {
        Window before;
        QVERIFY(before.isAsAtFirst());
        before.window.addDockWidget(Qt::LeftDockWidgetArea, before.dock("nodeDock"));
        before.dock("billDock")->hide();
        before.window.resize(790, 700);
        before.window.saveLayout();
    }
    Window after;
    after.window.restoreLayout();
    QCOMPARE(after.window.dockWidgetArea(after.dock("nodeDock")), Qt::LeftDockWidgetArea);
    QVERIFY(after.dock("billDock")->isHidden());
    QVERIFY(!after.dock("whyDock")->isHidden());
    QCOMPARE(after.window.size(), QSize(790, 700));
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
    settings.setValue("window/panes", panes);
    settings.setValue("window/geometry", geometry);
    settings.sync();
    Window window;
    window.window.restoreLayout();
    QVERIFY(window.isAsAtFirst());
}

NUAGES_TEST(TestWindowLayout)
#include "tst_windowlayout.moc"
