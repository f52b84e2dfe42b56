#include "engine/project/settings/settings.h"
#include "engine/project/templates/findtemplate.h"
#include "engine/project/templates/projecttemplates.h"
#include "tests/engine/project/testproject.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace nuages;
using namespace nuages::tests;

class TestFindTemplate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksTheLoadersInTheirOrder();
    void followsTheLoadersOfTheSettings_data();
    void followsTheLoadersOfTheSettings();
    void aLoaderOfTheProjectsHasTheFoldersOfItsBase_data();
    void aLoaderOfTheProjectsHasTheFoldersOfItsBase();
    void aLoaderThatMayChangeTextsLeavesItsEngineAlone_data();
    void aLoaderThatMayChangeTextsLeavesItsEngineAlone();
    void aFileBelongsToTheEngineThatGetsIt_data();
    void aFileBelongsToTheEngineThatGetsIt();
    void staysInsideTheDirectory_data();
    void staysInsideTheDirectory();
    void aTemplateThatAppearsIsFound();
    void anUnreadableDirectoryOpensTheAnswer();
    void theFormRenderersTemplatesAreApart();
    void namesOfAFile();
    void resolvesRelativeNames_data();
    void resolvesRelativeNames();
    void listsTheProjectsOwnTemplates();
    void withoutSettingsEachFolderOfTemplatesCounts();
    void listsTheTemplatesOfAFolder();
};

namespace {

std::string engineText(const std::string &rest)
{
    return "INSTALLED_APPS = ['a', 'b']\nTEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', "
        + rest + "}]\n";
}

TestProject::Contents contents(const std::string &settings)
{
    return {{"manage.py", manageFile},
            {"site_settings.py", settings},
            {"templates/base.html", ""},
            {"a/__init__.py", ""},
            {"a/templates/base.html", ""},
            {"a/templates/a/only.html", ""},
            {"b/__init__.py", ""},
            {"b/templates/base.html", ""},
            {"/site-packages/django/__init__.py", "VERSION = (4, 2, 23, 'final', 0)\n"},
            {"/site-packages/django/forms/templates/django/forms/div.html", ""}};
}

std::string paths(const project::TemplateLookup &found)
{
    std::string text;
    for (const project::TemplateOrigin &origin : found.origins)
        text += (text.empty() ? "" : " ") + origin.path;
    return text;
}

std::string paths(const std::vector<project::TemplateFile> &files)
{
    std::string text;
    for (const project::TemplateFile &file : files)
        text += (text.empty() ? "" : " ") + file.path;
    return text;
}

project::TemplateLookup find(TestProject &project, const std::string &name)
{
    return project.ask<project::FindTemplate>(std::string_view(name));
}

const std::string standard = engineText("'DIRS': ['/p/templates'], 'APP_DIRS': True");

} // namespace

void TestFindTemplate::asksTheLoadersInTheirOrder()
{
    TestProject project(contents(standard));
    const auto found = find(project, "base.html");
    QCOMPARE(paths(found), "/p/templates/base.html /p/a/templates/base.html /p/b/templates/base.html");
    QCOMPARE(reasons(found.open), std::string());
    QCOMPARE(paths(find(project, "nowhere.html")), std::string());
}

void TestFindTemplate::followsTheLoadersOfTheSettings_data()
{
    QTest::addColumn<QByteArray>("engine");
    QTest::addColumn<QByteArray>("found");
    QTest::addColumn<bool>("isOpen");

    const auto row = [](const char *name, const char *engine, const char *found, bool isOpen = false) {
        QTest::newRow(name) << QByteArray(engine) << QByteArray(found) << isOpen;
    };
    const char *all = "/p/templates/base.html /p/a/templates/base.html /p/b/templates/base.html";
    row("directories only", "'DIRS': ['/p/templates']", "/p/templates/base.html");
    row("apps only", "'APP_DIRS': True", "/p/a/templates/base.html /p/b/templates/base.html");
    row("loaders",
        "'DIRS': ['/p/templates'], 'OPTIONS': {'loaders': ['django.template.loaders.filesystem.Loader', "
        "'django.template.loaders.app_directories.Loader']}",
        all);
    row("a cached loader",
        "'DIRS': ['/p/templates'], 'OPTIONS': {'loaders': [('django.template.loaders.cached.Loader', "
        "['django.template.loaders.filesystem.Loader', 'django.template.loaders.app_directories.Loader'])]}",
        all);
    row("apps first",
        "'DIRS': ['/p/templates'], 'OPTIONS': {'loaders': ['django.template.loaders.app_directories.Loader', "
        "'django.template.loaders.filesystem.Loader']}",
        "/p/a/templates/base.html /p/b/templates/base.html /p/templates/base.html");
    row("a loader with directories",
        "'OPTIONS': {'loaders': [('django.template.loaders.filesystem.Loader', ['/p/a/templates'])]}",
        "/p/a/templates/base.html");
    row("in memory", "'OPTIONS': {'loaders': [('django.template.loaders.locmem.Loader', {'base.html': ''})]}", "",
        true);
    row("another loader",
        "'DIRS': ['/p/templates'], 'OPTIONS': {'loaders': ['django.template.loaders.filesystem.Loader', "
        "'nowhere.Loader']}",
        "/p/templates/base.html", true);
}

