#include "tests/ci/jsonschema.h"
#include "tests/support/program.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nuages::tests;

/// `--format sarif` against the schema of SARIF 2.1.0, which ./dev fetches.
class TestSarif : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aReportIsAsTheSchemaWants_data();
    void aReportIsAsTheSchemaWants();
    void theSchemaRefusesWhatIsBroken_data();
    void theSchemaRefusesWhatIsBroken();
    void eachResultNamesItsRuleAndPlace();
    void whatIsNotJudgedIsANotification();

private:
    QJsonObject checked(const QStringList &arguments = {}) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_project; ///< In the folder `back end` of a repository.
    QJsonObject m_schema;
};

namespace {

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString &path, const QByteArray &bytes)
{
    QVERIFY(QDir().mkpath(path.section(u'/', 0, -2)));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

QJsonObject firstRun(const QJsonObject &report) { return report[u"runs"][0].toObject(); }

} // namespace

void TestSarif::init()
{
    const QString packages = qEnvironmentVariable("NUAGES_NODE_PACKAGES");
    if (packages.isEmpty())
        QSKIP("NUAGES_NODE_PACKAGES names no folder; ./dev shell test sets it");
    m_schema =
        QJsonDocument::fromJson(bytesOf(packages + u"/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"_s))
            .object();
    QVERIFY(m_schema[u"definitions"].toObject().contains(u"physicalLocation"));

    m_folder = std::make_unique<QTemporaryDir>();
    m_project = m_folder->filePath(u"back end"_s);
    QVERIFY(QDir(m_folder->path()).mkdir(u".git"_s));
    put(m_project + u"/manage.py"_s, "");
    put(m_project + u"/templates/a b.html"_s, "\xC3\xA4 {% for y in z %}\n{% endif %}\n");
    put(m_project + u"/templates/ü:1.html"_s, "{% endif %}");
}

void TestSarif::cleanup() { m_folder.reset(); }

QJsonObject TestSarif::checked(const QStringList &arguments) const
{
    QProcess process;
    process.start(nuagesProgram(),
                  QStringList{u"check"_s, m_project, u"--format"_s, u"sarif"_s, u"--site-packages"_s, m_project}
                      + arguments);
    if (!process.waitForFinished())
        return {};
    return QJsonDocument::fromJson(process.readAllStandardOutput()).object();
}

void TestSarif::aReportIsAsTheSchemaWants_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("results");
    QTest::newRow("findings with related places") << QStringList{} << 2;
    QTest::newRow("no findings") << QStringList{u"--select"_s, u"unknown-tag"_s} << 0;
}

void TestSarif::aReportIsAsTheSchemaWants()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, results);
    const QJsonObject report = checked(arguments);
    QCOMPARE(faultsBySchema(report, m_schema), QStringList());
    QVERIFY2(firstRun(report)[u"results"].toArray().size() >= results, QJsonDocument(report).toJson().constData());
    if (results == 0)
        QVERIFY(firstRun(report)[u"results"].toArray().isEmpty());
}

// A validator that lets everything pass would be no test.
void TestSarif::theSchemaRefusesWhatIsBroken_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("a line of 0") << QByteArray("\"startLine\":1") << QByteArray("\"startLine\":0");
    QTest::newRow("a level of our own") << QByteArray("\"level\":\"error\"") << QByteArray("\"level\":\"fatal\"");
    QTest::newRow("a message without text")
        << QByteArray("\"message\":{\"text\"") << QByteArray("\"message\":{\"txet\"");
    QTest::newRow("a driver without name") << QByteArray("\"name\":\"nuages\"") << QByteArray("\"id\":\"nuages\"");
    QTest::newRow("an URI with a blank") << QByteArray("a%20b.html") << QByteArray("a b.html");
    QTest::newRow("another version") << QByteArray("\"version\":\"2.1.0\"") << QByteArray("\"version\":\"2.0.0\"");
    QTest::newRow("a number for an object") << QByteArray("\"tool\":{") << QByteArray("\"tool\":1,\"x\":{");
}

void TestSarif::theSchemaRefusesWhatIsBroken()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QByteArray text = QJsonDocument(checked()).toJson(QJsonDocument::Compact);
    QVERIFY2(text.contains(before), text.constData());
    text.replace(text.indexOf(before), before.size(), after);
    QVERIFY(!faultsBySchema(QJsonDocument::fromJson(text).object(), m_schema).isEmpty());
}

void TestSarif::eachResultNamesItsRuleAndPlace()
{
    const QJsonObject run = firstRun(checked());
    const QJsonArray rules = run[u"tool"][u"driver"][u"rules"].toArray();
    QSet<QString> prints;
    QStringList uris;
    for (const QJsonValue &result : run[u"results"].toArray()) {
        QCOMPARE(rules.at(result[u"ruleIndex"].toInt())[u"id"], result[u"ruleId"]);
        const QJsonValue location = result[u"locations"][0][u"physicalLocation"];
        uris << location[u"artifactLocation"][u"uri"].toString();
        QCOMPARE(location[u"artifactLocation"][u"uriBaseId"].toString(), u"REPOSITORY"_s);
        prints << result[u"partialFingerprints"][u"nuages/v1"].toString();
        QVERIFY(!QFile::exists(uris.last()) && uris.last().startsWith(u"back%20end/templates/"));
    }
    QCOMPARE(prints.size(), uris.size());
    QVERIFY(uris.contains(u"back%20end/templates/%C3%BC%3A1.html"_s));
    const QJsonValue base = run[u"originalUriBaseIds"][u"REPOSITORY"][u"uri"];
    QCOMPARE(QUrl(base.toString()).toLocalFile(), m_folder->path() + u'/');

    // Columns count code points from 1, offsets bytes.
    const QJsonValue first = run[u"results"][0][u"locations"][0][u"physicalLocation"][u"region"];
    QCOMPARE(first[u"startColumn"].toInt(), 6);
    QCOMPARE(first[u"byteOffset"].toInt(), 6);
    QVERIFY(run[u"results"][1][u"relatedLocations"][0][u"message"][u"text"].isString());
}

void TestSarif::whatIsNotJudgedIsANotification()
{
    const QJsonValue invocation = firstRun(checked())[u"invocations"][0];
    QCOMPARE(invocation[u"executionSuccessful"].toBool(), true);
    const QString text = invocation[u"toolExecutionNotifications"][0][u"message"][u"text"].toString();
    QVERIFY2(text.startsWith(u"not judged: "), qPrintable(text));
}

NUAGES_TEST(TestSarif)
#include "tst_sarif.moc"
