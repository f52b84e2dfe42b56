#include "tests/oracle/said.h"
#include "tests/support/testmain.h"

#include <QTemporaryFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace nuages;

/// A short run of `./dev oracle engine`, whole and with each breakage that it has to find.
class TestEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTheEngineGivesIsRight_data();
    void whatTheEngineGivesIsRight();
    void sameSeedPlaysTheSame();
    void aBreakageIsFoundAndItsScriptPlaysAgain_data();
    void aBreakageIsFoundAndItsScriptPlaysAgain();
    void aWrongArgumentIsNamed_data();
    void aWrongArgumentIsNamed();
    void aWrongLineOfAScriptIsNamed_data();
    void aWrongLineOfAScriptIsNamed();
};

namespace {

using oracle::Said;

Said play(const QStringList &arguments) { return oracle::run(QStringLiteral(ENGINE_PROGRAM), arguments); }

Said playFile(const QByteArray &script, const QStringList &arguments = {})
{
    QTemporaryFile file;
    if (!file.open() || file.write(script) != script.size() || !file.flush())
        return {-1, "the script cannot be written"};
    return play(arguments + QStringList{u"--script"_s, file.fileName()});
}

/// What is between "script, N lines:" and the empty line after it.
QByteArray scriptIn(const QByteArray &output)
{
    const qsizetype from = output.indexOf(" lines:\n\n", output.indexOf("\nscript, "));
    const qsizetype begin = output.indexOf("\n\n", from) + 2;
    return from < 0 ? QByteArray() : output.sliced(begin, output.indexOf("\n\n", begin) + 1 - begin);
}

} // namespace

void TestEngine::whatTheEngineGivesIsRight_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("mostly on one thread") << QStringList{u"--seed"_s, u"1"_s, u"--steps"_s, u"12000"_s};
    QTest::newRow("two readers") << QStringList{u"--seed"_s, u"2"_s, u"--steps"_s, u"2000"_s, u"--threads"_s, u"2"_s};
    QTest::newRow("schedules of five readers")
        << QStringList{u"--seed"_s, u"3"_s, u"--threads"_s, u"5"_s, u"--schedules"_s, u"30"_s};
}

void TestEngine::whatTheEngineGivesIsRight()
{
    QFETCH(QStringList, arguments);
    const Said said = play(arguments);
    QVERIFY2(said.exitCode == 0, said.output.constData());
    QVERIFY2(said.output.endsWith(" values compared: nothing is wrong\n"), said.output.constData());
    QVERIFY2(said.output.contains("\n1") || said.output.contains("\n2"), said.output.constData()); // how far it is
}

void TestEngine::sameSeedPlaysTheSame()
{
    const QStringList arguments{u"--seed"_s, u"5"_s, u"--steps"_s, u"3000"_s};
    const Said said = play(arguments);
    QCOMPARE(said.exitCode, 0);
    QCOMPARE(play(arguments).output, said.output);
    QVERIFY(play({u"--seed"_s, u"6"_s, u"--steps"_s, u"3000"_s}).output != said.output);
}

void TestEngine::aBreakageIsFoundAndItsScriptPlaysAgain_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"drop-edge", "no-backdate", "wrong-order", "keep-stale-output", "skip-claim",
                             "forget-durability", "keep-claim", "lose-wish", "keep-collected-key", "wrong-fallback"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void TestEngine::aBreakageIsFoundAndItsScriptPlaysAgain()
{
    QFETCH(QString, kind);
    const Said said = play({u"--seed"_s, u"1"_s, u"--steps"_s, u"10000"_s, u"--break"_s, kind});
    QVERIFY2(said.exitCode == 1, said.output.constData());
    QVERIFY2(said.output.contains("\nwrong: revision "), said.output.constData());
    const QByteArray script = scriptIn(said.output);
    QVERIFY2(!script.isEmpty() && script.count('\n') <= 20, said.output.constData());
    QVERIFY2(said.output.contains("./dev oracle engine --break " + kind.toUtf8() + " --script"),
             said.output.constData());
    const Said again = playFile(script, {u"--break"_s, kind});
    QVERIFY2(again.exitCode == 1 && again.output.startsWith("wrong: revision "), again.output.constData());
    const Said whole = playFile(script); // It is the breakage that the script finds.
    QVERIFY2(whole.exitCode == 0, whole.output.constData());
}

