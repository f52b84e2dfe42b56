#include "tests/app/programrun.h"

#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace nuages::tests;

/// The command line contract: exit codes, what goes where, and how templates are selected.
class TestCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void findingsExitWithOne();
    void aCleanProjectExitsWithZero();
    void badUsageExitsWithTwoAndOneSentence_data();
    void badUsageExitsWithTwoAndOneSentence();
    void withoutArgumentsTheHelpGoesToStderr();
    void aPathSelectsTemplates_data();
    void aPathSelectsTemplates();
    void anEmptyCheckMayBeAllowed();
    void eachRealFileIsCheckedOnce_data();
    void eachRealFileIsCheckedOnce();
    void aByteOrderMarkIsNoColumn();
    void rulesAreSelectedAndIgnored_data();
    void rulesAreSelectedAndIgnored();
    void coloursAreForTerminals_data();
    void coloursAreForTerminals();
    void theTextOnStdinStandsForTheFile();
    void aFileOnStdinNeedNotExist();
    void pyprojectConfiguresTheProject();
    void pyprojectSelectsAndWeighsRules();
    void aProjectBehindALinkIsCheckedOnce();
    void aFileOfAnotherEngineIsThatInItsOwnProject();
    void theRootIsFoundFromThePath();
    void eachProjectBelowAFolderIsItsOwn_data();
    void eachProjectBelowAFolderIsItsOwn();
    void brokenConfigurationIsNamed_data();
    void brokenConfigurationIsNamed();
    void openReasonsGoToStderrOnce();
    void whatIsWithheldIsCountedAndMayFail();
    void aPackageWithoutSettingsIsChecked();
    void withoutDjangoStructureIsStillJudged();
    void namesOfALaterDjangoAreNotDoubtedWithTheSystems();
    void appsThatAreMissingWithoutAnEnvironmentHaveOneCause();
    void anEmptyCheckSaysWhatCouldNotBeRead();
    void excludedFilesAreCheckedWhenNamed();

private:
    QStringList checkArguments(const QStringList &more = {}) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_root;
};

namespace {

const QByteArray sound = "{% if x %}{{ x|upper }}{% endif %}\n";

QByteArray lastLine(const QByteArray &text) { return text.trimmed().split('\n').last(); }

} // namespace

// A project of three templates; the one of the shop has a mistake.
void TestCheck::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_root = m_folder->path() + QStringLiteral("/shop");
    QVERIFY(copyFolder(sourceFolder(QStringLiteral("tests/app/shop")), m_root));
}

QStringList TestCheck::checkArguments(const QStringList &more) const
{
    return QStringList{QStringLiteral("check"), QStringLiteral("--project"), m_root, QStringLiteral("--site-packages"),
                       sourceFolder(QStringLiteral("tests/engine/rules/fixtures/packages"))}
    + more;
}

void TestCheck::findingsExitWithOne()
{
    const ProgramRun run = runNuages(checkArguments());
    QCOMPARE(run.err, QByteArray());
    QCOMPARE(run.out,
             QByteArray("shop/templates/shop/list.html:2:10: error unknown-filter: No filter is called 'uper', did you "
                        "mean 'upper'?\n"
                        "1 problem in 3 templates\n"));
    QCOMPARE(run.exitCode, 1);
}

void TestCheck::aCleanProjectExitsWithZero()
{
    QVERIFY(writeFile(m_root + QStringLiteral("/shop/templates/shop/list.html"), sound));
    const ProgramRun run = runNuages(checkArguments());
    QCOMPARE(run.out, QByteArray("0 problems in 3 templates\n"));
    QCOMPARE(run.exitCode, 0);
}

