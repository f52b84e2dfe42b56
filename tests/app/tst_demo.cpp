#include "tests/app/programrun.h"

#include "tests/support/testmain.h"

#include <QRegularExpression>
#include <QTest>

using namespace nuages::tests;

class TestDemo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhyEachQueryRan();
    void aMissingTemplateIsNamed();
};

namespace {

ProgramRun demo(const QStringList &more)
{
    return runNuages(QStringList{QStringLiteral("demo"), sourceFolder(QStringLiteral("resources/demo"))} + more);
}

} // namespace

void TestDemo::saysWhyEachQueryRan()
{
    const ProgramRun run = demo({QStringLiteral("--threads"), QStringLiteral("1")});
    QCOMPARE(run.err, QByteArray());
    QCOMPARE(run.exitCode, 0);
    const QByteArray expected = fileBytes(sourceFolder(QStringLiteral("resources/demo/expected.txt")));
    const QByteArray summary = expected.trimmed().split('\n').last();
    QVERIFY2(run.out.startsWith("revision 1: " + summary + "\n"), run.out.constData());

    static const QRegularExpression counted(
        QStringLiteral("^revision 2: (\\d+) executed, (\\d+) validated, (\\d+) back-dated$"),
        QRegularExpression::MultilineOption);
    const QRegularExpressionMatch counts = counted.match(QString::fromUtf8(run.out));
    QVERIFY2(counts.hasMatch(), run.out.constData());
    QVERIFY(counts.captured(2).toInt() > 0);
    QVERIFY(counts.captured(3).toInt() > 0);

    static const QRegularExpression step(
        QStringLiteral("^why: .+ ran .+; reason: .+ changed; parent: .+; request: 2; \\d+\\.\\d{3} ms$"),
        QRegularExpression::MultilineOption);
    int steps = 0;
    for (auto matches = step.globalMatch(QString::fromUtf8(run.out)); matches.hasNext(); matches.next())
        ++steps;
    QCOMPARE(steps, counts.captured(1).toInt());
    QVERIFY(run.out.contains("\nwhy: File(") && run.out.contains("was set by the edit"));
}

void TestDemo::aMissingTemplateIsNamed()
{
    const ProgramRun run = demo({QStringLiteral("--template"), QStringLiteral("/nowhere.html")});
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.out, QByteArray());
    QVERIFY(run.err.contains("/nowhere.html"));
}

NUAGES_TEST(TestDemo)
#include "tst_demo.moc"