void TestEngine::aWrongArgumentIsNamed_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("no number") << QStringList{u"--steps"_s, u"many"_s} << "--steps takes a number from 1 to "_ba;
    QTest::newRow("too small") << QStringList{u"--steps"_s, u"0"_s} << "--steps takes a number from 1 to "_ba;
    QTest::newRow("negative") << QStringList{u"--seed"_s, u"-1"_s} << "--seed takes a number from 0 to "_ba;
    QTest::newRow("too many threads") << QStringList{u"--threads"_s, u"9"_s}
                                      << "--threads takes a number from 1 to 8, not '9'"_ba;
    QTest::newRow("schedules of one thread") << QStringList{u"--threads"_s, u"1"_s, u"--schedules"_s, u"5"_s}
                                             << "--schedules needs --threads of at least 2"_ba;
    QTest::newRow("breakage") << QStringList{u"--break"_s, u"legs"_s} << "--break knows no 'legs'"_ba;
    QTest::newRow("option") << QStringList{u"--stpes"_s, u"5"_s} << "there is no option --stpes"_ba;
    QTest::newRow("nothing behind it") << QStringList{u"--seed"_s} << "--seed takes an argument"_ba;
    QTest::newRow("no file") << QStringList{u"--script"_s, u"/nowhere"_s} << "'/nowhere' cannot be read"_ba;
}

void TestEngine::aWrongArgumentIsNamed()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, sentence);
    const Said said = play(arguments);
    QCOMPARE(said.exitCode, 2);
    QVERIFY2(said.output.startsWith("oracle engine: " + sentence), said.output.constData());
    QCOMPARE(said.output.count('\n'), 1);
}

void TestEngine::aWrongLineOfAScriptIsNamed_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("step") << "all\nsleep 3\n"_ba << "line 2: there is no step called 'sleep'"_ba;
    QTest::newRow("term") << "node 1 = value 2, moon 3\n"_ba << "line 1: there is no term called 'moon'"_ba;
    QTest::newRow("no formula") << "node 1 value 2\n"_ba << "line 1: a formula begins with ="_ba;
    QTest::newRow("key") << "ask pair 1 8\n"_ba << "line 1: '8' is no key here"_ba;
    QTest::newRow("word") << "\nask word z\n"_ba << "line 2: 'z' is no key here"_ba;
    QTest::newRow("field") << "ask value 1\n"_ba << "line 1: 'value 1' is no query"_ba;
    QTest::newRow("level") << "value 1 1 at noon\n"_ba << "line 1: 'noon' is no level: low, medium or high"_ba;
    QTest::newRow("too short") << "value 1\n"_ba << "line 1: it ends where a key has to be"_ba;
    QTest::newRow("too long") << "all of them\n"_ba << "line 1: 'of' is one word too many"_ba;
    QTest::newRow("reader") << "ask@9 node 1\n"_ba << "line 1: 'ask@9' names no reader from 1 to 8"_ba;
    QTest::newRow("threads") << "threads 2\n"_ba << "line 1: after the threads it says 'schedule' and its seed"_ba;
}

void TestEngine::aWrongLineOfAScriptIsNamed()
{
    QFETCH(QByteArray, script);
    QFETCH(QByteArray, sentence);
    const Said said = playFile(script);
    QCOMPARE(said.exitCode, 2);
    QVERIFY2(said.output.endsWith(", " + sentence + "\n"), said.output.constData());
}

NUAGES_TEST(TestEngine)
#include "tst_engine.moc"
