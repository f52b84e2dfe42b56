#include "engine/recording/sessionreader.h"
#include "tests/support/testmain.h"
#include "tests/ui/inspector/inspectorrun.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace nuages;
using namespace nuages::tests;
using namespace Qt::StringLiterals;

namespace {

const QString demoProject = QStringLiteral(NUAGES_DEMO);

QString writeScript(const QTemporaryDir &scratch, const QByteArray &steps)
{
    QFile file(scratch.filePath(u"steps.json"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(R"({"steps": )" + steps + '}') < 0)
        qFatal("no script");
    return file.fileName();
}

/// What a run shows at its end.
QJsonObject stateOf(const QTemporaryDir &scratch, QStringList arguments)
{
    const QString dump = scratch.filePath(u"state.json"_s);
    QFile::remove(dump);
    const InspectorRun run = runInspector(arguments << u"--dump-state"_s << dump, scratch.path());
    if (run.exitCode != 0)
        qWarning("%s", run.err.constData());
    return objectIn(dump);
}

/// The numbers of batches and messages in a session, and what is wrong with it.
struct Census {
    int batches = 0;
    int messages = 0;
    trace::Revision last = 0;
    std::string fault;
};

Census censusOf(const QString &path)
{
    Census census;
    auto reader = recording::SessionReader::open(path.toStdString());
    if (!reader) {
        census.fault = reader.error();
        return census;
    }
    for (;;) {
        auto next = reader->next();
        if (!next)
            census.fault = next.error();
        if (!next || !*next)
            return census;
        if (const auto *batch = std::get_if<trace::Batch>(&**next)) {
            ++census.batches;
            census.last = batch->revision;
        } else {
            ++census.messages;
        }
    }
}

} // namespace

/// Sessions of the program itself.
class TestSessions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRecordedSessionShowsWhatTheWindowShowed();
    void itCanBeOpenedWhereTheProjectIsNot();
    void itIsKeptByItselfUnlessItShallNot();
    void itIsKeptAsTheSettingsSay();
    void aKilledProgramLeavesASessionThatOpens();
    void whatIsNoSessionIsNamed();
    void theSessionOfTheDemoComesWithTheProgram();
};

void TestSessions::aRecordedSessionShowsWhatTheWindowShowed()
{
    const QTemporaryDir scratch;
    const QString session = scratch.filePath(u"s.nuages"_s);
    const QString script = writeScript(scratch, R"json([{"open": "templates/pages/about.html"},
        {"open": "templates/base.html"}, {"type": "{# x #}", "at": "end"}, {"undo": 3},
        {"request": "textDocument/hover", "at": {"line": 0, "column": 3}}, {"select": "Scope(templates/base.html)"
}])json");
    const QJsonObject shown = stateOf(scratch, {demoProject, u"--script"_s, script, u"--record"_s, session});
    const QString again = writeScript(scratch, R"json([{"select": "Scope(templates/base.html)"
    }])json");
    const QJsonObject recorded = stateOf(scratch, {session, u"--script"_s, again});
    for (const QString &part : {u"revision"_s, u"shownRevision"_s, u"selected"_s, u"changed"_s, u"backdated"_s,
                                u"new"_s, u"validated"_s, u"inputs"_s, u"why"_s, u"bill"_s, u"kinds"_s, u"requests"_s,
                                u"files"_s, u"projectFiles"_s, u"findings"_s, u"messages"_s}) {
        QVERIFY2(shown.contains(part), qPrintable(part));
        QCOMPARE(recorded[part], shown[part]);
    }
    QCOMPARE(recorded[u"source"_s][u"text"_s], shown[u"source"_s][u"text"_s]);
    QCOMPARE(recorded[u"source"_s][u"isReadOnly"_s].toBool(), true);
    QCOMPARE(shown[u"source"_s][u"isReadOnly"_s].toBool(), false);
    QVERIFY(!recorded[u"requests"_s].toArray().isEmpty());
    QVERIFY(recorded[u"revision"_s].toInt() > 8);
}

void TestSessions::itCanBeOpenedWhereTheProjectIsNot()
{
    const QTemporaryDir scratch;
    const QString session = scratch.filePath(u"s.nuages"_s);
    const QString project = scratch.filePath(u"shop"_s);
    const auto write = [&](const QString &path, const QByteArray &text) {
        QFile file(project + path);
        return QDir().mkpath(QFileInfo(file).path()) && file.open(QIODevice::WriteOnly)
            && file.write(text) == text.size();
    };
    QVERIFY(write(u"/manage.py"_s, "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site1.settings')\n"));
    QVERIFY(write(u"/site1/__init__.py"_s, {}));
    QVERIFY(write(u"/site1/settings.py"_s,
                  "INSTALLED_APPS = []\n"
                  "TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates',\n"
                  "              'DIRS': ['templates']}]\n"));
    QVERIFY(write(u"/templates/page.html"_s, "{{ x }}\n"));
    const QString script =
        writeScript(scratch, R"json([{"open": "templates/page.html"}, {"type": "ab", "at": "end"}])json");
    stateOf(scratch, {project, u"--script"_s, script, u"--record"_s, session});
    QVERIFY(QDir(project).removeRecursively());
    const QString look = writeScript(scratch, R"json([{"revision": 2}])json");
    const QJsonObject state = stateOf(scratch, {session, u"--script"_s, look});
    QCOMPARE(state[u"shownRevision"_s].toInt(), 2);
    QCOMPARE(state[u"source"_s][u"text"_s].toString(), u"{{ x }}\na"_s);
    QCOMPARE(state[u"revision"_s].toInt(), 3);
}