void TestCheck::badUsageExitsWithTwoAndOneSentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");

    const auto row = [](const char *name, const QStringList &arguments, const char *named) {
        QTest::newRow(name) << arguments << QString::fromLatin1(named);
    };
    row("no such subcommand", {QStringLiteral("chekc")}, "'chekc', did you mean 'check'?");
    row("nothing like a subcommand", {QStringLiteral("frobnicate")}, "'nuages --help' lists them");
    row("an unknown option in front", {QStringLiteral("--nonsense")}, "--nonsense; see 'nuages --help'");
    row("an unknown option", {QStringLiteral("check"), QStringLiteral("--nonsense")},
        "--nonsense; see 'nuages check --help'");
    row("an unknown format", {QStringLiteral("check"), QStringLiteral("--format"), QStringLiteral("prose")},
        "'prose' is none of concise|full|json|github|gitlab|junit|sarif");
    row("an unknown time for colours", {QStringLiteral("check"), QStringLiteral("--color"), QStringLiteral("yes")},
        "'yes' is none of auto|always|never");
    row("an unknown severity", {QStringLiteral("check"), QStringLiteral("--fail-on"), QStringLiteral("never")},
        "never");
    row("no threads", {QStringLiteral("check"), QStringLiteral("--threads"), QStringLiteral("0")}, "0");
    row("a path that is not there", {QStringLiteral("check"), QStringLiteral("/nowhere/at/all")}, "/nowhere/at/all");
    row("a project that is not there",
        {QStringLiteral("check"), QStringLiteral("--project"), QStringLiteral("/nowhere")}, "/nowhere");
    row("packages that are not there",
        {QStringLiteral("check"), QStringLiteral("--site-packages"), QStringLiteral("/nowhere")}, "/nowhere");
    row("a rule that is none", {QStringLiteral("check"), QStringLiteral("--select"), QStringLiteral("unknown-tags")},
        "no rule is called 'unknown-tags', did you mean 'unknown-tag'?");
    row("a rule that is none behind a comma",
        {QStringLiteral("check"), QStringLiteral("--ignore=unknown-tag,speling"), QStringLiteral("shop")},
        "no rule is called 'speling'; 'nuages rule' lists them");
    row("a Python module", {QStringLiteral("check"), QStringLiteral("manage.py")}, "manage.py is no template");
    row("a Python module beside a template",
        {QStringLiteral("check"), QStringLiteral("shop/templates/shop/list.html"),
         QStringLiteral("website/settings.py")},
        "website/settings.py is no template");
    row("a picture", {QStringLiteral("check"), QStringLiteral("shop/templates/shop/logo.png")},
        "shop/templates/shop/logo.png is no template");
    row("bytes that are no text", {QStringLiteral("check"), QStringLiteral("shop/templates/shop/data.bin")},
        "shop/templates/shop/data.bin is no template");
    row("a device", {QStringLiteral("check"), QStringLiteral("/dev/null")}, "null is no template");
    row("a module on stdin", {QStringLiteral("check"), QStringLiteral("--stdin-filename"), QStringLiteral("new.py")},
        "new.py is no template");
    row("a folder without templates", {QStringLiteral("check"), QStringLiteral("website")},
        "no template is found in website; --allow-empty");
    row("two folders without templates",
        {QStringLiteral("check"), QStringLiteral("website"), QStringLiteral("website/../shop/models")},
        "no template is found in website, shop/models; --allow-empty");
    row("a project without templates",
        {QStringLiteral("check"), QStringLiteral("--project"), QStringLiteral("website")}, "no template is found in ");
    row("settings that are not there",
        {QStringLiteral("check"), QStringLiteral("--settings"), QStringLiteral("website.production")},
        "website.production");
}

void TestCheck::badUsageExitsWithTwoAndOneSentence()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, named);
    QVERIFY(QDir(m_root).mkdir(QStringLiteral("shop/models")));
    QVERIFY(writeFile(m_root + QStringLiteral("/shop/templates/shop/logo.png"), "picture"));
    QVERIFY(writeFile(m_root + QStringLiteral("/shop/templates/shop/data.bin"), QByteArray("a\0b", 3)));
    const ProgramRun run = runNuages(arguments, {.folder = m_root});
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.out, QByteArray());
    QCOMPARE(run.err.count('\n'), 1);
    QVERIFY2(run.err.startsWith("nuages: ") && run.err.contains(named.toUtf8()), run.err.constData());
}

void TestCheck::withoutArgumentsTheHelpGoesToStderr()
{
    const ProgramRun run = runNuages({});
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.out, QByteArray());
    QCOMPARE(run.err, runNuages({QStringLiteral("--help")}).out);
    QVERIFY(run.err.contains("\n  check "));
}

void TestCheck::aPathSelectsTemplates_data()
{
    QTest::addColumn<QStringList>("paths");
    QTest::addColumn<QByteArray>("summary");

    QTest::newRow("the project") << QStringList{QString()} << QByteArray("1 problem in 3 templates");
    QTest::newRow("an app") << QStringList{QStringLiteral("/shop")} << QByteArray("1 problem in 2 templates");
    QTest::newRow("a folder of templates")
        << QStringList{QStringLiteral("/pages/templates/pages")} << QByteArray("0 problems in 1 template");
    QTest::newRow("a file") << QStringList{QStringLiteral("/shop/templates/shop/list.html")}
                            << QByteArray("1 problem in 1 template");
    QTest::newRow("a file twice") << QStringList{QStringLiteral("/shop/templates/shop/list.html"),
                                                 QStringLiteral("/shop/templates/shop")}
                                  << QByteArray("1 problem in 2 templates");
}

void TestCheck::aPathSelectsTemplates()
{
    QFETCH(QStringList, paths);
    QFETCH(QByteArray, summary);
    for (QString &path : paths)
        path.prepend(m_root);
    QCOMPARE(lastLine(runNuages(checkArguments(paths)).out), summary);
}

