#include "tests/support/program.h"
#include "tests/support/testmain.h"

#include <QByteArray>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QSet>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>

namespace nuages::tests {

namespace {

/// What Python printed, or why it failed.
struct Run {
    int exitCode = -1;
    QByteArray out;
    QByteArray err;
};

/// Runs a program to its end, with nothing of the caller's Django in its environment.
Run start(const QString &program, const QStringList &arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"DJANGO_SETTINGS_MODULE", "PYTHONPATH", "VIRTUAL_ENV", "BOOKSHOP_SITEMAP"})
        environment.remove(QString::fromLatin1(name));
    environment.insert(QStringLiteral("PYTHONDONTWRITEBYTECODE"), QStringLiteral("1"));
    environment.insert(QStringLiteral("PYTHONUTF8"), QStringLiteral("1"));
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    if (!process.waitForFinished(120'000))
        return {-1, {}, process.errorString().toUtf8()};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

/// Debian's Python, the one whose Django judges.
Run python(const QStringList &arguments) { return start(QStringLiteral("/usr/bin/python3"), arguments); }

Run oracle(const QString &demo, const QString &question)
{
    return python({QStringLiteral(NUAGES_DEMO_ORACLE), demo, question});
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList lines(const QByteArray &text)
{
    return QString::fromUtf8(text).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

/// "templates/drafts/sale.html" of expected.txt is "drafts/sale.html" for Django's loaders.
QString templateName(const QString &path) { return path.section(QStringLiteral("templates/"), 1); }

/// A copy of the demo with the lines of fixes.tsv applied; false if a wrong text is not there exactly once.
bool copyMended(const QString &to)
{
    const QString demo = QStringLiteral(NUAGES_DEMO);
    QDirIterator files(demo, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString target = to + files.next().mid(demo.size());
        if (!QDir().mkpath(target.section(QLatin1Char('/'), 0, -2)) || !QFile::copy(files.filePath(), target))
            return false;
    }
    for (const QString &line : lines(contents(demo + QStringLiteral("/fixes.tsv")))) {
        const QStringList fix =
            QString(line).replace(QStringLiteral("\\n"), QStringLiteral("\n")).split(QLatin1Char('\t'));
        QFile file(to + QLatin1Char('/') + fix.at(0));
        QString text = QString::fromUtf8(contents(file.fileName()));
        if (text.count(fix.at(1)) != 1)
            return false;
        file.setPermissions(file.permissions() | QFile::WriteOwner);
        if (!file.open(QIODevice::WriteOnly))
            return false;
        file.write(text.replace(fix.at(1), fix.at(2)).toUtf8());
    }
    return true;
}

} // namespace

class TestDemo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void djangoRejectsTheTemplatesOfExpectedTxtAndNoOthers();
    void expectedTxtCountsEveryTemplate();
    void expectedTxtHasEachRule();
    void djangoAcceptsEveryTemplateOfTheMendedCopy();
    void nuagesFindsNothingInTheMendedCopy();
    void djangosOwnChecksPass();
    void pagesOfTheSiteRender();
};

void TestDemo::djangoRejectsTheTemplatesOfExpectedTxtAndNoOthers()
{
    QSet<QString> expected;
    for (const QString &line : lines(contents(QStringLiteral(NUAGES_DEMO "/expected.txt")))) {
        if (line.contains(QStringLiteral(": error ")))
            expected.insert(templateName(line.section(QLatin1Char(':'), 0, 0)));
    }
    const Run run = oracle(QStringLiteral(NUAGES_DEMO), QStringLiteral("rejected"));
    QVERIFY2(run.exitCode == 0, run.err.constData());
    const QStringList names = lines(run.out);
    QCOMPARE(QSet<QString>(names.begin(), names.end()), expected);
}

void TestDemo::expectedTxtCountsEveryTemplate()
{
    int templates = 0;
    QDirIterator files(QStringLiteral(NUAGES_DEMO), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext())
        templates += files.next().contains(QStringLiteral("/templates/")) ? 1 : 0;
    const QStringList expected = lines(contents(QStringLiteral(NUAGES_DEMO "/expected.txt")));
    QCOMPARE(expected.last(), QStringLiteral("%1 problems in %2 templates").arg(expected.size() - 1).arg(templates));
}

void TestDemo::expectedTxtHasEachRule()
{
    const QByteArray expected = contents(QStringLiteral(NUAGES_DEMO "/expected.txt"));
    for (const char *rule : {"unclosed-tag", "unmatched-tag", "unknown-tag", "unloaded-tag", "unknown-filter",
                             "unloaded-filter", "unknown-library", "missing-template"})
        QVERIFY2(expected.contains(QByteArray(": error ") + rule + ": "), rule);
}

void TestDemo::djangoAcceptsEveryTemplateOfTheMendedCopy()
{
    const QTemporaryDir copy;
    QVERIFY(copyMended(copy.path()));
    const Run run = oracle(copy.path(), QStringLiteral("rejected"));
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QCOMPARE(run.out, QByteArray());
}

void TestDemo::nuagesFindsNothingInTheMendedCopy()
{
    const QTemporaryDir copy;
    QVERIFY(copyMended(copy.path()));
    const Run run = start(nuagesProgram(), {QStringLiteral("check"), copy.path()});
    QCOMPARE(run.out, QByteArray("0 problems in 29 templates\n"));
    QCOMPARE(run.err, QByteArray());
    QCOMPARE(run.exitCode, 0);
}

void TestDemo::djangosOwnChecksPass()
{
    const Run run = python({QStringLiteral(NUAGES_DEMO "/manage.py"), QStringLiteral("check")});
    QVERIFY2(run.exitCode == 0, run.err.constData());
}

void TestDemo::pagesOfTheSiteRender()
{
    const Run run = oracle(QStringLiteral(NUAGES_DEMO), QStringLiteral("pages"));
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QCOMPARE(run.out, QByteArray("10 pages\n"));
}

} // namespace nuages::tests

using nuages::tests::TestDemo;
NUAGES_TEST(TestDemo)
#include "tst_demo.moc"
