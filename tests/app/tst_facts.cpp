#include "tests/app/programrun.h"

#include "tests/support/testmain.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nuages::tests;

/// `nuages facts`: what is known of a project, each fact with the place where it stands. The goldens are renewed as
/// those of tst_goldens.
class TestFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDemoInBothFormats_data();
    void theDemoInBothFormats();
    void eachFactStandsWhereItIsSaidToBe();
    void whatMayHoldMoreIsNamedWithItsList();
    void aPackageHasNoSettings();
    void eachProjectOfAFolderHasItsOwn();
    void withoutDjangoThereIsStillTheProject();
    void everySeedPrintsTheSame();
    void wrongUsageIsOneSentence_data();
    void wrongUsageIsOneSentence();
};

namespace {

const QString demoProject = sourceFolder(u"resources/demo"_s);
const QString packages = sourceFolder(u"tests/engine/rules/fixtures/packages"_s);

ProgramRun facts(const QString &root, const QStringList &arguments = {}, const RunOptions &options = {})
{
    return runNuages(QStringList{u"facts"_s, root, u"--site-packages"_s, packages} + arguments, options);
}

QJsonObject factsOf(const QString &root, const QStringList &arguments = {})
{
    return QJsonDocument::fromJson(facts(root, QStringList{u"--format"_s, u"json"_s} + arguments).out).object();
}

/// The text of the line that a fact names; a null one if there is none.
QByteArray lineAt(const QString &root, const QJsonValue &source)
{
    const QByteArrayList lines = fileBytes(QFileInfo(root + u'/', source["path"_L1].toString()).filePath()).split('\n');
    const qsizetype line = source["line"_L1].toInt();
    return line > 0 && line <= lines.size() ? lines[line - 1] : QByteArray();
}

bool copyShop(const QTemporaryDir &folder)
{
    return copyFolder(sourceFolder(u"tests/app/shop"_s), folder.filePath(u"shop"_s));
}

} // namespace

void TestFacts::theDemoInBothFormats_data()
{
    QTest::addColumn<QString>("format");
    QTest::newRow("text") << u"text"_s;
    QTest::newRow("json") << u"json"_s;
}

void TestFacts::theDemoInBothFormats()
{
    QFETCH(QString, format);
    const ProgramRun run = facts(demoProject, {u"--format"_s, format});
    QCOMPARE(run.err, QByteArray());
    QCOMPARE(run.exitCode, 0);
    QByteArray out = run.out;
    out.replace(packages.toUtf8(), "PACKAGES").replace(demoProject.toUtf8(), "PROJECT");
    const QString golden = sourceFolder(u"tests/app/goldens/facts."_s + format);
    if (qEnvironmentVariableIsSet("NUAGES_WRITE_GOLDENS"))
        QVERIFY(writeFile(golden, out));
    QCOMPARE(out, fileBytes(golden));
}

void TestFacts::eachFactStandsWhereItIsSaidToBe()
{
    const QJsonObject all = factsOf(demoProject);
    QCOMPARE(all["version"_L1].toInt(), 1);
    QCOMPARE(all["root"_L1].toString(), demoProject);
    const auto holds = [](const QJsonValue &source, const QString &word) {
        const QByteArray line = lineAt(demoProject, source);
        return line.contains(word.toUtf8());
    };
    int looked = 0;
    for (const QJsonValue &app : all["apps"_L1].toArray()) {
        QVERIFY2(holds(app["source"_L1], app["entry"_L1].toString()), qPrintable(app["entry"_L1].toString()));
        ++looked;
    }
    for (const QJsonValue &engine : all["engines"_L1].toArray())
        QVERIFY(!lineAt(demoProject, engine["source"_L1]).isEmpty());
    for (const QJsonValue &library : all["libraries"_L1].toArray()) {
        QVERIFY(QFileInfo(demoProject + u'/', library["path"_L1].toString()).isFile());
        for (const QString &kind : {u"tags"_s, u"filters"_s}) {
            for (const QJsonValue &each : library[kind].toArray()) {
                const QString function = each["function"_L1].toString();
                QVERIFY2(holds(each["source"_L1], function.section(u'.', -1)), qPrintable(function));
                ++looked;
            }
        }
    }
    QVERIFY2(looked > 10, qPrintable(QString::number(looked)));
    QVERIFY(all["settings"_L1]["foundBy"_L1].toString().startsWith("manage.py:"_L1));
    QCOMPARE(all["settings"_L1]["path"_L1].toString(), u"bookshop/settings.py"_s);
    QCOMPARE(all["environment"_L1]["folders"_L1].toArray(), QJsonArray{packages});
}

