#include "tests/support/testmain.h"
#include "tests/ui/inspector/inspectorrun.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <set>
#include <vector>

using namespace nuages::tests;
using namespace Qt::StringLiterals;

namespace {

bool writeText(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return QDir().mkpath(path.section(u'/', 0, -2)) && file.open(QIODevice::WriteOnly)
        && file.write(text) == text.size();
}

/// What the window shows some time after it was opened on a folder and nothing else was done.
QJsonObject stateAtRest(const QString &project, const QJsonArray &steps = {})
{
    QTemporaryDir scratch;
    const QString dump = scratch.filePath(u"state.json"_s);
    QStringList arguments{project, u"--dump-state"_s, dump};
    if (!steps.isEmpty()) {
        const QString script = scratch.filePath(u"steps.json"_s);
        if (!writeText(script, QJsonDocument(QJsonObject{{u"steps"_s, steps}}).toJson()))
            return {};
        arguments << u"--script"_s << script;
    }
    const InspectorRun run = runInspector(arguments, scratch.path());
    if (run.exitCode != 0)
        qWarning("%s", run.err.constData());
    return objectIn(dump, project);
}

QStringList stringsIn(const QJsonValue &array)
{
    QStringList all;
    for (const QJsonValue &each : array.toArray())
        all << each.toString();
    return all;
}

/// The files in the template folders of the demo.
QStringList templatesOfDemo()
{
    const QString demo = QStringLiteral(NUAGES_DEMO "/");
    QStringList found;
    QDirIterator files(demo, {u"*.html"_s, u"*.txt"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next().mid(demo.size());
        if (path.startsWith(u"templates/"_s) || path.contains(u"/templates/"_s))
            found << path;
    }
    return found;
}

int findingsOfDemo()
{
    QFile expected(QStringLiteral(NUAGES_DEMO "/expected.txt"));
    if (!expected.open(QIODevice::ReadOnly))
        qFatal("no expected.txt");
    int count = 0;
    for (const QByteArray &line : expected.readAll().split('\n'))
        count += line.contains(": error ") || line.contains(": warning ");
    return count;
}

} // namespace

/// The window as somebody sees it who has started the program and done nothing more.
class TestStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWholeProjectIsThereWithoutAClick();
    void anEditElsewhereIsSeenInFilesThatNobodyOpened();
    void whatIsReadStandsLeftOfWhatReadsIt();
    void aPackageWithoutSettingsIsToldWhatItIs();
    void aFolderWithoutTemplatesIsToldWhatToDo();
    void aPastRevisionHasItsText();
    void closingEndsItWhateverIsPlayed();
};

void TestStart::theWholeProjectIsThereWithoutAClick()
{
    const QJsonObject state = stateAtRest(QStringLiteral(NUAGES_DEMO));
    const QStringList expected = templatesOfDemo();
    QCOMPARE(expected.size(), 29);
    QStringList missing = expected;
    for (const QString &path : stringsIn(state[u"projectFiles"_s]))
        missing.removeAll(path);
    QCOMPARE(missing, QStringList());
    QCOMPARE(state[u"findings"_s].toInt(), findingsOfDemo());
    QVERIFY(!state[u"selected"_s].toString().isEmpty());
    QVERIFY(!state[u"why"_s][u"sentence"_s].toString().isEmpty());
    QCOMPARE(state[u"revision"_s].toInt(), 1); // Looking is no edit.
    QCOMPARE(state[u"figures"_s][u"lost"_s].toInteger(-1), 0);
}

void TestStart::anEditElsewhereIsSeenInFilesThatNobodyOpened()
{
    QTemporaryDir scratch;
    const QString project = scratch.filePath(u"site"_s);
    QVERIFY(writeText(project + u"/manage.py"_s,
                      "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site1.settings')\n"));
    QVERIFY(writeText(project + u"/site1/__init__.py"_s, {}));
    QVERIFY(writeText(project + u"/site1/settings.py"_s,
                      "from pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent\n"
                      "INSTALLED_APPS = []\n"
                      "TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates',\n"
                      "              'DIRS': [BASE_DIR / 'templates'], 'APP_DIRS': True}]\n"));
    QVERIFY(writeText(project + u"/templates/page.html"_s, "{% include 'part.html' %}\n"));
    QVERIFY(writeText(project + u"/templates/part.html"_s, "{{ x }}\n"));
    QCOMPARE(stateAtRest(project)[u"findings"_s].toInt(-1), 0);
    // Nothing tells the server of these but the disk itself.
    const auto write = [](const QString &path, const QJsonValue &text) {
        return QJsonObject{{u"write"_s, QJsonObject{{path, text}}}, {u"quietly"_s, true}};
    };
    const QJsonObject state =
        stateAtRest(project,
                    {write(u"templates/part.html"_s, QJsonValue()), QJsonObject{{u"await"_s, 2}},
                     write(u"templates/new.html"_s, u"{% if x %}\n"_s), QJsonObject{{u"await"_s, 3}}});
    QCOMPARE(state[u"findings"_s].toInt(), 2); // A missing template, and a tag that is not closed.
    QVERIFY(stringsIn(state[u"projectFiles"_s]).contains(u"templates/new.html"_s));
}

