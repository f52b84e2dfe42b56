#include "tests/support/testmain.h"

#include <QProcess>
#include <QTest>

/// Runs the comparison of templates.py on a few mutants; tests/oracle/run does many.
class TestTemplates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokensAndVerdictsAreDjangos();
};

void TestTemplates::tokensAndVerdictsAreDjangos()
{
    QProcess python;
    python.setProcessChannelMode(QProcess::MergedChannels);
    python.start(QStringLiteral("python3"),
                 {QStringLiteral(ORACLE_SCRIPT), QStringLiteral(ORACLE_PROGRAM), QStringLiteral("--mutants"),
                  QStringLiteral("1000")});
    QVERIFY2(python.waitForStarted(), "python3 cannot be started");
    QVERIFY(python.waitForFinished(-1)); // The test's own time limit ends it.
    const QByteArray output = python.readAll();
    qInfo().noquote() << output;
    QVERIFY2(python.exitStatus() == QProcess::NormalExit && python.exitCode() == 0, output.constData());
}

NUAGES_TEST(TestTemplates)
#include "tst_templates.moc"
