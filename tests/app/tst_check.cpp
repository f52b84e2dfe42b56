#include "tests/app/programrun.h"

#include "tests/support/testmain.h"

#include <QDir>
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
    void theTextOnStdinStandsForTheFile();
    void aFileOnStdinNeedNotExist();
    void pyprojectConfiguresTheProject();
    void theRootIsFoundFromThePath();
    void brokenConfigurationIsNamed_data();
    void brokenConfigurationIsNamed();
    void openReasonsGoToStderrOnce();
    void aPackageWithoutSettingsIsChecked();
    void withoutDjangoStructureIsStillJudged();
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
        "'prose' is none of concise|full|json");
    row("an unknown severity", {QStringLiteral("check"), QStringLiteral("--fail-on"), QStringLiteral("never")},
        "never");
    row("no threads", {QStringLiteral("check"), QStringLiteral("--threads"), QStringLiteral("0")}, "0");
    row("a path that is not there", {QStringLiteral("check"), QStringLiteral("/nowhere/at/all")}, "/nowhere/at/all");
    row("a project that is not there",
        {QStringLiteral("check"), QStringLiteral("--project"), QStringLiteral("/nowhere")}, "/nowhere");
    row("packages that are not there",
        {QStringLiteral("check"), QStringLiteral("--site-packages"), QStringLiteral("/nowhere")}, "/nowhere");
    row("settings that are not there",
        {QStringLiteral("check"), QStringLiteral("--settings"), QStringLiteral("website.production")},
        "website.production");
}

void TestCheck::badUsageExitsWithTwoAndOneSentence()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, named);
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
    QTest::newRow("a folder without templates")
        << QStringList{QStringLiteral("/website")} << QByteArray("0 problems in 0 templates");
}

void TestCheck::aPathSelectsTemplates()
{
    QFETCH(QStringList, paths);
    QFETCH(QByteArray, summary);
    for (QString &path : paths)
        path.prepend(m_root);
    QCOMPARE(lastLine(runNuages(checkArguments(paths)).out), summary);
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
    QCOMPARE(report[QStringLiteral("project")].toString(), m_root);
    QCOMPARE(report[QStringLiteral("settings")].toString(), QStringLiteral("website.settings"));
    QCOMPARE(report[QStringLiteral("django")].toString(), QStringLiteral("5.2.0"));
    QCOMPARE(report[QStringLiteral("templates")].toInt(), 1);
    QCOMPARE(run.exitCode, 0);
}

void TestCheck::theRootIsFoundFromThePath()
{
    const ProgramRun run = runNuages({QStringLiteral("check"), QStringLiteral("--format"), QStringLiteral("json"),
                                      m_root + QStringLiteral("/shop/templates/shop/list.html")});
    QCOMPARE(QJsonDocument::fromJson(run.out).object()[QStringLiteral("project")].toString(), m_root);
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

void TestCheck::excludedFilesAreCheckedWhenNamed()
{
    QVERIFY(writeFile(m_root + QStringLiteral("/pyproject.toml"), "[tool.nuages]\nexclude = ['shop']\n"));
    QCOMPARE(lastLine(runNuages(checkArguments()).out), QByteArray("0 problems in 1 template"));
    const QString file = m_root + QStringLiteral("/shop/templates/shop/list.html");
    QCOMPARE(lastLine(runNuages(checkArguments({file})).out), QByteArray("1 problem in 1 template"));
}

NUAGES_TEST(TestCheck)
#include "tst_check.moc"
