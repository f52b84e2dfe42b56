#include "tests/engine/project/settings/settingsworld.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <map>

using namespace nuages;
using namespace nuages::tests;

namespace {

using Tree = std::map<std::string, std::string>;

constexpr const char *manage =
    "import os\nimport sys\n\n\ndef main():\n    os.environ.setdefault('DJANGO_SETTINGS_MODULE', '%s')\n\n\nmain()\n";

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
    project::GivenData live = plain;
    live.variables = {{"NAME", "live"}};

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
    const auto started = [](const std::string &text) {
        return Tree{{"/project/manage.py", "import os\nimport sys\n" + text},
                    {"/project/a/dev.py", ""},
                    {"/project/a/live.py", ""},
                    {"/project/a/names.py", "def of(name):\n    return name + '.dev'\n"}};
    };
    const auto row = [&](const char *name, const std::string &text, int line) {
        QTest::newRow(name) << started(text) << plain
                            << "a.dev /project/a/dev.py manage.py:" + std::to_string(line) + " /project";
    };
    row("by a format", "os.environ.setdefault('DJANGO_SETTINGS_MODULE', '%s.dev' % 'a')\n", 3);
    row("by an f-string, as a program",
        "if __name__ == '__main__':\n    where = 'dev'\n"
        "    os.environ.setdefault('DJANGO_SETTINGS_MODULE', f'a.{where}')\n",
        5);
    row("by a function",
        "def of(name):\n    return name + '.dev'\n"
        "os.environ.setdefault('DJANGO_SETTINGS_MODULE', of('a'))\n",
        4);
    row("by str", "os.environ[str('DJANGO_SETTINGS_MODULE')] = str('a.dev')\n", 3);
    row("by an update", "os.environ.update(DJANGO_SETTINGS_MODULE='a.dev')\n", 3);
    row("by a method that has another name",
        "default = os.environ.setdefault\n"
        "default('DJANGO_SETTINGS_MODULE', 'a.dev')\n",
        4);
    row("by a constant that a function uses",
        "KEY = 'DJANGO_SETTINGS_MODULE'\ndef main():\n"
        "    os.environ.setdefault(KEY, 'a.dev')\nif __name__ == '__main__':\n    main()\n",
        5);
    row("where it is not set yet",
        "if not os.environ.get('DJANGO_SETTINGS_MODULE'):\n"
        "    os.environ['DJANGO_SETTINGS_MODULE'] = 'a.dev'\n",
        4);
    row("by the command",
        "if 'test' in sys.argv:\n    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'a.live')\n"
        "else:\n    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'a.dev')\n",
        6);
    row("by the first word",
        "name = 'live' if len(sys.argv) > 1 and sys.argv[1] == 'test' else 'dev'\n"
        "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'a.' + name)\n",
        4);
    row("by a variable that is not set",
        "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'a.' + "
        "os.environ.get('NAME', 'dev'))\n",
        3);
    row("by a variable that may be there",
        "name = 'a.live' if 'HOST' in os.environ else 'a.dev'\n"
        "os.environ.setdefault('DJANGO_SETTINGS_MODULE', name)\n",
        3);
    row("by a handler of a variable that is not set",
        "try:\n    name = 'a.' + os.environ['NAME']\nexcept KeyError:\n"
        "    name = 'a.dev'\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', name)\n",
        6);
    row("before Django is asked for",
        "try:\n    from django.core.management import execute_from_command_line\n"
        "except ImportError as error:\n    raise ImportError('no Django') from error\n"
        "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'a.dev')\nexecute_from_command_line(sys.argv)\n",
        7);
    QTest::newRow("by a variable that is set")
        << started("try:\n    name = os.environ['NAME']\nexcept KeyError:\n    name = 'dev'\n"
                   "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'a.' + name)\n")
        << live << std::string("a.live /project/a/live.py manage.py:7 /project");
    QTest::newRow("by a function of another module")
        << started("from a.names import of\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', of('a'))\n") << plain
        << std::string("a.dev /project/a/dev.py a/names.py:2 /project");
    QTest::newRow("by a file of variables")
        << Tree{{"/project/manage.py", "import dotenv\ndotenv.load_dotenv()\n"},
                {"/project/.env", "DJANGO_SETTINGS_MODULE=conf.dev\n"},
                {"/project/conf/dev.py", ""}}
        << plain << std::string("conf.dev /project/conf/dev.py manage.py:2 /project");
    QTest::newRow("by what only the running program knows")
        << started("import socket\nname = 'live' if socket.gethostname() == 'x' else 'dev'\n"
                   "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'a.' + name)\n")
        << plain
        << std::string("a.live /project/a/live.py manage.py:5 /project; open manage.py:5: which settings module is "
                       "named here is decided only when the program runs, so name it with settings in [tool.nuages]");
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
        for (const project::OpenReason &reason : location->open)
            printed += "; open " + reason.file.substr(std::string("/project/").size()) + ':'
                + std::to_string(reason.line) + ": " + reason.why;
    }
    QCOMPARE(printed, found);
}

NUAGES_TEST(TestSettingsModule)
#include "tst_settingsmodule.moc"
