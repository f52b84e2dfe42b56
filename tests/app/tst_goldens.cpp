#include "tests/app/programrun.h"

#include "tests/support/testmain.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace nuages::tests;

/// Whole outputs, compared with files in goldens/. To renew them after a wanted change, run the test with
/// NUAGES_WRITE_GOLDENS=1 and read the difference before you commit it.
class TestGoldens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDemoInEveryFormat_data();
    void theDemoInEveryFormat();
    void anOpenProjectNamesFileAndLine_data();
    void anOpenProjectNamesFileAndLine();
    void everySeedAndThreadCountPrintsTheSameBytes_data();
    void everySeedAndThreadCountPrintsTheSameBytes();
};

namespace {

/// Takes out what differs between machines: where the project lies, which Django is installed and where.
QByteArray portable(QByteArray text, const QString &root)
{
    text.replace(root.toUtf8(), "PROJECT");
    const qsizetype version = text.indexOf("\"django\":\"");
    if (version >= 0)
        text.replace(version, text.indexOf(',', version) - version, "\"django\":\"VERSION\"");
    const qsizetype environment = text.indexOf("\"environment\":{");
    if (environment >= 0)
        text.replace(environment, text.indexOf('}', environment) + 1 - environment, "\"environment\":{}");
    return text;
}

void compareWithGolden(const QString &name, const QByteArray &text)
{
    const QString path = sourceFolder(QStringLiteral("tests/app/goldens/") + name);
    if (qEnvironmentVariableIsSet("NUAGES_WRITE_GOLDENS"))
        QVERIFY(writeFile(path, text));
    QCOMPARE(text, fileBytes(path));
}

void formatRows()
{
    QTest::addColumn<QString>("format");
    for (const char *format : {"concise", "full", "json"})
        QTest::newRow(format) << QString::fromLatin1(format);
}

} // namespace

void TestGoldens::theDemoInEveryFormat_data()
{
    formatRows();
    for (const char *format : {"github", "gitlab", "junit"})
        QTest::newRow(format) << QString::fromLatin1(format);
}

void TestGoldens::theDemoInEveryFormat()
{
    QFETCH(QString, format);
    // A copy, whose folder is no repository: paths start from the project in all formats.
    const QTemporaryDir folder;
    const QString demo = folder.filePath(QStringLiteral("bookshop"));
    QVERIFY(copyFolder(sourceFolder(QStringLiteral("resources/demo")), demo));
    const ProgramRun run = runNuages({QStringLiteral("check"), demo, QStringLiteral("--format"), format});
    QCOMPARE(run.exitCode, 1);
    QCOMPARE(run.err, QByteArray());
    if (format == u"concise")
        QCOMPARE(run.out, fileBytes(demo + QStringLiteral("/expected.txt")));
    else
        compareWithGolden(QStringLiteral("demo.") + format, portable(run.out, demo));
}

void TestGoldens::anOpenProjectNamesFileAndLine_data() { formatRows(); }

void TestGoldens::anOpenProjectNamesFileAndLine()
{
    QFETCH(QString, format);
    QTemporaryDir folder;
    const QString root = folder.path() + QStringLiteral("/shop");
    QVERIFY(copyFolder(sourceFolder(QStringLiteral("tests/engine/rules/fixtures/shop")), root));
    const QString settings = root + QStringLiteral("/website/settings.py");
    QVERIFY(writeFile(settings, fileBytes(settings) + "INSTALLED_APPS.append(os.environ['EXTRA'])\n"));
    const ProgramRun run = runNuages({QStringLiteral("check"), root, QStringLiteral("--site-packages"),
                                      sourceFolder(QStringLiteral("tests/engine/rules/fixtures/packages")),
                                      QStringLiteral("--format"), format});
    QCOMPARE(run.exitCode, 1);
    compareWithGolden(QStringLiteral("open.") + format, portable(run.out, root));
    compareWithGolden(QStringLiteral("open.") + format + QStringLiteral(".stderr"), portable(run.err, root));
    if (format != u"json") {
        QVERIFY(run.err.contains("website/settings.py:12: the environment variable EXTRA"));
        return;
    }
    const QJsonValue open = QJsonDocument::fromJson(run.out)[QStringLiteral("projects")][0][QStringLiteral("open")][1];
    QCOMPARE(open[QStringLiteral("path")].toString(), QStringLiteral("website/settings.py"));
    QCOMPARE(open[QStringLiteral("line")].toInt(), 12);
    QVERIFY(open[QStringLiteral("why")].toString().startsWith(QStringLiteral("the environment variable EXTRA")));
}

void TestGoldens::everySeedAndThreadCountPrintsTheSameBytes_data()
{
    formatRows();
    for (const char *format : {"github", "gitlab", "junit", "sarif"})
        QTest::newRow(format) << QString::fromLatin1(format);
}

void TestGoldens::everySeedAndThreadCountPrintsTheSameBytes()
{
    QFETCH(QString, format);
    const QStringList arguments = {QStringLiteral("check"), sourceFolder(QStringLiteral("resources/demo")),
                                   QStringLiteral("--format"), format};
    const ProgramRun first = runNuages(arguments);
    QVERIFY(!first.out.isEmpty());
    for (const char *seed : {"1", "2"}) {
        for (const char *threads : {"1", "4"}) {
            const ProgramRun run =
                runNuages(arguments + QStringList{QStringLiteral("--threads"), QString::fromLatin1(threads)},
                          {.environment = {QStringLiteral("NUAGES_HASH_SEED=") + QString::fromLatin1(seed)}});
            QCOMPARE(run.out, first.out);
            QCOMPARE(run.err, first.err);
        }
    }
}

NUAGES_TEST(TestGoldens)
#include "tst_goldens.moc"