void TestCheck::anEmptyCheckMayBeAllowed()
{
    const ProgramRun run =
        runNuages(checkArguments({QStringLiteral("--allow-empty"), m_root + QStringLiteral("/website")}));
    QCOMPARE(run.out, QByteArray("0 problems in 0 templates\n"));
    QCOMPARE(run.exitCode, 0);
    // What is excluded is not checked either, and an empty check says so.
    QVERIFY(writeFile(m_root + QStringLiteral("/pyproject.toml"), "[tool.nuages]\nexclude = ['*']\n"));
    QCOMPARE(runNuages(checkArguments()).exitCode, 2);
}

void TestCheck::eachRealFileIsCheckedOnce_data()
{
    QTest::addColumn<QStringList>("links"); // what is made, and what it leads to
    QTest::addColumn<QByteArray>("path"); // of the finding
    QTest::addColumn<QByteArray>("summary");

    const auto row = [](const char *name, const char *path, const char *summary,
                        std::initializer_list<const char *> links) {
        QStringList words;
        for (const char *word : links)
            words << QString::fromLatin1(word);
        QTest::newRow(name) << words << QByteArray(path) << QByteArray(summary);
    };
    const char *const own = "shop/templates/shop/list.html";
    const char *const once = "1 problem in 3 templates";
    row("a circle through the project", own, once, {"shop/templates/loop", "../.."});
    row("a circle of one folder", own, once, {"shop/templates/shop/self", "."});
    row("a link to a folder that comes later", own, once, {"shop/templates/a", "shop"});
    row("a link to another app's templates", own, once, {"pages/templates/mirror", "../../shop/templates"});
    row("two circles through each other", own, once,
        {"pages/templates/x", "../../shop/templates", "shop/templates/y", "../../pages/templates"});
    row("a link to a file", own, once, {"shop/templates/shop/again.html", "list.html"});
    row("a link to a link", own, once, {"shop/templates/one", "two", "shop/templates/two", "shop"});
    row("an absolute link outside", "shop/templates/other/list.html", "2 problems in 4 templates",
        {"shop/templates/other", "OUTSIDE"});
    row("two links outside to one folder", "shop/templates/first/list.html", "2 problems in 4 templates",
        {"shop/templates/first", "OUTSIDE", "shop/templates/second", "OUTSIDE"});
    row("a link to a folder that holds templates by that alone", "shop/templates/kept/list.html",
        "2 problems in 4 templates", {"shop/templates/kept", "../../kept"});
}

void TestCheck::eachRealFileIsCheckedOnce()
{
    QFETCH(QStringList, links);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, summary);
    const QString outside = m_folder->path() + QStringLiteral("/outside");
    QVERIFY(QDir().mkdir(outside));
    QVERIFY(writeFile(outside + QStringLiteral("/list.html"), "{{ x|uper }}"));
    if (links.last().endsWith(u"kept"))
        QVERIFY(QDir().mkdir(m_root + QStringLiteral("/kept"))
                && writeFile(m_root + QStringLiteral("/kept/list.html"), "{{ x|uper }}"));
    for (qsizetype i = 0; i < links.size(); i += 2)
        QVERIFY(
            QFile::link(QString(links[i + 1]).replace(QStringLiteral("OUTSIDE"), outside), m_root + u'/' + links[i]));
    for (const QStringList &paths : {QStringList{}, QStringList{m_root}}) {
        const ProgramRun run = runNuages(checkArguments(paths));
        QCOMPARE(lastLine(run.out), summary);
        QVERIFY2(run.out.contains(path + ':'), run.out.constData());
    }
}

void TestCheck::aByteOrderMarkIsNoColumn()
{
    const QString file = m_root + QStringLiteral("/shop/templates/shop/list.html");
    QVERIFY(writeFile(file, "\xEF\xBB\xBF{{ x|uper }}\n{{ x|uper }}\n"));
    const QByteArray concise = runNuages(checkArguments({file})).out;
    QVERIFY2(concise.contains("list.html:1:6: error") && concise.contains("list.html:2:6: error"), concise.constData());
    const QByteArray full = runNuages(checkArguments({file, QStringLiteral("--format"), QStringLiteral("full")})).out;
    QVERIFY2(full.contains("\n1 | {{ x|uper }}\n  |      ^^^^\n"), full.constData());
}

void TestCheck::rulesAreSelectedAndIgnored_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("summary");

    const auto row = [](const char *name, const QString &options, const char *summary) {
        QTest::newRow(name) << options.split(u' ', Qt::SkipEmptyParts) << QByteArray(summary);
    };
    row("all", QString(), "3 problems in 1 template");
    row("one", QStringLiteral("--select unclosed-tag"), "1 problem in 1 template");
    row("two", QStringLiteral("--select unclosed-tag --select unknown-tag"), "2 problems in 1 template");
    row("two with a comma", QStringLiteral("--select unclosed-tag,unknown-tag"), "2 problems in 1 template");
    row("without one", QStringLiteral("--ignore unknown-filter"), "2 problems in 1 template");
    row("without any", QStringLiteral("--ignore=unknown-filter,unknown-tag,unclosed-tag"), "0 problems in 1 template");
    row("one that is ignored", QStringLiteral("--select unclosed-tag --ignore unclosed-tag"),
        "0 problems in 1 template");
}

