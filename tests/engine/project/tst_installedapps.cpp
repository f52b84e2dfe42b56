#include "engine/project/apps/installedapps.h"
#include "engine/project/libraries/libraries.h"
#include "tests/engine/project/testproject.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;
using namespace nuages::tests;

class TestInstalledApps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resolvesAnEntryAsAppConfigCreateDoes_data();
    void resolvesAnEntryAsAppConfigCreateDoes();
    void anAppThatIsNotFoundOpensTheListAtItsLine();
    void aProblemNamesWhatIsMissing_data();
    void aProblemNamesWhatIsMissing();
    void anAppOfABranchThatIsNotInstalledDoesNotCount();
    void anAppThatAppearsClosesIt();
    void whatIsClosedByHandIsOpenWhereOtherSettingsMayBeMeant_data();
    void whatIsClosedByHandIsOpenWhereOtherSettingsMayBeMeant();
    void withoutSettingsThePackageAndItsDependenciesAreTheApps();
};

namespace {

std::string appText(const project::AppInventory &inventory)
{
    std::string text;
    for (const project::App &app : inventory.apps)
        text += (text.empty() ? "" : "; ") + app.name + " " + app.label + " " + app.directory + " " + app.config;
    return text;
}

} // namespace

void TestInstalledApps::resolvesAnEntryAsAppConfigCreateDoes_data()
{
    QTest::addColumn<QByteArray>("entry");
    QTest::addColumn<QByteArray>("apps"); // the text of shop/apps.py
    QTest::addColumn<QByteArray>("expected");

    const QByteArray head = "from django.apps import AppConfig\n";
    QTest::newRow("a package") << QByteArray("shop") << QByteArray() << QByteArray("shop shop /p/shop ");
    QTest::newRow("its only config") << QByteArray("shop") << head + "class A(AppConfig):\n    name = 'shop'\n"
                                     << QByteArray("shop shop /p/shop shop.apps.A");
    QTest::newRow("label and path") << QByteArray("shop")
                                    << head
            + "class A(AppConfig):\n    name = 'shop'\n    label = 'store'\n    path = '/q'\n"
                                    << QByteArray("shop store /q shop.apps.A");
    QTest::newRow("not as default") << QByteArray("shop")
                                    << head
            + "class A(AppConfig):\n    name = 'shop'\n    label = 'x'\n    default = False\n"
                                    << QByteArray("shop shop /p/shop ");
    QTest::newRow("the default of two") << QByteArray("shop")
                                        << head
            + "class A(AppConfig):\n    name = 'shop'\nclass B(AppConfig):\n    name = 'shop'\n    default = True\n"
                                        << QByteArray("shop shop /p/shop shop.apps.B");
    QTest::newRow("none of two") << QByteArray("shop")
                                 << head
            + "class A(AppConfig):\n    name = 'shop'\nclass B(AppConfig):\n    name = 'shop'\n"
                                 << QByteArray("shop shop /p/shop ");
    QTest::newRow("a class by its path") << QByteArray("shop.apps.B")
                                         << head
            + "class A(AppConfig):\n    name = 'other'\nclass B(AppConfig):\n    name = 'shop.inner'\n"
                                         << QByteArray("shop.inner inner /p/shop/inner shop.apps.B");
    QTest::newRow("a class of a class") << QByteArray("shop.apps.B")
                                        << head
            + "class A(AppConfig):\n    name = 'shop.inner'\nclass B(A):\n    label = 'b'\n"
                                        << QByteArray("shop.inner b /p/shop/inner shop.apps.B");
    QTest::newRow("a name put together") << QByteArray("shop.apps.B")
                                         << head + "BASE = 'shop'\nclass B(AppConfig):\n    name = BASE + '.inner'\n"
                                         << QByteArray("shop.inner inner /p/shop/inner shop.apps.B");
    QTest::newRow("named after its module")
        << QByteArray("shop.apps.B") << head + "class B(AppConfig):\n    name = __name__.rpartition('.')[0]\n"
        << QByteArray("shop shop /p/shop shop.apps.B");
    QTest::newRow("an inner package") << QByteArray("shop.inner") << QByteArray()
                                      << QByteArray("shop.inner inner /p/shop/inner ");
}

