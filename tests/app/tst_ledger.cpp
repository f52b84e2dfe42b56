#include "tests/app/programrun.h"

#include "tests/support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace nuages::tests;
using namespace Qt::StringLiterals;

/// `nuages ledger` on the demo project.
class TestLedgerCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTitleEditedSixTimesIsMostlyForNothing();
    void aRevisionHasItsOwnLedger();
    void theJsonSaysWhatTheTextSays();
    void everyRunAndSeedPrintsTheSame();
    void wrongUsageIsOneSentence_data();
    void wrongUsageIsOneSentence();
};

namespace {

const QString changedBase = u"templates/base.html"_s;

ProgramRun ledger(const QStringList &arguments, const RunOptions &options = {})
{
    return runNuages(QStringList{u"ledger"_s, u"--project"_s, sourceFolder(u"resources/demo"_s), u"--site-packages"_s,
                                 sourceFolder(u"tests/engine/rules/fixtures/packages"_s)}
                         + arguments,
                     options);
}

/// The name of the shop loses a letter at a time.
QStringList sixEdits()
{
    const QStringList names = {u"Bookshop</a>"_s, u"Bookshp</a>"_s, u"Bookhp</a>"_s, u"Bookp</a>"_s,
                               u"Book</a>"_s,     u"Boo</a>"_s,     u"Bo</a>"_s};
    QStringList arguments;
    for (qsizetype at = 0; at + 1 < names.size(); ++at)
        arguments << (at + 2 < names.size() ? u"--first"_s : u"--edit"_s) << changedBase << names[at] << names[at + 1];
    return arguments;
}

} // namespace

void TestLedgerCommand::theTitleEditedSixTimesIsMostlyForNothing()
{
    const ProgramRun run = ledger(sixEdits());
    QCOMPARE(run.err, QByteArray());
    QCOMPARE(run.exitCode, 0);
    QVERIFY2(run.out.startsWith("Revisions 1 to 7\n"), run.out.constData());
    QVERIFY2(run.out.contains("over-wide read"), run.out.constData());
    QVERIFY2(run.out.contains("Template → Structure"), run.out.constData());
    QVERIFY2(run.out.contains(" ms"), run.out.constData());
}

void TestLedgerCommand::aRevisionHasItsOwnLedger()
{
    const ProgramRun run = ledger(sixEdits() + QStringList{u"--revision"_s, u"3"_s, u"--no-times"_s, u"--all"_s});
    QVERIFY2(run.out.startsWith("Revision 3\n"), run.out.constData());
    QVERIFY2(run.out.contains("SourceText → Template"), run.out.constData());
    QVERIFY2(!run.out.contains("over-wide"), run.out.constData());
    QVERIFY2(!run.out.contains(" ms"), run.out.constData());
    QVERIFY2(!run.out.contains(" more"), run.out.constData());
}

void TestLedgerCommand::theJsonSaysWhatTheTextSays()
{
    const ProgramRun run = ledger(sixEdits() + QStringList{u"--format"_s, u"json"_s});
    const QJsonObject object = QJsonDocument::fromJson(run.out).object();
    QCOMPARE(object[u"first"_s].toInt(), 1);
    QCOMPARE(object[u"last"_s].toInt(), 7);
    QJsonObject sums;
    for (const QJsonValue &kind : object[u"kinds"_s].toArray()) {
        const QJsonObject work = kind[u"work"_s].toObject();
        for (const QString &what : work.keys())
            sums[what] = sums[what].toInteger() + work[what].toInteger();
    }
    QCOMPARE(sums, object[u"work"_s].toObject());
    QVERIFY(sums[u"same"_s].toInteger() > 0);
    qint64 ran = 0;
    for (const QJsonValue &edge : object[u"edges"_s].toArray())
        ran += edge[u"ran"_s].toInteger();
    QVERIFY(ran >= 6 * 5); // stamp, text, tree and what reads it, each time
    QVERIFY(!object[u"findings"_s].toArray().isEmpty());
}

void TestLedgerCommand::everyRunAndSeedPrintsTheSame()
{
    for (const QString &format : {u"text"_s, u"json"_s}) {
        QByteArray first;
        for (const QString &seed : {u"1"_s, u"2"_s, u"77"_s}) {
            const ProgramRun run = ledger(sixEdits() + QStringList{u"--no-times"_s, u"--all"_s, u"--format"_s, format},
                                          {.environment = {u"NUAGES_HASH_SEED="_s + seed}});
            if (first.isEmpty())
                first = run.out;
            QCOMPARE(run.out, first);
        }
    }
}

void TestLedgerCommand::wrongUsageIsOneSentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("no such revision") << QStringList{u"--revision"_s, u"9"_s}
                                      << QByteArray("there is no revision 9: the last one is 1");
    QTest::newRow("an edit of nothing") << QStringList{u"--first"_s, changedBase, u"nonsense"_s, u"x"_s}
                                        << QByteArray("'nonsense' does not stand in templates/base.html");
    QTest::newRow("the same text") << QStringList{u"--edit"_s, changedBase, u"Bookshop</a>"_s, u"Bookshop</a>"_s}
                                   << QByteArray("the edit changes nothing that was read");
}

void TestLedgerCommand::wrongUsageIsOneSentence()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const ProgramRun run = ledger(arguments);
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.out, QByteArray());
    QCOMPARE(run.err, "nuages: " + says + "\n");
}

NUAGES_TEST(TestLedgerCommand)
#include "tst_ledger.moc"