void TestCheck::rulesAreSelectedAndIgnored()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, summary);
    const QString file = m_root + QStringLiteral("/shop/templates/shop/list.html");
    QVERIFY(writeFile(file, "{% if x %}{{ x|uper }}{% nope %}"));
    const ProgramRun run = runNuages(checkArguments(QStringList{file} + options));
    QCOMPARE(lastLine(run.out), summary);
    QCOMPARE(run.exitCode, summary.startsWith('0') ? 0 : 1);
}

// The output of a test is a pipe, so no terminal.
void TestCheck::coloursAreForTerminals_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QStringList>("environment");
    QTest::addColumn<bool>("isColoured");

    const auto row = [](const char *name, const char *options, const char *environment, bool isColoured) {
        QTest::newRow(name) << QString::fromLatin1(options).split(u' ', Qt::SkipEmptyParts)
                            << QString::fromLatin1(environment).split(u' ', Qt::SkipEmptyParts) << isColoured;
    };
    row("a pipe", "", "", false);
    row("always", "--color always", "", true);
    row("always, although", "--color always", "NO_COLOR=1", true);
    row("never, although", "--color never", "CLICOLOR_FORCE=1", false);
    row("forced", "", "CLICOLOR_FORCE=1", true);
    row("forced, in words", "--color auto", "CLICOLOR_FORCE=1", true);
    row("not forced", "", "CLICOLOR_FORCE=0", false);
    row("none wins over forced", "", "NO_COLOR=1 CLICOLOR_FORCE=1", false);
    row("an empty NO_COLOR is none", "", "NO_COLOR= CLICOLOR_FORCE=1", true);
}

void TestCheck::coloursAreForTerminals()
{
    QFETCH(QStringList, options);
    QFETCH(QStringList, environment);
    QFETCH(bool, isColoured);
    for (const char *format : {"concise", "full", "json"}) {
        const QStringList arguments = checkArguments({QStringLiteral("--format"), QString::fromLatin1(format)});
        QByteArray out = runNuages(arguments + options, {.environment = environment}).out;
        const bool isForPeople = format != QByteArrayView("json");
        QCOMPARE(out.contains('\033'), isColoured && isForPeople);
        QCOMPARE(out.contains("\033[1;31merror"), isColoured && isForPeople);
        // Without the marks it is the same text.
        for (const char *mark : {"\033[1m", "\033[2m", "\033[1;31m", "\033[0m"})
            out.replace(mark, "");
        QCOMPARE(out, runNuages(arguments).out);
    }
}

void TestCheck::theTextOnStdinStandsForTheFile()
{
    const QString file = m_root + QStringLiteral("/shop/templates/shop/list.html");
    const ProgramRun run = runNuages(checkArguments({QStringLiteral("--stdin-filename"), file}), {.input = sound});
    QCOMPARE(run.out, QByteArray("0 problems in 1 template\n"));
    QCOMPARE(run.exitCode, 0);
}

void TestCheck::aFileOnStdinNeedNotExist()
{
    const ProgramRun run =
        runNuages(checkArguments({QStringLiteral("--stdin-filename"), QStringLiteral("shop/templates/shop/new.html")}),
                  {.input = "{% include './list.html' %}{% include './none.html' %}", .folder = m_root});
    QCOMPARE(run.out,
             QByteArray("shop/templates/shop/new.html:1:39: error missing-template: No template is called "
                        "'shop/none.html', which './none.html' means here\n"
                        "1 problem in 1 template\n"));
}

void TestCheck::pyprojectConfiguresTheProject()
{
    QVERIFY(QFile::remove(m_root + QStringLiteral("/manage.py")));
    QVERIFY(QDir().mkdir(m_root + QStringLiteral("/packages")));
    QVERIFY(copyFolder(sourceFolder(QStringLiteral("tests/engine/rules/fixtures/packages")),
                       m_root + QStringLiteral("/packages")));
    QVERIFY(writeFile(m_root + QStringLiteral("/pyproject.toml"),
                      "[tool.nuages]\nsettings = 'website.settings'\nsite-packages = ['packages']\n"
                      "exclude = ['shop/*/list.html', 'pages']\n"));
    const ProgramRun run = runNuages({QStringLiteral("check"), QStringLiteral("--format"), QStringLiteral("json")},
                                     {.folder = m_root + QStringLiteral("/pages")});
    const QJsonObject report = QJsonDocument::fromJson(run.out).object();
    const QJsonValue project = report[QStringLiteral("projects")][0];
    QCOMPARE(report[QStringLiteral("root")].toString(), m_root);
    QCOMPARE(project[QStringLiteral("root")].toString(), m_root);
    QCOMPARE(project[QStringLiteral("settings")].toString(), QStringLiteral("website.settings"));
    QCOMPARE(project[QStringLiteral("django")].toString(), QStringLiteral("5.2.0"));
    QCOMPARE(project[QStringLiteral("templates")].toInt(), 1);
    QCOMPARE(report[QStringLiteral("templates")].toInt(), 1);
    QCOMPARE(run.exitCode, 0);
}