void TestInstalledApps::resolvesAnEntryAsAppConfigCreateDoes()
{
    QFETCH(QByteArray, entry);
    QFETCH(QByteArray, apps);
    QFETCH(QByteArray, expected);

    TestProject project({{"manage.py", manageFile},
                         {"site_settings.py", "INSTALLED_APPS = ['" + entry.toStdString() + "']\n"},
                         {"shop/__init__.py", ""},
                         {"shop/inner/__init__.py", ""}});
    if (!apps.isEmpty())
        project.edit("shop/apps.py", apps.toStdString());
    const auto inventory = project.ask<project::InstalledApps>();
    QCOMPARE(appText(inventory), expected.toStdString());
    QCOMPARE(reasons(inventory.open), std::string());
}

void TestInstalledApps::anAppThatIsNotFoundOpensTheListAtItsLine()
{
    TestProject project({{"manage.py", manageFile},
                         {"site_settings.py", "INSTALLED_APPS = ['shop']\nINSTALLED_APPS += ['not_installed_app']\n"},
                         {"shop/__init__.py", ""}});
    const auto inventory = project.ask<project::InstalledApps>();
    QCOMPARE(inventory.apps.size(), std::size_t(1));
    QCOMPARE(reasons(inventory.open),
             "2: no module or class not_installed_app is found: is its package installed here?");
    QCOMPARE(inventory.open.front().file, "/p/site_settings.py");
}

void TestInstalledApps::aProblemNamesWhatIsMissing_data()
{
    QTest::addColumn<QByteArray>("entry");
    QTest::addColumn<QByteArray>("problem");

    QTest::newRow("neither module nor class")
        << QByteArray("shop.apps.sensors")
        << QByteArray("2: there is neither a module shop.apps.sensors nor a class sensors in shop.apps");
    QTest::newRow("a class that is made")
        << QByteArray("shop.apps.Made") << QByteArray("2: what Made is in the module shop.apps cannot be read");
    QTest::newRow("no package") << QByteArray("gone.apps.Gone")
                                << QByteArray(
                                       "2: no module or class gone.apps.Gone is found: is its package installed here?");
}

void TestInstalledApps::aProblemNamesWhatIsMissing()
{
    QFETCH(QByteArray, entry);
    QFETCH(QByteArray, problem);
    TestProject project({{"manage.py", manageFile},
                         {"site_settings.py", "INSTALLED_APPS = [\n    '" + entry.toStdString() + "',\n]\n"},
                         {"shop/__init__.py", ""},
                         {"shop/apps.py", "from somewhere import make\nMade = make()\n"}});
    QCOMPARE(reasons(project.ask<project::InstalledApps>().open), problem.toStdString());
}

void TestInstalledApps::anAppOfABranchThatIsNotInstalledDoesNotCount()
{
    const std::string settings = "import sys\nINSTALLED_APPS = ['shop']\nif 'x' in sys.argv:\n    "
                                 "INSTALLED_APPS.append('toolbar')\n    INSTALLED_APPS.append('shop.more')\n";
    TestProject::Contents files{{"manage.py", manageFile},
                                {"site_settings.py", settings},
                                {"shop/__init__.py", ""},
                                {"shop/more/__init__.py", ""}};
    // Without Django nothing is installed that could be.
    QCOMPARE(TestProject(files).ask<project::InstalledApps>().open.size(), std::size_t(1));
    files["/site-packages/django/__init__.py"] = "VERSION = (4, 2, 23, 'final', 0)\n";
    TestProject project(files);
    const auto inventory = project.ask<project::InstalledApps>();
    QCOMPARE(reasons(inventory.open), std::string());
    QCOMPARE(appText(inventory), "shop shop /p/shop ; shop.more more /p/shop/more ");
    // What opens the list makes each of its entries doubtful, and is no branch.
    project.edit("site_settings.py", "INSTALLED_APPS = ['shop', 'toolbar']\nexec(code())\n");
    QCOMPARE(project.ask<project::InstalledApps>().open.size(), std::size_t(2));
}

