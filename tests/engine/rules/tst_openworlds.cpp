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
    const QByteArray namesToo = "unclosed-tag unknown-filter unknown-library unknown-tag unloaded-filter unloaded-tag";

    QTest::newRow("nothing appended") << QByteArray() << everything() << 0;
    QTest::newRow("an app from the environment")
        << QByteArray("INSTALLED_APPS.append(os.environ['X'])\n") << onlyStructure << 1;
    QTest::newRow("apps from entry points")
        << QByteArray("import importlib.metadata\n"
                      "for ep in importlib.metadata.entry_points(group='x'): INSTALLED_APPS.append(ep.module)\n")
        << onlyStructure << 2;
    QTest::newRow("an import that fails here")
        << QByteArray("try:\n    import debug_toolbar\n    INSTALLED_APPS.append('debug_toolbar')\n"
                      "except ImportError:\n    pass\n")
        << everything() << 0;
    QTest::newRow("an app that is not installed")
        << QByteArray("INSTALLED_APPS += ['not_installed_app']\n") << onlyStructure << 1;
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
    QCOMPARE(rulesOf(project), found);

    const std::vector<std::string> reasons = project.reasons(probe);
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

NUAGES_TEST(TestOpenWorlds)
#include "tst_openworlds.moc"
