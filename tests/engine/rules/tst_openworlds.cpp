#include "tests/engine/rules/rulesproject.h"

#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace nuages;
using tests::RulesProject;

/// What the rules still say when a line of the settings cannot be read: never mute, never wrong.
class TestOpenWorlds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneStatementOpensOneFact_data();
    void oneStatementOpensOneFact();
    void namesInAFileWithoutLoadsComeFromNoUnseenApp();
    void anUnreadBuiltinOpensEveryFile();
    void withoutDjangoOnlyStructureIsJudged();
    void anAppThatIsNotSeenReplacesNoLibraryOfDjangos();
    void aListIsClosedByHand_data();
    void aListIsClosedByHand();
    void anEngineThatIsNotDjangosIsLeftAlone_data();
    void anEngineThatIsNotDjangosIsLeftAlone();
};

namespace {

const std::string probe = "/shop/shop/templates/probe.html";
const std::string loadsALibrary = R"({% load shop_tags %}
{% nothing %}{{ x|nothing }}
{% translate "x" %}{{ x|naturaltime }}
{% include "gone.html" %}
{% load nowhere %}
{% for x in y %}
)";

QByteArray rulesOf(RulesProject &project)
{
    std::set<std::string> rules;
    for (const rules::Diagnostic &diagnostic : project.diagnose(probe))
        rules.insert(diagnostic.rule);
    QByteArray text;
    for (const std::string &rule : rules)
        text += rule + " ";
    return text.trimmed();
}

QByteArray everything()
{
    return "missing-template unclosed-tag unknown-filter unknown-library unknown-tag unloaded-filter unloaded-tag";
}

} // namespace

// Statements that are found in settings of real projects, and what must be found all the same.
void TestOpenWorlds::oneStatementOpensOneFact_data()
{
    QTest::addColumn<QByteArray>("statement");
    QTest::addColumn<QByteArray>("found");
    QTest::addColumn<int>("reasonLine"); // Counted from the first appended line; 0: no reason.

    const QByteArray onlyStructure = "unclosed-tag";
    // An application that is not seen may bring a library or a template, and takes no known library's place.
    const QByteArray knownLibraries = "unclosed-tag unknown-filter unknown-tag unloaded-filter unloaded-tag";
    const QByteArray namesToo = "unclosed-tag unknown-filter unknown-library unknown-tag unloaded-filter unloaded-tag";

    QTest::newRow("nothing appended") << QByteArray() << everything() << 0;
    QTest::newRow("an app from the environment")
        << QByteArray("INSTALLED_APPS.append(os.environ['X'])\n") << knownLibraries << 1;
    QTest::newRow("apps from entry points")
        << QByteArray("import importlib.metadata\n"
                      "for ep in importlib.metadata.entry_points(group='x'): INSTALLED_APPS.append(ep.module)\n")
        << knownLibraries << 2;
    QTest::newRow("an import that fails here")
        << QByteArray("try:\n    import debug_toolbar\n    INSTALLED_APPS.append('debug_toolbar')\n"
                      "except ImportError:\n    pass\n")
        << everything() << 0;
    QTest::newRow("an app that is not installed")
        << QByteArray("INSTALLED_APPS += ['not_installed_app']\n") << knownLibraries << 1;
    QTest::newRow("a function that only reads the list")
        << QByteArray("from website.tools import configure\nconfigure(INSTALLED_APPS)\n") << everything() << 0;
    QTest::newRow("a star import of nothing") << QByteArray("from local_nowhere import *\n") << onlyStructure << 1;
    QTest::newRow("a Jinja2 engine beside")
        << QByteArray("TEMPLATES.append({'BACKEND': 'django.template.backends.jinja2.Jinja2', 'DIRS': [], "
                      "'APP_DIRS': False})\n")
        << everything() << 0;
    QTest::newRow("an app in a branch") << QByteArray(
        "if os.environ.get('D'): INSTALLED_APPS.append('django.contrib.sites')\n")
                                        << everything() << 0;
    QTest::newRow("an application whose class cannot be read")
        << QByteArray("INSTALLED_APPS += ['shop.apps.Gone']\n") << knownLibraries << 1;
    QTest::newRow("apps of a variable that is not set")
        << QByteArray("INSTALLED_APPS += os.environ.get('MORE_APPS', '').split(',')\n") << knownLibraries << 1;
    QTest::newRow("apps of a variable with a default")
        << QByteArray("INSTALLED_APPS += os.environ.get('MORE_APPS', 'pages').split(',')\n") << everything() << 0;
    QTest::newRow("builtins of a variable that is not set")
        << QByteArray("TEMPLATES[0]['OPTIONS']['builtins'] = os.getenv('TAGS', '').split()\n") << everything() << 0;
    QTest::newRow("folders of a variable that is not set")
        << QByteArray("TEMPLATES[0]['DIRS'] += filter(None, os.environ.get('THEME', '').split(':'))\n") << namesToo
        << 1;
    QTest::newRow("an app of a branch that is not installed")
        << QByteArray("import sys\nif 'runserver' in sys.argv:\n    INSTALLED_APPS += ['debug_toolbar']\n")
        << everything() << 0;
    QTest::newRow("an app that ready() gives builtins")
        << QByteArray("INSTALLED_APPS += ['boxes']\n") << QByteArray("unclosed-tag") << -1;
    QTest::newRow("an app that only checks them") << QByteArray("INSTALLED_APPS += ['checks']\n") << everything() << 0;
    QTest::newRow("a folder from the environment")
        << QByteArray("TEMPLATES[0]['DIRS'] = [os.environ['T']]\n") << namesToo << 1;
}

