#include "tests/support/testmain.h"
#include "tests/ui/inspector/inspectorrun.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace nuages::tests;
using namespace Qt::StringLiterals;

namespace {

bool copyProject(const QString &from, const QString &to)
{
    QDirIterator entries(from, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QString file = entries.next();
        const QString target = to + file.mid(from.size());
        if (!QDir().mkpath(target.section(u'/', 0, -2)) || !QFile::copy(file, target))
            return false;
        QFile::setPermissions(target, QFile::permissions(target) | QFile::WriteUser);
    }
    return true;
}

QString textOf(const QJsonValue &value)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
}

/// Where `state` differs from what is expected; it may have members that nothing is said about.
QStringList differences(const QJsonValue &expected, const QJsonValue &state, const QString &where = {})
{
    if (!expected.isObject())
        return expected == state
            ? QStringList()
            : QStringList{where + u": expected "_s + textOf(expected) + u", is "_s + textOf(state)};
    QStringList found;
    const QJsonObject members = expected.toObject();
    for (auto member = members.begin(); member != members.end(); ++member)
        found << differences(*member, state.toObject().value(member.key()), where + u'/' + member.key());
    return found;
}

} // namespace

class TestScripts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsInTheExpectedState_data();
    void endsInTheExpectedState();
    void theDemoEndsWithAnAnswerAndAPicture();
    void aStepThatCannotBePlayedIsNamed();
    void theStateMayGoIntoAPipe();
};

void TestScripts::endsInTheExpectedState_data()
{
    QTest::addColumn<QString>("script");
    const QStringList scripts =
        QDir(QStringLiteral(NUAGES_SCRIPTS)).entryList({u"*.expected.json"_s}, QDir::Files, QDir::Name);
    for (const QString &name : scripts)
        QTest::addRow("%s", qPrintable(name.section(u'.', 0, 0))) << name.section(u'.', 0, 0);
}

void TestScripts::endsInTheExpectedState()
{
    QFETCH(const QString, script);
    const QString folder = QStringLiteral(NUAGES_SCRIPTS "/");
    QTemporaryDir scratch;
    const QString project = scratch.filePath(u"shop"_s);
    QVERIFY(copyProject(QStringLiteral(NUAGES_DEMO), project));
    const QString dump = scratch.filePath(u"state.json"_s);
    const InspectorRun run = runInspector({project, u"--script"_s, folder + script + u".json"_s, u"--dump-state"_s,
                                           dump, u"--screenshot"_s, scratch.filePath(u"p.png"_s)},
                                          scratch.path());
    QVERIFY2(run.exitCode == 0, run.err.constData());
    const QJsonObject state = objectIn(dump, project);
    const QStringList found = differences(objectIn(folder + script + u".expected.json"_s), state);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    QCOMPARE(state[u"models"_s][u"resets"_s].toInteger(-1), 0);
    QCOMPARE(state[u"edits"_s][u"textsDifferent"_s].toInteger(-1), 0);
    QCOMPARE(state[u"figures"_s][u"lost"_s].toInteger(-1), 0);
}

void TestScripts::theDemoEndsWithAnAnswerAndAPicture()
{
    QTemporaryDir scratch;
    for (const QString &theme : {u"light"_s, u"dark"_s}) {
        const QString picture = scratch.filePath(theme + u".png"_s);
        const InspectorRun run =
            runInspector({QStringLiteral(NUAGES_DEMO), u"--script"_s, QStringLiteral(NUAGES_DEMO_SCRIPT),
                          u"--screenshot"_s, picture, u"--theme"_s, theme},
                         scratch.path());
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QCOMPARE(run.err, QByteArray()); // Not even a word of Qt's about size hints.
        const QList<QByteArray> lines = run.out.trimmed().split('\n');
        QCOMPARE(lines.size(), 3);
        QVERIFY2(lines[0].startsWith("revision 2: "), lines[0].constData());
        QVERIFY2(lines[1].startsWith(
                     "why: TemplateFacts(templates/base.html) ran because the text of templates/base.html changed"),
                 lines[1].constData());
        QCOMPARE(lines[2], "screenshot: " + picture.toUtf8());
        const QImage image(picture);
        QVERIFY(image.width() >= 1200 && image.height() >= 700);
        const bool isDark = image.pixelColor(2, image.height() / 2).lightness() < 128;
        QCOMPARE(isDark, theme == u"dark"_s);
    }
}

void TestScripts::aStepThatCannotBePlayedIsNamed()
{
    QTemporaryDir scratch;
    const QString script = scratch.filePath(u"s.json"_s);
    QFile file(script);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"json({"steps": [{"open": "templates/404.html"}, {"select": "TemplateFacts(nowhere)"}]})json");
    file.close();
    const InspectorRun run = runInspector(
        {QStringLiteral(NUAGES_DEMO), u"--script"_s, script, u"--dump-state"_s, scratch.filePath(u"state.json"_s)},
        scratch.path());
    QCOMPARE(run.exitCode, 2);
    QVERIFY2(run.err.endsWith("nuages-inspector: step 2, select: there is no TemplateFacts(nowhere)\n"),
             run.err.constData());
}

// And not into a file that takes the pipe's place.
void TestScripts::theStateMayGoIntoAPipe()
{
    QTemporaryDir scratch;
    const InspectorRun run = runInspector(
        {QStringLiteral(NUAGES_DEMO), u"--dump-state"_s, u"/dev/stdout"_s, u"--no-record"_s}, scratch.path());
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QVERIFY2(run.out.contains("\"shownRevision\""), run.out.constData());
}

NUAGES_TEST(TestScripts)
#include "tst_scripts.moc"
