#include "tests/support/testmain.h"
#include "ui/views/editorclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace nuages;
using namespace nuages::views;
using namespace Qt::StringLiterals;

/// The window's editor against the messages that it sends.
class TestEditorClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsOpenedTooEarlyWaitsForInitialize();
    void versionsGrowOverReopening();
    void aRequestOfTheServerIsAnswered();
    void findingsAreKeptByPath();
    void nonsenseIsLogged();
    void stoppingSaysShutdownThenExit();
};

namespace {

constexpr auto initialized = R"({"jsonrpc":"2.0","id":1,"result":{"capabilities":{}}})";

struct Conversation {
    EditorClient client;
    QSignalSpy bodies{&client, &EditorClient::bodyReady};

    /// The messages since the last call.
    QList<QJsonObject> take()
    {
        QList<QJsonObject> messages;
        for (const QList<QVariant> &arguments : std::exchange(static_cast<QList<QList<QVariant>> &>(bodies), {}))
            messages << QJsonDocument::fromJson(arguments[0].toByteArray()).object();
        return messages;
    }

    QStringList takeMethods()
    {
        QStringList methods;
        for (const QJsonObject &message : take())
            methods << message["method"_L1].toString();
        return methods;
    }

    void begin()
    {
        client.start(u"/shop"_s);
        client.receive(initialized);
        take();
    }
};

} // namespace

void TestEditorClient::whatIsOpenedTooEarlyWaitsForInitialize()
{
    Conversation c;
    c.client.open(u"/shop/a b.html"_s, u"x"_s);
    c.client.start(u"/shop"_s);
    QCOMPARE(c.takeMethods(), QStringList{u"initialize"_s});
    QVERIFY(!c.client.isReady());

    c.client.receive(initialized);
    QVERIFY(c.client.isReady());
    const QList<QJsonObject> messages = c.take();
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages[0]["method"_L1], u"initialized"_s);
    QVERIFY(messages[0]["params"_L1].isObject());
    QCOMPARE(messages[1]["method"_L1], u"textDocument/didOpen"_s);
    QCOMPARE(messages[1]["params"_L1]["textDocument"_L1]["uri"_L1], u"file:///shop/a%20b.html"_s);
    QCOMPARE(messages[1]["params"_L1]["textDocument"_L1]["text"_L1], u"x"_s);
}

void TestEditorClient::versionsGrowOverReopening()
{
    Conversation c;
    c.begin();
    const QString path = u"/shop/a.html"_s;
    c.client.open(path, u"x"_s);
    c.client.open(path, u"x"_s); // it is open: nothing to say
    c.client.change(path, {protocol::Range{{0, 1}, {0, 1}}, "y"});
    c.client.close(path);
    c.client.close(path);
    c.client.open(path, u"x"_s);

    QList<int> versions;
    for (const QJsonObject &message : c.take())
        versions << message["params"_L1]["textDocument"_L1]["version"_L1].toInt(-1);
    QCOMPARE(versions, (QList<int>{1, 2, -1, 3}));
    QCOMPARE(c.client.version(path), 3);
    QVERIFY(c.client.isOpen(path));
}

void TestEditorClient::aRequestOfTheServerIsAnswered()
{
    Conversation c;
    c.begin();
    c.client.receive(R"({"jsonrpc":"2.0","id":"r","method":"client/registerCapability","params":{}})");
    const QList<QJsonObject> messages = c.take();
    QCOMPARE(messages.size(), 1);
    QCOMPARE(messages[0]["id"_L1], u"r"_s);
    QVERIFY(messages[0].contains("result"_L1));
}

void TestEditorClient::findingsAreKeptByPath()
{
    Conversation c;
    c.begin();
    QSignalSpy changed(&c.client, &EditorClient::diagnosticsChanged);
    c.client.receive(R"({"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{
        "uri":"file:///shop/a%20b.html","version":1,"diagnostics":[{"range":{"start":{"line":11,"character":6},
        "end":{"line":11,"character":9}},"severity":1,"code":"unknown-tag","message":"Unknown tag"}]}})");

    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toString(), u"/shop/a b.html"_s);
    QCOMPARE(c.client.diagnostics(u"/shop/a b.html"_s).size(), 1U);
    QCOMPARE(c.client.diagnostics(u"/shop/a b.html"_s)[0].range.start.line, 11);
    QCOMPARE(c.client.findingCount(), 1U);
    QVERIFY(c.client.diagnostics(u"/shop/other.html"_s).empty());
}

void TestEditorClient::nonsenseIsLogged()
{
    Conversation c;
    c.begin();
    QSignalSpy logged(&c.client, &EditorClient::said);
    c.client.receive("{");
    c.client.receive(R"({"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{}})");
    QCOMPARE(logged.size(), 1);
    QCOMPARE(c.client.findingCount(), 0U);
}

void TestEditorClient::stoppingSaysShutdownThenExit()
{
    Conversation c;
    c.begin();
    c.client.stop();
    QCOMPARE(c.takeMethods(), (QStringList{u"shutdown"_s, u"exit"_s}));
    c.client.open(u"/shop/a.html"_s, u"x"_s);
    c.client.stop();
    QVERIFY(c.take().isEmpty());
}

NUAGES_TEST(TestEditorClient)
#include "tst_editorclient.moc"