void TestCheck::pyprojectSelectsAndWeighsRules()
{
    const QString configuration = m_root + QStringLiteral("/pyproject.toml");
    QVERIFY(writeFile(m_root + QStringLiteral("/shop/templates/shop/list.html"), "{% if x %}{{ x|uper }}{% nope %}"));
    QVERIFY(writeFile(m_root + QStringLiteral("/pages/templates/pages/about.html"), "{% nope %}"));
    const auto lines = [&](const QByteArray &text, const QStringList &options = {}) {
        if (!writeFile(configuration, "[tool.nuages]\n" + text))
            return QByteArray();
        return runNuages(checkArguments(options)).out;
    };
    QCOMPARE(lastLine(lines("")), QByteArray("4 problems in 3 templates"));
    QCOMPARE(lastLine(lines("select = ['unknown-tag']")), QByteArray("2 problems in 3 templates"));
    QCOMPARE(lastLine(lines("ignore = ['unknown-tag']")), QByteArray("2 problems in 3 templates"));
    QCOMPARE(lastLine(lines("per-file-ignores = {'pages' = ['unknown-tag'], '*/list.html' = ['unclosed-tag']}")),
             QByteArray("2 problems in 3 templates"));
    // An option stands in the place of its key.
    QCOMPARE(lastLine(lines("select = ['unknown-tag']", {QStringLiteral("--select=unclosed-tag")})),
             QByteArray("1 problem in 3 templates"));

    const QByteArray weighed =
        lines("severity = {unknown-tag = 'hint', unclosed-tag = 'warning'}\nignore = ['unknown-filter']");
    QCOMPARE(weighed.count(": hint unknown-tag: "), 2);
    QCOMPARE(weighed.count(": warning unclosed-tag: "), 1);
    QCOMPARE(runNuages(checkArguments()).exitCode, 0);
    QCOMPARE(runNuages(checkArguments({QStringLiteral("--fail-on=warning")})).exitCode, 1);
}

void TestCheck::eachProjectBelowAFolderIsItsOwn_data()
{
    QTest::addColumn<QStringList>("paths");
    QTest::addColumn<QByteArray>("summary");
    QTest::addColumn<QStringList>("roots");

    const QStringList both = {QStringLiteral("one"), QStringLiteral("two")};
    QTest::newRow("the working folder") << QStringList{} << QByteArray("2 problems in 6 templates") << both;
    QTest::newRow("the folder by name") << QStringList{QStringLiteral(".")} << QByteArray("2 problems in 6 templates")
                                        << both;
    QTest::newRow("two folders") << both << QByteArray("2 problems in 6 templates") << both;
    QTest::newRow("one of them") << QStringList{QStringLiteral("two")} << QByteArray("1 problem in 3 templates")
                                 << QStringList{QStringLiteral("two")};
    QTest::newRow("a template of each") << QStringList{QStringLiteral("one/shop/templates/shop/list.html"),
                                                       QStringLiteral("two/shop/templates/shop/list.html")}
                                        << QByteArray("2 problems in 2 templates") << both;
}

