#include "lsp/protocol/json.h"
#include "lsp/server/capabilities.h"
#include "tests/support/testmain.h"

#include <boost/json/parse.hpp>

#include <QTest>

using namespace nuages;
using namespace Qt::StringLiterals;

class TestCapabilities : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void diagnosticsComeOneWayOnly_data();
    void diagnosticsComeOneWayOnly();
    void completionFollowsWhatTheClientSays_data();
    void completionFollowsWhatTheClientSays();
    void changesOfAnyFileOrFolderAreRegisteredFor();
};

void TestCapabilities::diagnosticsComeOneWayOnly_data()
{
    QTest::addColumn<QByteArray>("capabilities");
    QTest::addColumn<bool>("pulled");

    QTest::newRow("takes what is pushed") << R"({"textDocument":{"publishDiagnostics":{}}})"_ba << false;
    QTest::newRow("pulls, and can be told to pull again")
        << R"({"textDocument":{"publishDiagnostics":{},"diagnostic":{}},"workspace":{"diagnostics":{"refreshSupport":true}}})"_ba
        << true;
    // Neovim 0.10: it would miss what an edit of another file changes, and show twice what is pushed as well.
    QTest::newRow("pulls, and cannot be told to")
        << R"({"textDocument":{"publishDiagnostics":{},"diagnostic":{}}})"_ba << false;
}

void TestCapabilities::diagnosticsComeOneWayOnly()
{
    QFETCH(QByteArray, capabilities);
    QFETCH(bool, pulled);
    const auto params = protocol::fromJson<protocol::InitializeParams>(
        {{"processId", nullptr}, {"capabilities", boost::json::parse(capabilities.toStdString())}});
    QVERIFY(params);
    const server::ClientTraits client = server::traitsOf(*params);
    QCOMPARE(client.pulls, pulled); // nothing is pushed to a client that pulls
    QCOMPARE(server::offer(client).capabilities.diagnosticProvider.has_value(), pulled);
}

void TestCapabilities::completionFollowsWhatTheClientSays_data()
{
    QTest::addColumn<QByteArray>("item");
    QTest::addColumn<QString>("traits");

    QTest::newRow("nothing") << "{}"_ba << u""_s;
    QTest::newRow("Neovim") << R"({"snippetSupport":false,"documentationFormat":["markdown","plaintext"]})"_ba
                            << u"markdown"_s;
    QTest::newRow("VS Code")
        << R"({"snippetSupport":true,"insertReplaceSupport":true,"labelDetailsSupport":true,"documentationFormat":["markdown","plaintext"]})"_ba
        << u"markdown snippets insertReplace labelDetails"_s;
    QTest::newRow("plain text first") << R"({"documentationFormat":["plaintext","markdown"]})"_ba << u""_s;
}

void TestCapabilities::completionFollowsWhatTheClientSays()
{
    QFETCH(QByteArray, item);
    QFETCH(QString, traits);
    const auto params = protocol::fromJson<protocol::InitializeParams>(
        {{"processId", nullptr},
         {"capabilities",
          {{"textDocument", {{"completion", {{"completionItem", boost::json::parse(item.toStdString())}}}}}}}});
    QVERIFY(params);
    const server::ClientTraits client = server::traitsOf(*params);
    QStringList said;
    if (client.documentsInMarkdown)
        said += u"markdown"_s;
    if (client.takesSnippets)
        said += u"snippets"_s;
    if (client.takesInsertReplace)
        said += u"insertReplace"_s;
    if (client.takesLabelDetails)
        said += u"labelDetails"_s;
    QCOMPARE(said.join(u' '), traits);
    QVERIFY(server::offer(client).capabilities.completionProvider->resolveProvider.value_or(false));
}

// A template has the ending that its author likes, and a folder none.
void TestCapabilities::changesOfAnyFileOrFolderAreRegisteredFor()
{
    const auto registration = protocol::toJson(server::watchedFiles()).at("registrations").at(0);
    QCOMPARE(registration.at("method").as_string(), "workspace/didChangeWatchedFiles");
    const auto &watchers = registration.at("registerOptions").at("watchers").as_array();
    QCOMPARE(watchers.size(), 1u);
    QCOMPARE(watchers.front(), (boost::json::value{{"globPattern", "**/*"}}));
}

NUAGES_TEST(TestCapabilities)
#include "tst_capabilities.moc"