void TestInstalledApps::anAppThatAppearsClosesIt()
{
    TestProject project({{"manage.py", manageFile}, {"site_settings.py", "INSTALLED_APPS = ['shop']\n"}});
    QCOMPARE(project.ask<project::InstalledApps>().open.size(), std::size_t(1));
    project.edit("shop/__init__.py", "");
    QCOMPARE(project.ask<project::InstalledApps>().open.size(), std::size_t(0));
}

void TestInstalledApps::whatIsClosedByHandIsOpenWhereOtherSettingsMayBeMeant_data()
{
    QTest::addColumn<QByteArray>("name"); // of the settings, in manage.py
    QTest::addColumn<QByteArray>("open");

    QTest::newRow("one module") << QByteArray("'site_settings'") << QByteArray();
    QTest::newRow("none that can be read")
        << QByteArray("open('name').read() + 'settings'")
        << QByteArray(
               "3: the settings module cannot be told: this calculation is not read; settings in [tool.nuages] can "
               "name it");
    QTest::newRow("none") << QByteArray("''")
                          << QByteArray("3: no settings module is named here; settings in [tool.nuages] can name it");
    QTest::newRow("one that is not there")
        << QByteArray("'nowhere.settings'")
        << QByteArray("3: the settings module nowhere.settings is not found; settings in [tool.nuages] can name it");
    QTest::newRow("one of two") << QByteArray("'site_settings' if socket.gethostname() else 'others'")
                                << QByteArray("3: which settings module is named here is decided only when the program "
                                              "runs, so name it with settings in [tool.nuages]");
}

void TestInstalledApps::whatIsClosedByHandIsOpenWhereOtherSettingsMayBeMeant()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, open);

    TestProject project(
        {{"manage.py", ("import os, socket\n\nos.environ['DJANGO_SETTINGS_MODULE'] = " + name + "\n").toStdString()},
         {"pyproject.toml", "[tool.nuages]\napps = ['shop']\nlibraries = {}\n"},
         {"site_settings.py", "INSTALLED_APPS = code()\n"},
         {"others.py", ""},
         {"shop/__init__.py", ""},
         {"/site-packages/django/__init__.py", "VERSION = (4, 2, 23, 'final', 0)\n"}});
    const auto inventory = project.ask<project::InstalledApps>();
    QCOMPARE(appText(inventory), "shop shop /p/shop ");
    QCOMPARE(reasons(inventory.open), open.toStdString());
    QCOMPARE(reasons(project.ask<project::Libraries>().open), open.toStdString());
}

void TestInstalledApps::withoutSettingsThePackageAndItsDependenciesAreTheApps()
{
    TestProject project({{"pyproject.toml", "[project]\ndependencies = ['Django-Crispy_Forms>=2', 'absent']\n"},
                         {"shop/__init__.py", ""},
                         {"shop/templates/shop/a.html", ""},
                         {"shop/plain/__init__.py", ""},
                         {"/site-packages/django_crispy_forms-2.1.dist-info/top_level.txt", "crispy_forms\n"},
                         {"/site-packages/crispy_forms/__init__.py", ""},
                         {"/site-packages/crispy_forms/templatetags/__init__.py", ""},
                         {"/site-packages/unrelated/__init__.py", ""},
                         {"/site-packages/unrelated/templatetags/__init__.py", ""}});
    const auto inventory = project.ask<project::InstalledApps>();
    QCOMPARE(appText(inventory), "shop shop /p/shop ; crispy_forms crispy_forms /site-packages/crispy_forms ");
    QCOMPARE(inventory.open.size(), std::size_t(1));
}

NUAGES_TEST(TestInstalledApps)
#include "tst_installedapps.moc"