void TestFindTemplate::followsTheLoadersOfTheSettings()
{
    QFETCH(QByteArray, engine);
    QFETCH(QByteArray, found);
    QFETCH(bool, isOpen);

    TestProject project(contents(engineText(engine.toStdString())));
    const auto lookup = find(project, "base.html");
    QCOMPARE(paths(lookup), found.toStdString());
    QCOMPARE(!lookup.open.empty(), isOpen);
}

void TestFindTemplate::aLoaderOfTheProjectsHasTheFoldersOfItsBase_data()
{
    QTest::addColumn<QByteArray>("loaders");
    QTest::addColumn<QByteArray>("found");
    QTest::addColumn<bool>("isOpen");

    const auto row = [](const char *name, const char *loaders, const char *found, bool isOpen = true) {
        QTest::newRow(name) << QByteArray(loaders) << QByteArray(found) << isOpen;
    };
    const char *all = "/p/templates/base.html /p/a/templates/base.html /p/b/templates/base.html";
    row("of folders", "'mine.loaders.Folders'", "/p/templates/base.html");
    row("of folders of its own", "('mine.loaders.Folders', ['/p/b/templates'])", "/p/b/templates/base.html");
    row("of applications", "'mine.loaders.Apps'", "/p/a/templates/base.html /p/b/templates/base.html", false);
    row("by two steps and another module", "'mine.Apps'", "/p/a/templates/base.html /p/b/templates/base.html", false);
    row("cached, around Django's",
        "('mine.loaders.Cached', ['django.template.loaders.filesystem.Loader', "
        "'django.template.loaders.app_directories.Loader'])",
        all, false);
    row("cached", "('mine.loaders.Cached', ['mine.loaders.Folders', 'django.template.loaders.app_directories.Loader'])",
        all);
    row("around Django's",
        "('other.Loader', [('django.template.loaders.cached.Loader', "
        "['django.template.loaders.filesystem.Loader'])])",
        "/p/templates/base.html");
    row("of which nothing is known", "'other.Loader'", all);
}

void TestFindTemplate::aLoaderOfTheProjectsHasTheFoldersOfItsBase()
{
    QFETCH(QByteArray, loaders);
    QFETCH(QByteArray, found);
    QFETCH(bool, isOpen);

    TestProject::Contents files =
        contents(engineText("'DIRS': ['/p/templates'], 'OPTIONS': {'loaders': [" + loaders.toStdString() + "]}"));
    files["mine/__init__.py"] = "from .more import Most as Apps\n";
    files["mine/more.py"] = "from . import loaders\n\nclass Most(loaders.Apps):\n    is_usable = True\n";
    files["mine/loaders.py"] =
        "import django.template.loaders.app_directories as apps\n"
        "from django.template.loaders import cached\n"
        "from django.template.loaders.filesystem import Loader as FileLoader\n\n"
        "class Folders(FileLoader):\n    def get_template_sources(self, name):\n        return []\n\n"
        "class Apps(apps.Loader):\n    pass\n\nclass Cached(cached.Loader):\n    pass\n";
    TestProject project(files);
    const auto lookup = find(project, "base.html");
    QCOMPARE(paths(lookup), found.toStdString());
    QCOMPARE(!lookup.open.empty(), isOpen); // where it does something of its own it may find more
    if (isOpen)
        QCOMPARE(lookup.open.front().file, "/p/site_settings.py");
    QVERIFY(!project.ask<project::ProjectTemplates>().empty());
}