void TestOpenWorlds::oneStatementOpensOneFact()
{
    QFETCH(QByteArray, statement);
    QFETCH(QByteArray, found);
    QFETCH(int, reasonLine);

    RulesProject project;
    const std::string before = project.text(RulesProject::settings);
    project.append(RulesProject::settings, statement.toStdString());
    project.write(probe, loadsALibrary);
    project.write("/shop/boxes/__init__.py", "");
    project.write(
        "/shop/boxes/apps.py",
        "from django.apps import AppConfig\nfrom django.conf import settings\n\n\nclass Boxes(AppConfig):\n"
        "    name = 'boxes'\n\n    def ready(self):\n        from .engines import install\n        install()\n");
    project.write("/shop/boxes/engines.py",
                  "from django.conf import settings\n\ndef install():\n    for engine in settings.TEMPLATES:\n"
                  "        engine['OPTIONS'].setdefault('builtins', []).append('boxes.tags')\n");
    project.write("/shop/checks/__init__.py", "");
    project.write("/shop/checks/apps.py",
                  "from django.apps import AppConfig\nfrom django.conf import settings\n\ndef check(found, **more):\n"
                  "    for engine in settings.TEMPLATES:\n        found.append(engine['BACKEND'])\n\nclass "
                  "Checks(AppConfig):\n    name = 'checks'\n\n    def ready(self):\n        register(check)\n");
    QCOMPARE(rulesOf(project), found);

    const std::vector<std::string> reasons = project.reasons(probe);
    if (reasonLine == -1) {
        QCOMPARE(reasons,
                 std::vector<std::string>{
                     "boxes/engines.py:4: this changes TEMPLATES while Django starts, which is not followed"});
        return;
    }
    if (reasonLine == 0) {
        QCOMPARE(reasons, std::vector<std::string>());
        return;
    }
    const auto line = std::ranges::count(before, '\n') + reasonLine;
    const std::string place = "website/settings.py:" + std::to_string(line) + ": ";
    QVERIFY2(!reasons.empty(), "no reason at all");
    for (const std::string &reason : reasons)
        QVERIFY2(reason.starts_with(place), reason.c_str());
}

void TestOpenWorlds::namesInAFileWithoutLoadsComeFromNoUnseenApp()
{
    RulesProject project;
    project.append(RulesProject::settings, "INSTALLED_APPS.append(os.environ['X'])\n");
    project.write(probe, "{% nothing %}{{ x|nothing }}{% translate 'x' %}{{ x|naturaltime }}");
    QCOMPARE(rulesOf(project), QByteArray("unknown-filter unknown-tag unloaded-filter unloaded-tag"));
}

void TestOpenWorlds::anUnreadBuiltinOpensEveryFile()
{
    RulesProject project;
    project.append(RulesProject::settings, "TEMPLATES[0]['OPTIONS']['builtins'] = [os.environ['X']]\n");
    project.write(probe, loadsALibrary);
    QCOMPARE(rulesOf(project), QByteArray("missing-template unclosed-tag unknown-library"));
}

void TestOpenWorlds::withoutDjangoOnlyStructureIsJudged()
{
    RulesProject project;
    project.removeDjango();
    project.write(probe, loadsALibrary + "{% endwith %}");
    QCOMPARE(rulesOf(project), QByteArray("unclosed-tag unmatched-tag"));
}

void TestOpenWorlds::anAppThatIsNotSeenReplacesNoLibraryOfDjangos()
{
    RulesProject project;
    project.append(RulesProject::settings, "INSTALLED_APPS += ['gone.apps.GoneConfig']\n");
    project.write(probe,
                  "{% load i18n %}{% nope %}{{ x|nope }}{% load gone_tags %}{% include 'gone/x.html' %}{% nope %}");
    QCOMPARE(rulesOf(project), QByteArray("unknown-filter unknown-tag"));
    QCOMPARE(project.diagnose(probe).size(), std::size_t(2)); // and none below the load of what may be there
}