// The order of kinds is written down; here it is held against what reads what. Only in a cycle may an edge lead back.
void TestStart::whatIsReadStandsLeftOfWhatReadsIt()
{
    const QJsonObject state = stateAtRest(QStringLiteral(NUAGES_DEMO));
    QStringList order;
    for (const QJsonValue &kind : state[u"kinds"_s].toArray())
        order << kind[u"query"_s].toString();
    std::map<QString, std::set<QString>> readers;
    for (const QJsonValue &read : state[u"kindReads"_s].toArray())
        readers[read[0].toString()].insert(read[1].toString());
    QVERIFY(readers[u"SourceText"_s].contains(u"Template"_s));
    const auto reaches = [&](const QString &from, const QString &to) {
        std::set<QString> seen{from};
        std::vector<QString> open{from};
        while (!open.empty()) {
            const QString kind = open.back();
            open.pop_back();
            for (const QString &reader : readers[kind]) {
                if (reader == to)
                    return true;
                if (seen.insert(reader).second)
                    open.push_back(reader);
            }
        }
        return false;
    };
    QStringList back;
    for (const auto &[read, those] : std::map(readers)) {
        for (const QString &reader : those) {
            if (order.indexOf(read) > order.indexOf(reader) && !reaches(reader, read))
                back << read + u" is read by "_s + reader;
        }
    }
    QVERIFY2(back.isEmpty(), qPrintable(back.join(u'\n')));
}

void TestStart::aPackageWithoutSettingsIsToldWhatItIs()
{
    QTemporaryDir scratch;
    QVERIFY(writeText(scratch.filePath(u"polls/__init__.py"_s), {}));
    QVERIFY(writeText(scratch.filePath(u"polls/templates/polls/page.html"_s), "{{ x }}\n"));
    const QJsonObject state = stateAtRest(scratch.path());
    QVERIFY(stringsIn(state[u"projectFiles"_s]).contains(u"polls/templates/polls/page.html"_s));
    QVERIFY2(!stringsIn(state[u"messages"_s]).filter(u"No settings are found for PROJECT"_s).isEmpty(),
             qPrintable(stringsIn(state[u"messages"_s]).join(u'\n')));
}

void TestStart::aFolderWithoutTemplatesIsToldWhatToDo()
{
    QTemporaryDir scratch;
    QVERIFY(writeText(scratch.filePath(u"notes.txt"_s), "nothing\n"));
    const QJsonObject state = stateAtRest(scratch.path());
    QVERIFY2(!stringsIn(state[u"messages"_s]).filter(u"No template is found in PROJECT"_s).isEmpty(),
             qPrintable(stringsIn(state[u"messages"_s]).join(u'\n')));
}

void TestStart::aPastRevisionHasItsText()
{
    const QJsonArray steps{QJsonObject{{u"open"_s, u"templates/404.html"_s}},
                           QJsonObject{{u"type"_s, u"xyz"_s}, {u"at"_s, u"end"_s}}, QJsonObject{{u"revision"_s, 3}}};
    const QJsonObject state = stateAtRest(QStringLiteral(NUAGES_DEMO), steps);
    QCOMPARE(state[u"revision"_s].toInt(), 4);
    const QJsonValue source = state[u"source"_s];
    QVERIFY2(source[u"text"_s].toString().endsWith(u"xy"_s), qPrintable(source[u"text"_s].toString()));
    QVERIFY(source[u"isReadOnly"_s].toBool());
    const QJsonArray toFirst{steps[0], steps[1], QJsonObject{{u"revision"_s, 1}}};
    const QJsonValue first = stateAtRest(QStringLiteral(NUAGES_DEMO), toFirst)[u"source"_s];
    QFile disk(QStringLiteral(NUAGES_DEMO "/templates/404.html"));
    QVERIFY(disk.open(QIODevice::ReadOnly));
    QCOMPARE(first[u"text"_s].toString(), QString::fromUtf8(disk.readAll()));
}

void TestStart::closingEndsItWhateverIsPlayed()
{
    QTemporaryDir scratch;
    const QString script = scratch.filePath(u"steps.json"_s);
    QVERIFY(writeText(script, R"json({"steps": [{"open": "templates/base.html"}, {"close": "window"},
                                                {"random": 10000000, "seed": 1}]})json"));
    const InspectorRun run = runInspector({QStringLiteral(NUAGES_DEMO), u"--script"_s, script}, scratch.path());
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QCOMPARE(run.err, QByteArray());
}

NUAGES_TEST(TestStart)
#include "tst_start.moc"