void TestSessions::itIsKeptByItselfUnlessItShallNot()
{
    const QTemporaryDir scratch;
    const QDir kept(scratch.filePath(u".local/state/nuages"_s));
    const QString script = writeScript(
        scratch, R"json([{"open": "templates/404.html"}, {"type": "ab", "at": "end"}, {"close": "window"}])json");
    QCOMPARE(runInspector({demoProject, u"--script"_s, script, u"--no-record"_s}, scratch.path()).exitCode, 0);
    stateOf(scratch, {demoProject}); // it ends by itself
    QVERIFY(!kept.exists());
    QCOMPARE(runInspector({demoProject, u"--script"_s, script}, scratch.path()).exitCode, 0);
    const QStringList files = kept.entryList(QDir::Files);
    QCOMPARE(files.size(), 1);
    QVERIFY2(files[0].startsWith(u"demo-20"_s) && files[0].endsWith(u".nuages"_s), qPrintable(files[0]));
    const Census census = censusOf(kept.filePath(files[0]));
    QCOMPARE(census.fault, std::string());
    QCOMPARE(census.last, trace::Revision(3));
    QVERIFY(census.messages > 5);
    QCOMPARE(
        runInspector({demoProject, u"--record"_s, scratch.filePath(u"x"_s), u"--no-record"_s}, scratch.path()).exitCode,
        2);
}

void TestSessions::itIsKeptAsTheSettingsSay()
{
    const QTemporaryDir scratch;
    const QString script = writeScript(scratch, R"json([{"open": "templates/404.html"}, {"close": "window"}])json");
    QVERIFY(QDir(scratch.path()).mkpath(u".config/nuages"_s));
    const auto runWith = [&](const QByteArray &settings) {
        QFile file(scratch.filePath(u".config/nuages/nuages-inspector.conf"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write("[settings]\n" + settings) < 0)
            qFatal("no settings");
        file.close();
        QCOMPARE(runInspector({demoProject, u"--script"_s, script}, scratch.path()).exitCode, 0);
    };
    const QDir usual(scratch.filePath(u".local/state/nuages"_s));
    runWith("record=false\n");
    QVERIFY(!usual.exists());
    const QString chosen = scratch.filePath(u"chosen"_s);
    QVERIFY(QDir().mkpath(chosen));
    QFile own(chosen + u"/own.nuages"_s);
    QVERIFY(own.open(QIODevice::WriteOnly) && own.resize(2'000'000));
    own.close();
    runWith("allMegabytes=1\nsessionFolder=" + chosen.toUtf8() + '\n');
    QVERIFY(!usual.exists());
    QCOMPARE(QDir(chosen + u"/nuages"_s).entryList(QDir::Files).size(), 1);
    QVERIFY(own.exists()); // What the user keeps there is not among those that go.
}

void TestSessions::aKilledProgramLeavesASessionThatOpens()
{
    std::mt19937 random(3);
    const QTemporaryDir scratch;
    const QString script =
        writeScript(scratch, R"json([{"open": "templates/base.html"}, {"random": 100000, "seed": 5}])json");
    for (int round = 0; round < 5; ++round) {
        const QString session = scratch.filePath(u"%1.nuages"_s.arg(round));
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"HOME"_s, scratch.path());
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(NUAGES_INSPECTOR), {demoProject, u"--script"_s, script, u"--record"_s, session});
        const auto wanted = trace::Revision(2 + random() % 40);
        QVERIFY(QTest::qWaitFor([&] { return censusOf(session).last >= wanted; },
                                60'000)); // as another program sees it meanwhile
        process.kill();
        process.waitForFinished();
        const Census census = censusOf(session);
        QCOMPARE(census.fault, std::string());
        QVERIFY(census.last >= wanted);
        const QJsonObject state = stateOf(scratch, {session});
        QCOMPARE(state[u"revision"_s].toInt(), int(census.last));
    }
}

void TestSessions::whatIsNoSessionIsNamed()
{
    const QTemporaryDir scratch;
    const QString path = scratch.filePath(u"s.nuages"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("words") == 5 && file.flush());
    const InspectorRun run = runInspector({path}, scratch.path());
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(run.err, "nuages-inspector: " + path.toUtf8() + " is no session that Nuages has recorded.\n");
    const InspectorRun none = runInspector({scratch.filePath(u"nothing"_s)}, scratch.path());
    QCOMPARE(none.exitCode, 2);
    QCOMPARE(none.err,
             "nuages-inspector: " + scratch.filePath(u"nothing"_s).toUtf8() + " is no folder and no session\n");
}

void TestSessions::theSessionOfTheDemoComesWithTheProgram()
{
    const QTemporaryDir scratch;
    const QJsonObject live = stateOf(scratch, {demoProject});
    const QJsonObject recorded = stateOf(scratch, {u":/demo.nuages"_s});
    QCOMPARE(recorded[u"projectFiles"_s], live[u"projectFiles"_s]);
    QCOMPARE(recorded[u"findings"_s], live[u"findings"_s]);
    QVERIFY(recorded[u"findings"_s].toInt() > 0);
    QVERIFY(recorded[u"revision"_s].toInt() > 10);
    QVERIFY(!recorded[u"why"_s][u"sentence"_s].toString().isEmpty());
    QVERIFY(!recorded[u"source"_s][u"text"_s].toString().isEmpty());
    QVERIFY(QFileInfo(QStringLiteral(NUAGES_DEMO_SESSION)).size() < 200'000);
}

NUAGES_TEST(TestSessions)
#include "tst_sessions.moc"
