#include "tests/support/program.h"
#include "tests/support/testmain.h"

#include <QProcess>
#include <QProcessEnvironment>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nuages::tests;

/// A short run of what `./dev stress` does at length.
class TestStress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aClientHoldsWhatCheckSays_data();
    void aClientHoldsWhatCheckSays();
};

// The seeds differ in what columns count and in how diagnostics and the configuration come; the first line says so.
void TestStress::aClientHoldsWhatCheckSays_data()
{
    QTest::addColumn<QString>("seed");
    QTest::addColumn<QString>("watch");
    QTest::newRow("published") << u"6"_s << u"turns"_s;
    QTest::newRow("pulled") << u"2"_s << u"turns"_s;
    QTest::newRow("seen by client") << u"1"_s << u"client"_s;
}

void TestStress::aClientHoldsWhatCheckSays()
{
    QFETCH(QString, seed);
    QFETCH(QString, watch);
    if (watch == u"client"_s && QProcess::execute(u"unshare"_s, {u"-Ur"_s, u"true"_s}) != 0)
        QSKIP("this system allows no user namespaces, in which nobody can watch the disk");
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"NUAGES_PROGRAM"_s, nuagesProgram());
    environment.insert(u"PYTHONUTF8"_s, u"1"_s);
    environment.insert(u"PYTHONDONTWRITEBYTECODE"_s, u"1"_s);
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(u"/usr/bin/python3"_s,
                  {QString::fromUtf8(NUAGES_STRESS), u"--seed"_s, seed, u"--steps"_s, u"1000"_s, u"--points"_s, u"5"_s,
                   u"--watch"_s, watch});
    QVERIFY2(process.waitForFinished(240'000), qPrintable(process.errorString()));
    const QByteArray said = process.readAll();
    QVERIFY2(process.exitCode() == 0, said.constData());
    QVERIFY2(said.contains(QTest::currentDataTag()), said.constData());
    QVERIFY2(said.contains("1000 steps, 5 points"), said.constData());
}

NUAGES_TEST(TestStress)
#include "tst_stress.moc"