void TestFindTemplate::aLoaderThatMayChangeTextsLeavesItsEngineAlone_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<bool>("isLeftAlone");

    QTest::newRow("its text") << QByteArray("get_contents") << true;
    QTest::newRow("what it makes of it") << QByteArray("get_template") << true;
    QTest::newRow("where it looks") << QByteArray("get_template_sources") << false;
    QTest::newRow("nothing of Django's") << QByteArray("contents") << false;
}

void TestFindTemplate::aLoaderThatMayChangeTextsLeavesItsEngineAlone()
{
    QFETCH(QByteArray, method);
    QFETCH(bool, isLeftAlone);

    TestProject::Contents files =
        contents(engineText("'DIRS': ['/p/templates'], 'OPTIONS': {'loaders': ['mine.Loader']}"));
    files["mine.py"] = "from django.template.loaders import filesystem\nclass Loader(filesystem.Loader):\n    def "
        + method.toStdString() + "(self, *more):\n        return nothing()\n";
    TestProject project(files);
    QCOMPARE(project.ask<project::ProjectTemplates>().empty(), isLeftAlone);
    QCOMPARE(project.ask<project::Settings>()->enginesLeftAlone.size(), isLeftAlone ? 1U : 0U);
}

void TestFindTemplate::aFileBelongsToTheEngineThatGetsIt_data()
{
    QTest::addColumn<QByteArray>("before"); // engines of TEMPLATES before Django's, and behind it
    QTest::addColumn<QByteArray>("behind");
    QTest::addColumn<QByteArray>("judged");

    const QByteArray both = "/p/templates/base.html /p/templates/page.jinja";
    const QByteArray folder = "'DIRS': ['/p/templates']";
    const QByteArray jinja = "{'BACKEND': 'django.template.backends.jinja2.Jinja2', " + folder + "}";
    const QByteArray other = "{'BACKEND': 'django_jinja.backend.Jinja2', " + folder;
    QTest::newRow("alone") << QByteArray() << QByteArray() << both;
    QTest::newRow("Jinja2 first") << jinja << QByteArray() << QByteArray();
    QTest::newRow("Jinja2 behind") << QByteArray() << jinja << QByteArray("/p/templates/base.html");
    QTest::newRow("by the ending") << other + "}" << QByteArray() << QByteArray("/p/templates/base.html");
    QTest::newRow("by another ending") << other + ", 'OPTIONS': {'match_extension': '.html'}}" << QByteArray()
                                       << QByteArray("/p/templates/page.jinja");
    QTest::newRow("by an expression") << other
            + ", 'OPTIONS': {'match_extension': None, 'match_regex': r'^(?!page).*'}}"
                                      << QByteArray() << QByteArray("/p/templates/page.jinja");
    QTest::newRow("by an expression that is not read")
        << other + ", 'OPTIONS': {'match_extension': '', 'match_regex': r'(?P<x>z)'}}" << QByteArray() << QByteArray();
    QTest::newRow("elsewhere") << QByteArray("{'BACKEND': 'django.template.backends.jinja2.Jinja2', 'DIRS': ['/p/j']}")
                               << QByteArray() << both;
    QTest::newRow("a package's own") << QByteArray("{'BACKEND': 'pkg.Engine', " + folder
                                                   + ", 'OPTIONS': {'match_extension': '.jinja'}}")
                                     << QByteArray() << QByteArray("/p/templates/base.html");
}

void TestFindTemplate::aFileBelongsToTheEngineThatGetsIt()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, behind);
    QFETCH(QByteArray, judged);

    const auto list = [](const QByteArray &engine) { return engine.isEmpty() ? "" : engine.toStdString() + ", "; };
    TestProject::Contents files = contents("TEMPLATES = [" + list(before)
                                           + "{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'DIRS': "
                                             "['/p/templates']}, "
                                           + list(behind) + "]\n");
    files["templates/page.jinja"] = "";
    TestProject project(files);
    QCOMPARE(paths(project.ask<project::ProjectTemplates>()), judged.toStdString());
    QCOMPARE(paths(project.ask<project::TemplatesIn>(std::string_view("/p/templates"))), judged.toStdString());
}

