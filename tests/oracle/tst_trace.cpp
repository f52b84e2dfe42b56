#include "tests/oracle/said.h"
#include "tests/support/testmain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace nuages;

/// A short run of `./dev oracle trace`, whole and with each mistake that it has to find.
class TestTrace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsShownIsRight_data();
    void whatIsShownIsRight();
    void aMistakeIsFound_data();
    void aMistakeIsFound();
};

// The first is watched later, as a server that is attached to.
void TestTrace::whatIsShownIsRight_data()
{
    QTest::addColumn<QString>("seed");
    QTest::newRow("watched late") << u"3"_s;
    QTest::newRow("watched from the beginning") << u"4"_s;
}

void TestTrace::whatIsShownIsRight()
{
    QFETCH(QString, seed);
    const oracle::Said said = oracle::run(QStringLiteral(TRACE_PROGRAM), {u"--seed"_s, seed, u"--count"_s, u"60"_s});
    QVERIFY2(said.exitCode == 0, said.output.constData());
    QVERIFY2(said.output.contains("\n0 differences\n"), said.output.constData());
}

void TestTrace::aMistakeIsFound_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"drop-edge", "wrong-cause", "thin-early", "swap-revision", "lose-record"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void TestTrace::aMistakeIsFound()
{
    QFETCH(QString, kind);
    const oracle::Said said =
        oracle::run(QStringLiteral(TRACE_PROGRAM), {u"--seed"_s, u"4"_s, u"--count"_s, u"60"_s, u"--break"_s, kind});
    QVERIFY2(said.exitCode == 1, said.output.constData());
    QVERIFY2(said.output.contains("difference 1: seed 4, step "), said.output.constData());
    QVERIFY2(said.output.contains("\n  shown: "), said.output.constData());
    QVERIFY2(said.output.contains("\n  right: "), said.output.constData());
    QVERIFY2(said.output.contains("\n  by: "), said.output.constData());
    QVERIFY2(said.output.contains("--seed 4 --count 60 --break " + kind.toUtf8()), said.output.constData());
}

NUAGES_TEST(TestTrace)
#include "tst_trace.moc"
