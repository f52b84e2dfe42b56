#include "tests/support/program.h"
#include "tests/support/testmain.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace nuages::tests {

namespace {

const QString sources = u"" NUAGES_SOURCE_FOLDER ""_s;

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The fenced blocks of docs/ci.md whose first line names a file after the language, by that name.
QMap<QString, QString> blocks()
{
    static const QRegularExpression fence(u"^```\\w+ (\\S+)\\n(.*?)^```$"_s,
                                          QRegularExpression::MultilineOption
                                              | QRegularExpression::DotMatchesEverythingOption);
    QMap<QString, QString> found;
    const QString page = QString::fromUtf8(contents(sources + u"/docs/ci.md"_s));
    for (const QRegularExpressionMatch &match : fence.globalMatch(page))
        found.insert(match.captured(1), match.captured(2));
    return found;
}

/// The commands of a block, one a line, by what stands before each.
QStringList commands(const QString &block, const QString &before)
{
    const QRegularExpression line(u"^"_s + before + u"(.+)$"_s, QRegularExpression::MultilineOption);
    QStringList found;
    const QString text = blocks().value(block);
    for (const QRegularExpressionMatch &match : line.globalMatch(text))
        found << match.captured(1);
    return found;
}

/// The lines of the commands that a GitHub workflow prints, as plain `nuages check` prints them; others as they are.
QByteArray asConcise(const QByteArray &out)
{
    static const QRegularExpression command(
        u"^::error file=([^,]+),line=(\\d+),endLine=\\d+,col=(\\d+),endColumn=\\d+,title=([^:]+)::"_s,
        QRegularExpression::MultilineOption);
    return QString::fromUtf8(out).replace(command, u"\\1:\\2:\\3: error \\4: "_s).toUtf8();
}

/// A copy of the demo project as the page presumes a repository: with requirements, and with the folder `tools`.
void prepare(const QTemporaryDir &home)
{
    const QString demo = sources + u"/resources/demo"_s;
    const QString project = home.filePath(u"bookshop"_s);
    QDirIterator files(demo, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString target = project + files.next().mid(demo.size());
        QDir().mkpath(target.section(u'/', 0, -2));
        QFile::copy(files.filePath(), target);
    }
    QDir().mkpath(project + u"/tools"_s);
    for (const QString &name : {u"/requirements.txt"_s, u"/tools/nuages-0.1.0-py3-none-any.whl"_s}) {
        QFile file(project + name);
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    QVERIFY(QFile::copy(sources + u"/resources/ci/github-matcher.json"_s, project + u"/tools/nuages-matcher.json"_s));
    QDir().mkpath(home.filePath(u"bin"_s));
    QVERIFY(QFile::link(u"" NUAGES_PYTHON ""_s, home.filePath(u"bin/python"_s)));
    QVERIFY(QFile::link(u"" NUAGES_PYTHON ""_s, home.filePath(u"bin/python3"_s)));
    QVERIFY(QFile::link(nuagesProgram(), home.filePath(u"bin/nuages"_s)));
}

} // namespace

class TestCi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theCommandsFindTheMistakesOfTheDemo_data();
    void theCommandsFindTheMistakesOfTheDemo();
    void thePageShowsTheMatcher();
    void theMatcherTakesEachLineApart();
};

void TestCi::theCommandsFindTheMistakesOfTheDemo_data()
{
    QTest::addColumn<QStringList>("lines");
    QTest::newRow("GitHub") << commands(u".github/workflows/templates.yml"_s, u" +- run: "_s);
    QTest::newRow("GitLab") << commands(u".gitlab-ci.yml"_s, u" +- "_s);
    QTest::newRow("pre-commit") << commands(u".pre-commit-config.yaml"_s, u" +entry: "_s);
    QTest::newRow("any other") << commands(u"ci.sh"_s, {});
}

