#include "tests/support/program.h"
#include "tests/support/testmain.h"

#include <QProcess>
#include <QTest>

/// Django takes what completion offers, where it is offered: completion.py asks it.
class TestCompletion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsOfferedMayStandThere();
};

void TestCompletion::whatIsOfferedMayStandThere()
{
    QProcess python;
    python.setProcessChannelMode(QProcess::MergedChannels);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"DJANGO_SETTINGS_MODULE", "PYTHONPATH", "VIRTUAL_ENV"})
        environment.remove(QString::fromLatin1(name));
    environment.insert(QStringLiteral("PYTHONDONTWRITEBYTECODE"), QStringLiteral("1"));
    python.setProcessEnvironment(environment);
    python.start(QStringLiteral("python3"),
                 {QStringLiteral(COMPLETION_SCRIPT), nuages::tests::nuagesProgram(), QStringLiteral(NUAGES_DEMO)});
    QVERIFY2(python.waitForStarted(), "python3 cannot be started");
    QVERIFY(python.waitForFinished(-1)); // The test's own time limit ends it.
    const QByteArray output = python.readAll();
    qInfo().noquote() << output;
    QVERIFY2(python.exitStatus() == QProcess::NormalExit && python.exitCode() == 0, output.constData());
}

NUAGES_TEST(TestCompletion)
#include "tst_completion.moc"