void TestFindTemplate::staysInsideTheDirectory_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("isFound");

    QTest::newRow("plain") << QByteArray("a/only.html") << true;
    QTest::newRow("doubled slash") << QByteArray("a//only.html") << true;
    QTest::newRow("back and forth") << QByteArray("a/../a/only.html") << true;
    QTest::newRow("out of it") << QByteArray("../templates/a/only.html") << true; // leads back in
    QTest::newRow("beside it") << QByteArray("../__init__.py") << false;
    QTest::newRow("absolute") << QByteArray("/a/only.html") << false;
    QTest::newRow("a directory") << QByteArray("a") << false;
    QTest::newRow("empty") << QByteArray("") << false;
}

void TestFindTemplate::staysInsideTheDirectory()
{
    QFETCH(QByteArray, name);
    QFETCH(bool, isFound);

    TestProject project(contents(standard));
    QCOMPARE(!find(project, name.toStdString()).origins.empty(), isFound);
}

void TestFindTemplate::aTemplateThatAppearsIsFound()
{
    TestProject project(contents(standard));
    QCOMPARE(paths(find(project, "new.html")), std::string());
    const auto others = project.engine.counters("FindTemplate").executed;
    project.edit("b/templates/unrelated.html", "");
    QCOMPARE(paths(find(project, "new.html")), std::string());
    QCOMPARE(project.engine.counters("FindTemplate").executed, others); // no listing is read
    project.edit("b/templates/new.html", "");
    QCOMPARE(paths(find(project, "new.html")), "/p/b/templates/new.html");
    project.remove("b/templates/new.html");
    QCOMPARE(paths(find(project, "new.html")), std::string());
}

void TestFindTemplate::anUnreadableDirectoryOpensTheAnswer()
{
    TestProject project(contents(standard + "import os\nTEMPLATES[0]['DIRS'] = [os.environ['T']]\n"));
    const auto found = find(project, "nowhere.html");
    QCOMPARE(found.open.size(), std::size_t(1));
    QCOMPARE(found.open.front().line, 4U);
    QCOMPARE(paths(find(project, "a/only.html")), "/p/a/templates/a/only.html");
}

void TestFindTemplate::theFormRenderersTemplatesAreApart()
{
    TestProject project(contents(standard));
    const auto found = find(project, "django/forms/div.html");
    QCOMPARE(found.origins.size(), std::size_t(1));
    QVERIFY(found.origins.front().formRenderer);
    QVERIFY(!find(project, "base.html").origins.front().formRenderer);
}

void TestFindTemplate::namesOfAFile()
{
    TestProject project(contents(engineText("'DIRS': ['/p/templates', '/p/a/templates/a'], 'APP_DIRS': True")));
    query::Reader db(project.engine.ticket());
    const auto names = [&](const char *path) {
        return db.get<project::TemplateNames>(project.project, source::fileAt(db, path));
    };
    QCOMPARE(names("/p/a/templates/a/only.html"), (std::vector<std::string>{"a/only.html", "only.html"}));
    QCOMPARE(names("/p/elsewhere.html"), std::vector<std::string>());
}

void TestFindTemplate::resolvesRelativeNames_data()
{
    QTest::addColumn<QByteArray>("current");
    QTest::addColumn<QByteArray>("relative");
    QTest::addColumn<QByteArray>("name"); // or "outside", "itself"

    const auto row = [](const char *current, const char *relative, const char *name) {
        QTest::addRow("%s in %s", relative, current) << QByteArray(current) << QByteArray(relative) << QByteArray(name);
    };
    row("a/b.html", "c.html", "c.html");
    row("a/b.html", "./c.html", "a/c.html");
    row("a/b.html", "../c.html", "c.html");
    row("a/b/c.html", "../../d/./e.html", "d/e.html");
    row("a/b.html", "../../c.html", "outside");
    row("b.html", "../c.html", "outside");
    row("a/b.html", "./b.html", "itself");
    row("/a/b.html", "./c.html", "a/c.html");
    row("a/b.html", "./../a/b.html", "itself");
}

void TestFindTemplate::resolvesRelativeNames()
{
    QFETCH(QByteArray, current);
    QFETCH(QByteArray, relative);
    QFETCH(QByteArray, name);

    const auto resolved = project::resolveRelativeName(current.toStdString(), relative.toStdString());
    const std::string text = resolved                            ? *resolved
        : resolved.error() == project::RelativeNameError::Itself ? "itself"
                                                                 : "outside";
    QCOMPARE(text, name.toStdString());
}