void TestCi::theCommandsFindTheMistakesOfTheDemo()
{
    QFETCH(QStringList, lines);
    QVERIFY(!lines.isEmpty());
    const QTemporaryDir home;
    prepare(home);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"DJANGO_SETTINGS_MODULE", "PYTHONPATH", "VIRTUAL_ENV", "BOOKSHOP_SITEMAP"})
        environment.remove(QString::fromLatin1(name));
    environment.insert(u"PATH"_s, home.filePath(u"bin"_s) + u":/usr/bin:/bin"_s);
    environment.insert(u"NUAGES"_s, nuagesProgram());

    // Each step of a job is a shell of its own, which ends the job where it fails.
    for (const QString &line : lines) {
        QProcess shell;
        shell.setProcessEnvironment(environment);
        shell.setWorkingDirectory(home.filePath(u"bookshop"_s));
        shell.start(u"bash"_s, {u"-e"_s, u"-c"_s, line});
        QVERIFY2(shell.waitForFinished(120'000), qPrintable(line));
        const QByteArray out = asConcise(shell.readAllStandardOutput());
        QVERIFY2(shell.exitCode() == (line == lines.last() ? 1 : 0),
                 qPrintable(line + u"\n"_s + QString::fromUtf8(shell.readAllStandardError())));
        if (line == lines.last()) {
            QVERIFY2(contents(sources + u"/resources/demo/expected.txt"_s).startsWith(out) && out.count('\n') >= 8,
                     out.constData());
            QCOMPARE(shell.readAllStandardError(), QByteArray());
        }
    }

    QFile report(home.filePath(u"bookshop/gl-code-quality-report.json"_s));
    QCOMPARE(report.exists(), lines.last().contains(report.fileName().section(u'/', -1)));
    if (report.open(QIODevice::ReadOnly)) {
        const QJsonArray issues = QJsonDocument::fromJson(report.readAll()).array();
        QCOMPARE(issues.size(), 8);
        for (const QJsonValue &issue : issues) {
            QVERIFY(QFile::exists(home.filePath(u"bookshop/"_s + issue["location"_L1]["path"_L1].toString())));
            QVERIFY(issue["location"_L1]["lines"_L1]["begin"_L1].toInt() > 0);
            QCOMPARE(issue["severity"_L1].toString(), u"major"_s);
        }
    }
}

void TestCi::thePageShowsTheMatcher()
{
    QCOMPARE(blocks().value(u"github-matcher.json"_s).toUtf8(),
             contents(sources + u"/resources/ci/github-matcher.json"_s));
}

void TestCi::theMatcherTakesEachLineApart()
{
    const QJsonObject matcher =
        QJsonDocument::fromJson(contents(sources + u"/resources/ci/github-matcher.json"_s)).object();
    const QJsonObject pattern = matcher["problemMatcher"_L1].toArray().at(0)["pattern"_L1].toArray().at(0).toObject();
    const QRegularExpression expression(pattern["regexp"_L1].toString());
    QVERIFY(expression.isValid());
    QStringList lines = QString::fromUtf8(contents(sources + u"/resources/demo/expected.txt"_s)).trimmed().split(u'\n');
    QVERIFY(!expression.match(lines.takeLast()).hasMatch()); // how many problems there are
    QVERIFY(!lines.isEmpty());
    for (const QString &line : lines) {
        const auto group = [&, match = expression.match(line)](const char *name) {
            return match.captured(pattern[QLatin1StringView(name)].toInt());
        };
        QVERIFY(QFile::exists(sources + u"/resources/demo/"_s + group("file")));
        QVERIFY(QFile::exists(sources + u"/resources/rules/"_s + group("code") + u".md"_s));
        QCOMPARE(group("severity"), u"error"_s);
        QCOMPARE(u"%1:%2:%3: error %4: %5"_s.arg(group("file"), group("line"), group("column"), group("code"),
                                                 group("message")),
                 line);
    }
}

} // namespace nuages::tests

using nuages::tests::TestCi;
NUAGES_TEST(TestCi)
#include "tst_ci.moc"