void TestOpenWorlds::aListIsClosedByHand_data()
{
    QTest::addColumn<QByteArray>("statement");
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QByteArray>("found");

    const QByteArray variable = "INSTALLED_APPS += os.environ.get('MORE', '').split()\n";
    const QByteArray unread = "INSTALLED_APPS.append(os.environ['X'])\n";
    QTest::newRow("a variable") << variable << QByteArray("env = {MORE = 'pages'}") << everything();
    QTest::newRow("a variable that is empty") << variable << QByteArray("env = {MORE = ''}") << everything();
    QTest::newRow("another variable") << variable << QByteArray("env = {LESS = 'pages'}")
                                      << QByteArray(
                                             "unclosed-tag unknown-filter unknown-tag unloaded-filter unloaded-tag");
    QTest::newRow("a variable without a default") << unread << QByteArray("env = {X = 'pages'}") << everything();
    QTest::newRow("no more apps") << unread << QByteArray("apps = []") << everything();
    QTest::newRow("an app with a library and a template")
        << unread << QByteArray("apps = ['late']")
        << QByteArray("unclosed-tag unknown-filter unknown-tag unloaded-filter unloaded-tag");
    QTest::newRow("libraries") << unread << QByteArray("libraries = {nowhere = 'late.templatetags.nowhere'}")
                               << QByteArray("unclosed-tag unknown-filter unknown-tag unloaded-filter unloaded-tag");
    QTest::newRow("no more libraries") << unread << QByteArray("libraries = {}")
                                       << QByteArray("unclosed-tag unknown-filter unknown-library unknown-tag "
                                                     "unloaded-filter unloaded-tag");
    QTest::newRow("an app that is not there") << unread << QByteArray("apps = ['gone']")
                                              << QByteArray("unclosed-tag unknown-filter unknown-tag unloaded-filter "
                                                            "unloaded-tag");
}

void TestOpenWorlds::aListIsClosedByHand()
{
    QFETCH(QByteArray, statement);
    QFETCH(QByteArray, table);
    QFETCH(QByteArray, found);

    RulesProject project;
    project.append(RulesProject::settings, statement.toStdString());
    project.write("/shop/pyproject.toml", "[tool.nuages]\n" + table.toStdString() + "\n");
    project.write("/shop/late/__init__.py", "");
    project.write("/shop/late/templates/gone.html", "");
    project.write("/shop/late/templatetags/__init__.py", "");
    project.write("/shop/late/templatetags/nowhere.py", "from django import template\nregister = template.Library()\n");
    project.write(probe, loadsALibrary);
    QCOMPARE(rulesOf(project), found);
}

void TestOpenWorlds::anEngineThatIsNotDjangosIsLeftAlone_data()
{
    QTest::addColumn<QByteArray>("backend");
    QTest::addColumn<QByteArray>("cls");
    QTest::addColumn<bool>("isLeftAlone");

    const QByteArray head = "from django.template.backends.django import DjangoTemplates\n";
    QTest::newRow("another parser") << QByteArray("engines.own.Engine")
                                    << head + "class Engine(DjangoTemplates):\n    def from_string(self, code): pass\n"
                                    << true;
    QTest::newRow("a base that changes it")
        << QByteArray("engines.own.Engine")
        << head + "class Base(DjangoTemplates):\n    lexer = 1\nclass Engine(Base):\n    pass\n"
        << true;
    QTest::newRow("not there") << QByteArray("nowhere.Engine") << QByteArray() << true;
    QTest::newRow("only a name") << QByteArray("engines.own.Engine")
                                 << head + "class Engine(DjangoTemplates):\n    \"\"\"Ours.\"\"\"\n"
                                 << false;
    QTest::newRow("another folder") << QByteArray("engines.own.Engine")
                                    << head + "class Engine(DjangoTemplates):\n    app_dirname = 'templates'\n"
                                    << false;
}

void TestOpenWorlds::anEngineThatIsNotDjangosIsLeftAlone()
{
    QFETCH(QByteArray, backend);
    QFETCH(QByteArray, cls);
    QFETCH(bool, isLeftAlone);

    RulesProject project;
    project.append(RulesProject::settings, "TEMPLATES[0]['BACKEND'] = '" + backend.toStdString() + "'\n");
    project.write("/shop/engines/__init__.py", "");
    project.write("/shop/engines/own.py", cls.toStdString());
    project.write(probe, loadsALibrary);
    const bool isJudged = !project.allFindings().empty();
    QCOMPARE(isJudged, !isLeftAlone);
    QCOMPARE(project.reasons(probe).size(), std::size_t(isLeftAlone ? 1 : 0));
}

NUAGES_TEST(TestOpenWorlds)
#include "tst_openworlds.moc"
