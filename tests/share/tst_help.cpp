#include "tests/share/help.h"

#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace nuages::tests;
using namespace Qt::StringLiterals;

/// What the programs say of themselves. They are asked without a display.
class TestHelp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void helpIsPlain_data() { helpRows(); }
    void helpIsPlain();
    void theVersionIsOneLine_data();
    void theVersionIsOneLine();
    void badUsageIsOneSentence_data() { helpRows(); }
    void badUsageIsOneSentence();
    void withoutADisplayTheInspectorSaysSo();
};

namespace {

QStringList asked(const Help &help, const QString &option)
{
    return help.subcommand.isEmpty() ? QStringList{option} : QStringList{help.subcommand, option};
}

} // namespace

// No words of the library that reads the command line, and lines that fit.
void TestHelp::helpIsPlain()
{
    QFETCH(Help, help);
    const Run run = runProgram(programFile(help.program), asked(help, u"--help"_s));
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.err, QString());
    QVERIFY2(
        run.out.contains(
            u"Usage: "_s
            + help.page().replace(u"nuages-"_s, u"nuages "_s).replace(u"nuages inspector"_s, u"nuages-inspector"_s)),
        qPrintable(run.out));
    for (const QString &noise : {u"ENUM"_s, u"INT"_s, u"TEXT:"_s, u"Excludes"_s, u"{"_s})
        QVERIFY2(!run.out.contains(noise), qPrintable(run.out));
    for (const QString &line : run.out.split(u'\n'))
        QVERIFY2(line.size() <= 110, qPrintable(line));
}

void TestHelp::theVersionIsOneLine_data()
{
    QTest::addColumn<QString>("program");
    for (const Help &help : allHelp()) {
        if (help.subcommand.isEmpty())
            QTest::newRow(qPrintable(help.program)) << help.program;
    }
}

void TestHelp::theVersionIsOneLine()
{
    QFETCH(QString, program);
    const Run run = runProgram(programFile(program), {u"--version"_s});
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.err, QString());
    static const QRegularExpression version(u"^(\\S+) \\d+\\.\\d+\\.\\d+( \\(.+\\))?\n$"_s);
    const auto match = version.match(run.out);
    QVERIFY2(match.hasMatch(), qPrintable(run.out));
    QCOMPARE(match.captured(1), program);
}

void TestHelp::badUsageIsOneSentence()
{
    QFETCH(Help, help);
    const Run run = runProgram(programFile(help.program), asked(help, u"--nonsense"_s));
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.out, QString());
    QCOMPARE(run.err.count(u'\n'), 1);
    QVERIFY2(run.err.startsWith(help.program + u": "_s) && run.err.contains(u"--nonsense; see '"_s),
             qPrintable(run.err));
}

void TestHelp::withoutADisplayTheInspectorSaysSo()
{
    if (std::ranges::none_of(allHelp(), [](const Help &help) { return help.program == u"nuages-inspector"; }))
        return; // built without the window
    const Run run = runProgram(programFile(u"nuages-inspector"_s), {});
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.out, QString());
    QCOMPARE(run.err.count(u'\n'), 1);
    QVERIFY2(run.err.contains(u"QT_QPA_PLATFORM=offscreen"_s), qPrintable(run.err));
}

NUAGES_TEST(TestHelp)
#include "tst_help.moc"