// Each has a library that the other lacks, so that the wrong project would find more.
void TestCheck::eachProjectBelowAFolderIsItsOwn()
{
    QFETCH(QStringList, paths);
    QFETCH(QByteArray, summary);
    QFETCH(QStringList, roots);
    for (const QString &name : {QStringLiteral("one"), QStringLiteral("two")}) {
        const QString root = m_folder->filePath(QStringLiteral("all/") + name);
        QVERIFY(copyFolder(m_root, root));
        QVERIFY(QDir(root).mkdir(QStringLiteral("shop/templatetags")));
        QVERIFY(writeFile(root + QStringLiteral("/shop/templatetags/__init__.py"), ""));
        QVERIFY(writeFile(root + QStringLiteral("/shop/templatetags/") + name + QStringLiteral("_tags.py"),
                          "from django import template\nregister = template.Library()\n"));
        QVERIFY(writeFile(root + QStringLiteral("/shop/templates/shop/list.html"),
                          "{% load " + name.toUtf8() + "_tags %}{{ x|uper }}"));
    }
    const QString folder = m_folder->filePath(QStringLiteral("all"));
    const QStringList arguments = QStringList{QStringLiteral("check"), QStringLiteral("--site-packages"),
                                              sourceFolder(QStringLiteral("tests/engine/rules/fixtures/packages"))}
        + paths;
    const ProgramRun run = runNuages(arguments, {.folder = folder});
    QVERIFY2(lastLine(run.out) == summary, (run.out + run.err).constData());
    QCOMPARE(run.exitCode, 1);
    QVERIFY2(!run.out.contains("unknown-library"), run.out.constData());
    if (roots.size() > 1)
        QVERIFY2(run.out.startsWith("one/shop/templates/shop/list.html:1:"), run.out.constData());

    const QJsonDocument json = QJsonDocument::fromJson(
        runNuages(arguments + QStringList{QStringLiteral("--format"), QStringLiteral("json")}, {.folder = folder}).out);
    QCOMPARE(json[QStringLiteral("root")].toString(), roots.size() > 1 ? folder : folder + u'/' + roots.constFirst());
    QStringList found;
    for (const QJsonValue &project : json[QStringLiteral("projects")].toArray())
        found << project[QStringLiteral("root")].toString().mid(folder.size() + 1);
    QCOMPARE(found, roots);
}

// As releases that are switched by a link.
void TestCheck::aProjectBehindALinkIsCheckedOnce()
{
    QVERIFY(copyFolder(m_root, m_folder->filePath(QStringLiteral("all/releases/new"))));
    QVERIFY(QFile::link(QStringLiteral("releases/new"), m_folder->filePath(QStringLiteral("all/current"))));
    QVERIFY(QFile::link(QStringLiteral("current"), m_folder->filePath(QStringLiteral("all/a"))));
    const auto check = [this] {
        return runNuages({QStringLiteral("check"), QStringLiteral("--site-packages"),
                          sourceFolder(QStringLiteral("tests/engine/rules/fixtures/packages"))},
                         {.folder = m_folder->filePath(QStringLiteral("all"))});
    };
    QCOMPARE(lastLine(check().out), QByteArray("1 problem in 3 templates"));
    QVERIFY(copyFolder(m_root, m_folder->filePath(QStringLiteral("all/other"))));
    QByteArray out = check().out;
    QCOMPARE(lastLine(out), QByteArray("2 problems in 6 templates"));
    QVERIFY2(out.contains("\nreleases/new/shop/"), out.constData());
    // Where it lies elsewhere, the first link stands for it.
    QVERIFY(QDir().rename(m_folder->filePath(QStringLiteral("all/releases")),
                          m_folder->filePath(QStringLiteral("releases"))));
    QVERIFY(QFile::remove(m_folder->filePath(QStringLiteral("all/current"))));
    QVERIFY(QFile::link(QStringLiteral("../releases/new"), m_folder->filePath(QStringLiteral("all/current"))));
    out = check().out;
    QCOMPARE(lastLine(out), QByteArray("2 problems in 6 templates"));
    QVERIFY2(out.startsWith("a/shop/"), out.constData());
}

// The folder above belongs to a project of its own, in whose eyes the file is a template that nobody has.
void TestCheck::aFileOfAnotherEngineIsThatInItsOwnProject()
{
    for (const QString &name : {QStringLiteral("one"), QStringLiteral("two")})
        QVERIFY(copyFolder(m_root, m_folder->filePath(QStringLiteral("all/") + name)));
    const QString two = m_folder->filePath(QStringLiteral("all/two"));
    QFile settings(two + QStringLiteral("/website/settings.py"));
    QVERIFY(settings.open(QIODevice::Append));
    settings.write("TEMPLATES.insert(0, {'BACKEND': 'django_jinja.backend.Jinja2', 'APP_DIRS': True, 'DIRS': [],\n"
                   "    'OPTIONS': {'match_extension': '.page'}})\n");
    settings.close();
    QVERIFY(writeFile(two + QStringLiteral("/shop/templates/shop/a.page"), "{% set a = 1 %}"));
    const ProgramRun run =
        runNuages({QStringLiteral("check"), QStringLiteral("--site-packages"),
                   sourceFolder(QStringLiteral("tests/engine/rules/fixtures/packages")), QStringLiteral(".")},
                  {.folder = m_folder->filePath(QStringLiteral("all"))});
    QVERIFY2(lastLine(run.out) == "2 problems in 6 templates", (run.out + run.err).constData());
}

void TestCheck::theRootIsFoundFromThePath()
{
    const ProgramRun run = runNuages({QStringLiteral("check"), QStringLiteral("--format"), QStringLiteral("json"),
                                      m_root + QStringLiteral("/shop/templates/shop/list.html")});
    QCOMPARE(QJsonDocument::fromJson(run.out).object()[QStringLiteral("root")].toString(), m_root);
}

