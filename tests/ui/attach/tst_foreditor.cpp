#include "tests/support/testmain.h"
#include "tests/ui/attach/watching.h"
#include "tests/ui/inspector/inspectorrun.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <QDir>
#include <QJsonArray>
#include <QTest>

using namespace nuages;
using namespace nuages::tests;
using namespace Qt::StringLiterals;
namespace json = boost::json;

namespace {

const json::value showInspector = {{"command", "nuages.showInspector"}};

ServeClient startedAs(const QProcessEnvironment &environment, Transport transport, const QStringList &more = {})
{
    return {QStringLiteral(NUAGES_INSPECTOR), environment, transport, QStringLiteral(NUAGES_DEMO),
            transport == Transport::Stdio ? QStringList{u"--stdio"_s} + more : more};
}

} // namespace

/// The inspector in the place of `nuages serve`.
class TestForEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhatTheEditorDoes_data();
    void showsWhatTheEditorDoes();
    void withoutADisplayItServesAndSaysSoOnce_data();
    void withoutADisplayItServesAndSaysSoOnce();
    void endsWithItsEditor();
    void theServerAloneOffersNoCommand();
};

void TestForEditor::showsWhatTheEditorDoes_data()
{
    QTest::addColumn<Transport>("transport");
    QTest::newRow("standard streams") << Transport::Stdio;
    QTest::newRow("a port") << Transport::Socket;
}

void TestForEditor::showsWhatTheEditorDoes()
{
    QFETCH(Transport, transport);
    const Meeting meeting;
    const QString dump = meeting.file(u"state.json"_s);
    ServeClient client = startedAs(meeting.environment(), transport, {u"--dump-state"_s, dump, u"--width=900"_s});
    Typist typist(client);
    const json::object capabilities = typist.begin();
    QCOMPARE(json::serialize(capabilities.at("executeCommandProvider")), R"({"commands":["nuages.showInspector"]})");
    typist.open();
    typist.type("{% ");
    QVERIFY(typist.complete().is_object());
    typist.type("{% i");
    QVERIFY(typist.complete().is_object());
    QVERIFY(client.request("workspace/executeCommand", showInspector).is_null());
    QVERIFY(client.request("workspace/executeCommand", {{"command", "nuages.other"}}).as_object().contains("error"));
    // The window has come when a second inspector is refused.
    Attachment second(meeting, {u"--dump-state"_s, meeting.file(u"second.json"_s)});
    QCOMPARE(second.waitForExit(), 2);
    QCOMPARE(typist.leave(), 0);

    const QJsonObject state = objectIn(dump, QStringLiteral(NUAGES_DEMO));
    const QJsonObject last = state[u"lastRequests"_s][u"textDocument/completion"_s].toObject();
    QCOMPARE(last[u"version"_s].toInt(), 3);
    QVERIFY(last[u"path"_s].toArray().first().toString().contains(u"didChange"));
    // Nothing has happened before the window was there, not even the first word.
    const QJsonObject messages = state[u"protocol"_s][u"messages"_s].toObject();
    QCOMPARE(messages[u"> initialize"_s].toInt(), 1);
    QCOMPARE(messages[u"< initialize"_s].toInt(), 1);
    QCOMPARE(messages[u"> textDocument/didOpen"_s].toInt(), 1);
    QCOMPARE(state[u"figures"_s][u"lost"_s].toInt(-1), 0);
    QCOMPARE(client.faults(), std::vector<std::string>());
}

void TestForEditor::withoutADisplayItServesAndSaysSoOnce_data()
{
    QTest::addColumn<QString>("display");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("none is named") << QString()
                                   << u"nuages-inspector: there is no display; the server runs without its window\n"_s;
    QTest::newRow("nobody is at it") << u":987"_s
                                     << u"nuages-inspector: the window is gone; the server goes on without it\n"_s;
}

void TestForEditor::withoutADisplayItServesAndSaysSoOnce()
{
    QFETCH(QString, display);
    QFETCH(QString, sentence);
    const Meeting meeting;
    QProcessEnvironment environment = meeting.environment();
    environment.remove(u"QT_QPA_PLATFORM"_s);
    if (!display.isNull())
        environment.insert(u"DISPLAY"_s, display);
    ServeClient client = startedAs(environment, Transport::Stdio);
    Typist typist(client);
    QCOMPARE(typist.begin().contains("executeCommandProvider"), !display.isNull());
    typist.open();
    typist.type("{% i");
    QVERIFY(typist.complete().is_object());
    QString said;
    QVERIFY(QTest::qWaitFor(
        [&] {
            typist.complete(); // Reads what the program says.
            said += client.standardError();
            return said.contains(sentence);
        },
        60'000));
    QVERIFY(typist.complete().is_object());
    QCOMPARE(typist.leave(), 0);
    said += client.standardError();
    QCOMPARE(said.count(sentence), 1);
}

void TestForEditor::endsWithItsEditor()
{
    const Meeting meeting;
    ServeClient client = startedAs(meeting.environment(), Transport::Stdio);
    Typist typist(client);
    typist.begin();
    typist.open();
    QVERIFY(typist.complete().is_object());
    client.closeInput(); // Without a word, as one that was killed.
    QCOMPARE(client.waitForExit(), 1);
    QCOMPARE(QDir(meeting.sockets()).entryList(QDir::System | QDir::Files), QStringList());
}

void TestForEditor::theServerAloneOffersNoCommand()
{
    const Meeting meeting;
    ServeClient client(Transport::Stdio, QStringLiteral(NUAGES_DEMO));
    Typist typist(client);
    QVERIFY(!typist.begin().contains("executeCommandProvider"));
    QVERIFY(client.request("workspace/executeCommand", showInspector).as_object().contains("error"));
    QCOMPARE(typist.leave(), 0);
}

NUAGES_TEST(TestForEditor)
#include "tst_foreditor.moc"
