#include "tests/engine/project/settings/settingsworld.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <map>

using namespace nuages;
using namespace nuages::tests;

namespace {

using Tree = std::map<std::string, std::string>;

constexpr const char *manage =
    "import os\nimport sys\n\n\ndef main():\n    os.environ.setdefault('DJANGO_SETTINGS_MODULE', '%s')\n";

std::string naming(const char *module) { return QString::asprintf(manage, module).toStdString(); }

} // namespace

class TestSettingsModule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isFound_data();
    void isFound();
};

void TestSettingsModule::isFound_data()
{
    QTest::addColumn<Tree>("files");
    QTest::addColumn<project::GivenData>("data");
    QTest::addColumn<std::string>("found"); // "module file by whom path…"

    const project::GivenData plain = givenAt("/project", {"/site"});
    project::GivenData configured = plain;
    configured.options.settings = "conf.dev";
    project::GivenData set = plain;
    set.variables = {{"DJANGO_SETTINGS_MODULE", "installed.settings"}};

    QTest::newRow("by manage.py, inside a function")
        << Tree{{"/project/manage.py", naming("mysite.settings")}, {"/project/mysite/settings.py", ""}} << plain
        << std::string("mysite.settings /project/mysite/settings.py manage.py:6 /project");
    QTest::newRow("by a manage.py one folder down")
        << Tree{{"/project/web/manage.py", naming("settings")}, {"/project/web/settings.py", ""}} << plain
        << std::string("settings /project/web/settings.py web/manage.py:6 /project/web /project");
    QTest::newRow("in a src layout")
        << Tree{{"/project/manage.py", naming("mysite.settings")}, {"/project/src/mysite/settings/__init__.py", ""}}
        << plain
        << std::string("mysite.settings /project/src/mysite/settings/__init__.py manage.py:6 /project /project/src");
    QTest::newRow("by assignment") << Tree{{"/project/manage.py",
                                            "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = \"s\"\n"},
                                           {"/project/s.py", ""}}
                                   << plain << std::string("s /project/s.py manage.py:2 /project");
    QTest::newRow("by a name, the first of two that is there")
        << Tree{{"/project/manage.py",
                 "import os\nname = 'a.live' if 'HOST' in os.environ else 'a.dev'\n"
                 "os.environ.setdefault('DJANGO_SETTINGS_MODULE', name)\n"},
                {"/project/a/dev.py", ""}}
        << plain << std::string("a.dev /project/a/dev.py manage.py:2 /project");
    QTest::newRow("by wsgi.py") << Tree{{"/project/mysite/wsgi.py", naming("mysite.settings")},
                                        {"/project/mysite/settings.py", ""}}
                                << plain
                                << std::string("mysite.settings /project/mysite/settings.py mysite/wsgi.py:6 /project");
    QTest::newRow("by the configuration, before manage.py")
        << Tree{{"/project/manage.py", naming("mysite.settings")},
                {"/project/mysite/settings.py", ""},
                {"/project/conf/dev.py", ""}}
        << configured << std::string("conf.dev /project/conf/dev.py configuration /project");
    QTest::newRow("by the environment, among what is installed")
        << Tree{{"/project/manage.py", naming("mysite.settings")},
                {"/project/mysite/settings.py", ""},
                {"/site/installed/settings.py", ""}}
        << set << std::string("installed.settings /site/installed/settings.py DJANGO_SETTINGS_MODULE /project");
    QTest::newRow("named but not there") << Tree{{"/project/manage.py", naming("mysite.settings")}} << plain
                                         << std::string("mysite.settings  manage.py:6 /project");
    QTest::newRow("not named") << Tree{{"/project/manage.py", "print('hello')\n"}} << plain << std::string("none");
    QTest::newRow("an empty project") << Tree{{"/project/readme", ""}} << plain << std::string("none");
}

void TestSettingsModule::isFound()
{
    QFETCH(Tree, files);
    QFETCH(project::GivenData, data);
    QFETCH(std::string, found);
    SettingsWorld world;
    for (const auto &[path, text] : files)
        world.write(path, text);
    world.data() = data;
    const project::Project project = world.project();
    query::Reader db(world.engine().ticket());
    const auto &location = db.get<project::SettingsModule>(project);
    std::string printed = "none";
    if (location) {
        printed = location->module + ' ' + location->file + ' ' + location->foundBy;
        for (const std::string &folder : location->pythonPath)
            printed += ' ' + folder;
    }
    QCOMPARE(printed, found);
}

NUAGES_TEST(TestSettingsModule)
#include "tst_settingsmodule.moc"