void TestCheck::brokenConfigurationIsNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("sentence");

    QTest::newRow("no TOML") << QByteArray("[tool.nuages]\nsettings = \n") << QByteArray("pyproject.toml:2: ");
    QTest::newRow("an unknown key") << QByteArray("[tool.nuages]\n\nsetings = 'a'\n")
                                    << QByteArray("pyproject.toml:3: unknown key tool.nuages.setings");
    QTest::newRow("a wrong type") << QByteArray("[tool.nuages]\nexclude = 'a'\n")
                                  << QByteArray("pyproject.toml:2: tool.nuages.exclude must be a list of strings");
    QTest::newRow("a rule that is none") << QByteArray("[tool.nuages]\nignore = ['unknown-tags']\n")
                                         << QByteArray("tool.nuages.ignore: no rule is called 'unknown-tags', did you");
    QTest::newRow("a rule that is none in a file")
        << QByteArray("[tool.nuages]\nper-file-ignores = {'*' = ['nothing']}\n")
        << QByteArray("tool.nuages.per-file-ignores: no rule is called 'nothing'");
    QTest::newRow("a severity that is none")
        << QByteArray("[tool.nuages]\nseverity = {unknown-tag = 'fatal'}\n") << QByteArray("'fatal'");
}

void TestCheck::brokenConfigurationIsNamed()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, sentence);
    QVERIFY(writeFile(m_root + QStringLiteral("/pyproject.toml"), text));
    const ProgramRun run = runNuages(checkArguments());
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.out, QByteArray());
    QVERIFY2(run.err.contains(sentence), run.err.constData());
    QCOMPARE(run.err.count('\n'), 1);
}

void TestCheck::openReasonsGoToStderrOnce()
{
    const QString settings = m_root + QStringLiteral("/website/settings.py");
    QVERIFY(writeFile(settings, fileBytes(settings) + "INSTALLED_APPS.append(os.environ['EXTRA'])\n"));
    const ProgramRun run = runNuages(checkArguments());
    QCOMPARE(run.out.count('\n'), 2); // The finding needs no app, and is still there.
    QCOMPARE(run.err.count('\n'), 1);
    QVERIFY2(run.err.startsWith("nuages: not judged: website/settings.py:12: "), run.err.constData());
}

void TestCheck::whatIsWithheldIsCountedAndMayFail()
{
    QVERIFY(writeFile(m_root + QStringLiteral("/shop/templates/shop/list.html"), sound));
    const QStringList strict = checkArguments({QStringLiteral("--fail-on-open")});
    QCOMPARE(runNuages(strict).exitCode, 0);

    // As long as a list that is open costs nothing, nothing is lost.
    const QString settings = m_root + QStringLiteral("/website/settings.py");
    QVERIFY(writeFile(settings, fileBytes(settings) + "INSTALLED_APPS.append(os.environ['EXTRA'])\n"));
    ProgramRun run = runNuages(strict);
    QVERIFY2(run.err.trimmed().endsWith("; withholds nothing now"), run.err.constData());
    QCOMPARE(run.exitCode, 0);

    QVERIFY(writeFile(m_root + QStringLiteral("/shop/templates/shop/list.html"),
                      "{% include 'none.html' %}{% include 'nil.html' %}"));
    QVERIFY(writeFile(m_root + QStringLiteral("/pages/templates/pages/about.html"), "{% include 'nil.html' %}"));
    run = runNuages(strict);
    QCOMPARE(run.out, QByteArray("0 problems in 3 templates\n"));
    QVERIFY2(run.err.contains("; withholds 3 claims in 2 templates; set the variable, or "), run.err.constData());
    QCOMPARE(run.exitCode, 1);
    QCOMPARE(runNuages(checkArguments()).exitCode, 0);
    const QJsonDocument json =
        QJsonDocument::fromJson(runNuages(checkArguments({QStringLiteral("--format"), QStringLiteral("json")})).out);
    const QJsonValue open = json[QStringLiteral("projects")][0][QStringLiteral("open")][0];
    QCOMPARE(open[QStringLiteral("path")].toString(), QStringLiteral("website/settings.py"));
    QCOMPARE(open[QStringLiteral("line")].toInt(), 12);
    QCOMPARE(open[QStringLiteral("withheld")].toInt(), 3);
    QCOMPARE(open[QStringLiteral("templates")].toInt(), 2);
    QCOMPARE(open[QStringLiteral("cure")].toString(), QStringLiteral("env"));
}

