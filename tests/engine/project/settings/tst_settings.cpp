#include "tests/engine/project/settings/settingscases.h"
#include "tests/engine/project/settings/settingsworld.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;
using namespace nuages::tests;

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatTheTextSays_data();
    void saysWhatTheTextSays();
    void anEntryKeepsItsPlace();
    void aCommentBackdatesTheFacts();
    void aModuleThatAppearsIsNoticed();
    void theEnvironmentIsAnInput();
    void withoutSitePackagesAMissingModuleMayBeThere();
    void whatIsInstalledGetsASmallShareOfTheWork();
    void theClassOfDjangoConfigurationsIsChosen();
};

namespace {

std::string factsOf(std::string_view settings)
{
    SettingsWorld world;
    world.write("/project/settings.py", settings);
    return world.facts();
}

} // namespace

void TestSettings::saysWhatTheTextSays_data()
{
    QTest::addColumn<const SettingsCase *>("row");
    for (const SettingsCase &row : settingsCases())
        QTest::newRow(std::string(row.name).c_str()) << &row;
}

void TestSettings::saysWhatTheTextSays()
{
    QFETCH(const SettingsCase *, row);
    SettingsWorld world;
    world.data().variables = {{"SET", "set_here"}};
    world.write("/project/settings.py", row->settings);
    for (const auto &[path, text] : row->files)
        world.write("/" + std::string(path), text);
    QCOMPARE(world.facts(), std::string(row->facts));
}

void TestSettings::anEntryKeepsItsPlace()
{
    SettingsWorld world;
    world.write("/project/settings.py", "from base import *\n\nINSTALLED_APPS += [\n    'b',\n]\n");
    world.write("/project/base.py", "\nINSTALLED_APPS = ['a']\n");
    const project::Project project = world.project();
    query::Reader db(world.engine().ticket());
    const auto &apps = db.get<project::Settings>(project)->installedApps;
    QCOMPARE(apps[0].place, (project::SettingsPlace{"/project/base.py", 2}));
    QCOMPARE(apps[1].place, (project::SettingsPlace{"/project/settings.py", 4}));
}

void TestSettings::aCommentBackdatesTheFacts()
{
    SettingsWorld world;
    world.write("/project/settings.py", "INSTALLED_APPS = ['a'] # one\n");
    world.facts();
    const query::Counters before = world.engine().counters("Settings");
    world.write("/project/settings.py", "INSTALLED_APPS = ['a'] # one, and no other\n");
    world.facts();
    const query::Counters after = world.engine().counters("Settings");
    QCOMPARE(after.executed - before.executed, 1u);
    QCOMPARE(after.backdated - before.backdated, 1u);
}

void TestSettings::aModuleThatAppearsIsNoticed()
{
    SettingsWorld world;
    world.write("/project/settings.py",
                "INSTALLED_APPS = ['a']\ntry:\n    from local import *\nexcept ImportError:\n    pass\n");
    QCOMPARE(world.facts(), "apps: a\n");
    world.write("/project/local.py", "INSTALLED_APPS = ['b']\n");
    QCOMPARE(world.facts(), "apps: b\n");
    world.write("/project/local.py", "INSTALLED_APPS = ['c']\n");
    QCOMPARE(world.facts(), "apps: c\n");
}

void TestSettings::theEnvironmentIsAnInput()
{
    SettingsWorld world;
    world.data().variables = {{"APP", "one"}};
    world.write("/project/settings.py", "import os\nINSTALLED_APPS = [os.environ['APP']]\n");
    QCOMPARE(world.facts(), "apps: one\n");
    const project::Given given = query::Reader(world.engine().ticket()).value(world.project()).given;
    world.engine().write("environment", [&](query::Transaction &tx) {
        tx.set<&project::GivenData::variables>(given, std::vector<std::pair<std::string, std::string>>{});
    });
    QCOMPARE(world.facts(), "open apps: settings.py:2: the environment variable APP is not set\n");
}

void TestSettings::withoutSitePackagesAMissingModuleMayBeThere()
{
    SettingsWorld world;
    world.data().options.sitePackages.clear();
    world.write("/project/settings.py",
                "INSTALLED_APPS = ['a']\ntry:\n    import toolbar\n    INSTALLED_APPS.append('toolbar')\nexcept "
                "ImportError:\n    pass\n");
    QCOMPARE(world.facts(), "apps: a toolbar?\n");
}

void TestSettings::whatIsInstalledGetsASmallShareOfTheWork()
{
    SettingsWorld world;
    world.write("/site/slow.py",
                "X = ['x']\nn = 0\nfor i in range(1000):\n    for j in range(1000):\n        n += 1\n");
    world.write("/project/settings.py", "from slow import *\nINSTALLED_APPS = ['a']\nOTHER = X\nTEMPLATES = []\n");
    QCOMPARE(world.facts(), "apps: a\n");
    world.write("/project/settings.py", "from slow import *\nINSTALLED_APPS = ['a'] + X\nTEMPLATES = []\n");
    QCOMPARE(world.facts(),
             "apps: a x?\nopen apps: settings.py:1: the module slow cannot be followed to its end (site/slow.py:1)\n");
}

void TestSettings::theClassOfDjangoConfigurationsIsChosen()
{
    SettingsWorld world;
    world.data().variables = {{"DJANGO_CONFIGURATION", "Dev"}};
    world.write("/project/settings.py",
                "from configurations import Configuration, values\n"
                "class Base(Configuration):\n    INSTALLED_APPS = ['a']\n"
                "class Dev(Base):\n    FORM_RENDERER = 'x'\n"
                "class Live(Base):\n    INSTALLED_APPS = values.ListValue(['l'])\n");
    QCOMPARE(world.facts(), "apps: a\n");
    QCOMPARE(factsOf("from configurations import Configuration, values\n"
                     "class Live(Configuration):\n    INSTALLED_APPS = values.ListValue(['l'])\n"),
             "open apps: settings.py:3: configurations.values.ListValue() is known only when the program runs\n");
}

NUAGES_TEST(TestSettings)
#include "tst_settings.moc"