void TestFacts::whatMayHoldMoreIsNamedWithItsList()
{
    const QTemporaryDir folder;
    QVERIFY(copyShop(folder));
    const QString root = folder.filePath(u"shop"_s);
    // Nothing is said to be open where all could be read.
    QCOMPARE(factsOf(root)["open"_L1].toArray(), QJsonArray());
    QVERIFY(!facts(root).out.contains("may hold more"));
    const QString settings = root + u"/website/settings.py"_s;
    QVERIFY(writeFile(settings, fileBytes(settings) + "INSTALLED_APPS.append(os.environ['EXTRA'])\n"));
    const QJsonArray open = factsOf(root)["open"_L1].toArray();
    QVERIFY(!open.isEmpty());
    QCOMPARE(open[0]["list"_L1].toString(), u"apps"_s);
    QCOMPARE(open[0]["path"_L1].toString(), u"website/settings.py"_s);
    QVERIFY(lineAt(root, open[0]).contains("EXTRA"));
    QVERIFY(open[0]["why"_L1].toString().contains("EXTRA"_L1));
    QVERIFY(facts(root).out.contains("\nmay hold more\n  apps "));
}

void TestFacts::aPackageHasNoSettings()
{
    const QTemporaryDir folder;
    QVERIFY(copyShop(folder));
    const QString root = folder.filePath(u"shop"_s);
    QVERIFY(QFile::remove(root + u"/manage.py"_s));
    const QJsonObject all = factsOf(root, {u"--project"_s, root});
    QVERIFY(all["settings"_L1].isNull());
    QVERIFY(!all["apps"_L1].toArray().isEmpty());
    QVERIFY(all["apps"_L1][0]["source"_L1].isNull());
    QVERIFY(facts(root, {u"--project"_s, root}).out.contains("read as a reusable package"));
}

void TestFacts::eachProjectOfAFolderHasItsOwn()
{
    const QTemporaryDir folder;
    const QStringList roots = {folder.filePath(u"inner/b"_s), folder.filePath(u"shop"_s)};
    for (const QString &root : roots)
        QVERIFY(copyFolder(sourceFolder(u"tests/app/shop"_s), root));
    const auto settingsOf = [](const QJsonObject &project) {
        return project["settings"_L1]["path"_L1].toString() + u' '
            + project["engines"_L1][0]["source"_L1]["path"_L1].toString();
    };
    const QJsonObject all = factsOf(folder.path());
    QCOMPARE(all["version"_L1].toInt(), 1);
    QStringList found;
    for (const QJsonValue &project : all["projects"_L1].toArray()) {
        found << project["root"_L1].toString();
        QCOMPARE(settingsOf(project.toObject()), u"website/settings.py website/settings.py"_s);
        // As each is alone.
        QJsonObject alone = factsOf(found.last());
        alone.remove("version"_L1);
        QCOMPARE(project.toObject(), alone);
    }
    QCOMPARE(found, roots);
    const QByteArray text = facts(folder.path()).out;
    QCOMPARE(text, facts(roots[0]).out + "\n\n" + facts(roots[1]).out);
    // A folder with one project, and one in a project, stand for that.
    QCOMPARE(facts(folder.filePath(u"inner"_s)).out, facts(roots[0]).out);
    QCOMPARE(factsOf(roots[1] + u"/website"_s)["root"_L1].toString(), roots[1]);
}

void TestFacts::withoutDjangoThereIsStillTheProject()
{
    const QTemporaryDir folder;
    QVERIFY(copyShop(folder));
    const QString root = folder.filePath(u"shop"_s);
    const ProgramRun run = runNuages({u"facts"_s, root, u"--site-packages"_s, folder.path()});
    QCOMPARE(run.exitCode, 0);
    QVERIFY(run.out.contains("not found"));
    QVERIFY(run.out.contains("shop_tags") || run.out.contains("website.settings"));
}

void TestFacts::everySeedPrintsTheSame()
{
    const QByteArray first = facts(demoProject).out;
    QVERIFY(!first.isEmpty());
    for (const QString &seed : {u"1"_s, u"2"_s})
        QCOMPARE(facts(demoProject, {}, {.environment = {u"NUAGES_HASH_SEED="_s + seed}}).out, first);
}

void TestFacts::wrongUsageIsOneSentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("no such folder") << QStringList{u"facts"_s, u"/nowhere"_s} << QByteArray("/nowhere");
    QTest::newRow("another format") << QStringList{u"facts"_s, u"--format"_s, u"full"_s}
                                    << QByteArray("'full' is none of text|json");
    QTest::newRow("two paths") << QStringList{u"facts"_s, demoProject, demoProject}
                               << QByteArray("see 'nuages facts --help'");
}

void TestFacts::wrongUsageIsOneSentence()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, sentence);
    const ProgramRun run = runNuages(arguments);
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.out, QByteArray());
    QVERIFY2(run.err.startsWith("nuages: ") && run.err.contains(sentence), run.err.constData());
    QCOMPARE(run.err.count('\n'), 1);
}

NUAGES_TEST(TestFacts)
#include "tst_facts.moc"