// A package has no settings of its own; what its apps bring is known, and that there may be more is said.
void TestCheck::aPackageWithoutSettingsIsChecked()
{
    QVERIFY(QFile::remove(m_root + QStringLiteral("/manage.py")));
    QVERIFY(writeFile(m_root + QStringLiteral("/pages/templates/pages/about.html"), "{% if x %}{{ x|uper }}"));
    const ProgramRun run = runNuages(checkArguments());
    QVERIFY2(run.out.contains("pages/about.html:1:4: error unclosed-tag: "), run.out.constData());
    QVERIFY2(run.out.contains("pages/about.html:1:16: error unknown-filter: "), run.out.constData());
    QVERIFY2(run.err.startsWith("nuages: not judged: .: no settings module"), run.err.constData());
    QCOMPARE(run.exitCode, 1);
}

void TestCheck::withoutDjangoStructureIsStillJudged()
{
    QVERIFY(writeFile(m_root + QStringLiteral("/pages/templates/pages/about.html"), "{% if x %}{{ x|uper }}"));
    const ProgramRun run = runNuages({QStringLiteral("check"), QStringLiteral("--project"), m_root,
                                      QStringLiteral("--site-packages"), m_folder->path()});
    QCOMPARE(run.out,
             QByteArray("pages/templates/pages/about.html:1:4: error unclosed-tag: 'if' is never closed, "
                        "'endif' is missing\n1 problem in 3 templates\n"));
    QCOMPARE(run.err.count("Django is not found"), 1);
}

// Without an environment of its own the project may run with another Django than the system's.
void TestCheck::namesOfALaterDjangoAreNotDoubtedWithTheSystems()
{
    QVERIFY(writeFile(m_root + QStringLiteral("/pages/templates/pages/about.html"),
                      "{% querystring %}{{ x|escapeseq }}{% partialdef a %}{% endpartialdef %}{% querysting %}"));
    const ProgramRun run = runNuages({QStringLiteral("check"), QStringLiteral("--project"), m_root,
                                      m_root + QStringLiteral("/pages/templates/pages/about.html")});
    QCOMPARE(lastLine(run.out), QByteArray("1 problem in 1 template"));
    QVERIFY(run.out.contains("querysting"));
    QVERIFY2(run.err.contains("nuages: not judged: .: the Django of the system, "), run.err.constData());
    QVERIFY2(run.err.contains("withholds 3 claims in 1 template"), run.err.constData());
    QVERIFY(writeFile(m_root + QStringLiteral("/pages/templates/pages/about.html"), sound));
    QCOMPARE(runNuages({QStringLiteral("check"), QStringLiteral("--project"), m_root}).err, QByteArray());
}

void TestCheck::appsThatAreMissingWithoutAnEnvironmentHaveOneCause()
{
    QFile settings(m_root + QStringLiteral("/website/settings.py"));
    QVERIFY(settings.open(QIODevice::Append));
    settings.write("INSTALLED_APPS += ['absent.one', 'absent.two']\n");
    settings.close();
    const QByteArray sentence = "nuages: no environment of " + m_root.toUtf8() + " is found";
    const ProgramRun run = runNuages({QStringLiteral("check"), QStringLiteral("--project"), m_root});
    QVERIFY2(run.err.startsWith(sentence), run.err.constData());
    QCOMPARE(run.err.count('\n'), 3);
    QCOMPARE(run.err.count(sentence), 1);
    QVERIFY(!runNuages(checkArguments()).err.contains(sentence)); // as there the packages are named
}

void TestCheck::anEmptyCheckSaysWhatCouldNotBeRead()
{
    QVERIFY(writeFile(m_root + QStringLiteral("/website/engine.py"),
                      "from django.template.backends.django import DjangoTemplates\nclass Own(DjangoTemplates):\n"
                      "    def __init__(self, params):\n        super().__init__(params)\n        self.engine = "
                      "self.made()\n"));
    QFile settings(m_root + QStringLiteral("/website/settings.py"));
    QVERIFY(settings.open(QIODevice::Append));
    settings.write("TEMPLATES = [{'BACKEND': 'website.engine.Own', 'APP_DIRS': True}]\n");
    settings.close();
    const ProgramRun run = runNuages(checkArguments());
    QCOMPARE(run.exitCode, 2);
    QVERIFY2(run.err.startsWith("nuages: no template is found in " + m_root.toUtf8() + " (website/settings.py:"),
             run.err.constData());
    QCOMPARE(run.err.count('\n'), 1);
}

void TestCheck::excludedFilesAreCheckedWhenNamed()
{
    QVERIFY(writeFile(m_root + QStringLiteral("/pyproject.toml"), "[tool.nuages]\nexclude = ['shop']\n"));
    QCOMPARE(lastLine(runNuages(checkArguments()).out), QByteArray("0 problems in 1 template"));
    const QString file = m_root + QStringLiteral("/shop/templates/shop/list.html");
    QCOMPARE(lastLine(runNuages(checkArguments({file})).out), QByteArray("1 problem in 1 template"));
}

NUAGES_TEST(TestCheck)
#include "tst_check.moc"