void TestFindTemplate::listsTheProjectsOwnTemplates()
{
    auto all = contents(standard
                        + "INSTALLED_APPS.append('installed')\n"
                          "TEMPLATES.append({'BACKEND': 'django.template.backends.jinja2.Jinja2', "
                          "'DIRS': ['/p/templates/jinja'], 'APP_DIRS': True})\n");
    all.merge(TestProject::Contents{{"templates/jinja/j.html", ""},
                                    {"templates/mail/a.txt", ""},
                                    {"templates/logo.png", ""},
                                    {"templates/tags.py", ""},
                                    {"templates/page.html-tpl", ""},
                                    {"templates/project_template/x.html", ""},
                                    {"a/jinja2/a.html", ""},
                                    {"/site-packages/installed/__init__.py", ""},
                                    {"/site-packages/installed/templates/i.html", ""}});
    TestProject project(all);
    QCOMPARE(paths(project.ask<project::ProjectTemplates>()),
             "/p/a/templates/a/only.html /p/a/templates/base.html /p/b/templates/base.html /p/templates/base.html "
             "/p/templates/mail/a.txt");
}

// Nothing says where templates are, so those of a folder called as Django calls it are checked; of a project within the
// project, that one's.
void TestFindTemplate::withoutSettingsEachFolderOfTemplatesCounts()
{
    TestProject project({{"manage.py", ""},
                         {"templates/only.html", ""},
                         {"web/pages/templates/web/page.html", ""},
                         {"web/templates/logo.png", ""},
                         {"web/static/page.html", ""},
                         {"inner/manage.py", ""},
                         {"inner/templates/inner.html", ""},
                         {"/site-packages/installed/templates/i.html", ""}});
    const project::Given given = project.given();
    const auto giveRoot = [&](const char *root) {
        project.engine.write("root", [&](query::Transaction &tx) { tx.set<&project::GivenData::root>(given, root); });
    };
    giveRoot("");
    QCOMPARE(paths(project.ask<project::ProjectTemplates>()),
             "/p/templates/only.html /p/web/pages/templates/web/page.html");
    giveRoot("/p"); // It is the only one then.
    QCOMPARE(paths(project.ask<project::ProjectTemplates>()),
             "/p/inner/templates/inner.html /p/templates/only.html /p/web/pages/templates/web/page.html");
    const auto isJudged = [&](const char *path) {
        query::Reader db(project.engine.ticket());
        return db.get<project::JudgedAs>(project.project, source::fileAt(db, path)).has_value();
    };
    QVERIFY(isJudged("/p/templates/only.html"));
    QVERIFY(isJudged("/p/templates/not/there/yet.html"));
    QVERIFY(!isJudged("/p/web/static/page.html"));
    QVERIFY(!isJudged("/p/web/templates/logo.png"));
    QVERIFY(!isJudged("/site-packages/installed/templates/i.html"));
}

void TestFindTemplate::listsTheTemplatesOfAFolder()
{
    auto all = contents(standard);
    all.merge(TestProject::Contents{{"c/templates/c.html", ""},
                                    {"c/static/c.html", ""},
                                    {"venv/lib/python3.13/site-packages/v/templates/v.html", ""},
                                    {"/site-packages/installed/templates/i.html", ""}});
    TestProject project(all);
    const project::Given given = project.given();
    project.engine.write("site-packages", [&](query::Transaction &tx) {
        project::Configuration options;
        options.sitePackages = {"/site-packages", "/p/venv/lib/python3.13/site-packages"};
        tx.set<&project::GivenData::options>(given, options);
    });
    const auto in = [&](const char *folder) {
        return paths(project.ask<project::TemplatesIn>(std::string_view(folder)));
    };
    QCOMPARE(in("/p/a"), "/p/a/templates/a/only.html /p/a/templates/base.html");
    QCOMPARE(in("/p/a/templates/a"), "/p/a/templates/a/only.html");
    QCOMPARE(in("/p/c"), "/p/c/templates/c.html");
    QCOMPARE(in("/site-packages/installed"), "/site-packages/installed/templates/i.html");
    QCOMPARE(in("/p/venv"), std::string());
    QCOMPARE(in("/nowhere"), std::string());
}

NUAGES_TEST(TestFindTemplate)
#include "tst_findtemplate.moc"
