#include "tests/protocol/demo.h"
#include "tests/protocol/serveclient.h"
#include "tests/support/program.h"
#include "tests/support/testmain.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

#include <QDir>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <string>

using namespace nuages::tests;
using namespace Qt::StringLiterals;
namespace json = boost::json;

namespace {

bool hasLabel(const json::value &list, std::string_view label)
{
    return std::ranges::any_of(list.at("items").as_array(),
                               [label](const json::value &item) { return item.at("label").as_string() == label; });
}

const char *const draft = "{% extends \"base.html\" %}\n{% load catalog_tags %}\n{% nope %}\n{{ x|upper }}\n";

} // namespace

class TestServe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aClientWorksThroughEveryTransport_data();
    void aClientWorksThroughEveryTransport();
    void theOptionsOfTheEditorWinOverTheConfiguration();
    void aMistakeInTheOptionsIsNamed_data();
    void aMistakeInTheOptionsIsNamed();
    void theExitCodeTellsWhetherShutdownCame_data();
    void theExitCodeTellsWhetherShutdownCame();
    void brokenBytesNeverMakeItDeaf_data();
    void brokenBytesNeverMakeItDeaf();
    void aLoneSurrogateKeepsTheColumns();
    void itSaysTheVersionOfTheProgram();
    void itEndsWithItsParent_data();
    void itEndsWithItsParent();
    void aPortWhereNobodyListensIsNamed();
};

void TestServe::aClientWorksThroughEveryTransport_data()
{
    QTest::addColumn<Transport>("transport");
    QTest::addColumn<QByteArray>("encoding");
    QTest::newRow("stdio, UTF-16") << Transport::Stdio << "utf-16"_ba;
    QTest::newRow("pipe, UTF-8") << Transport::Pipe << "utf-8"_ba;
    QTest::newRow("socket, UTF-32") << Transport::Socket << "utf-32"_ba;
}

void TestServe::aClientWorksThroughEveryTransport()
{
    QFETCH(Transport, transport);
    QFETCH(QByteArray, encoding);
    const Demo demo;
    ServeClient client(transport, demo.path());
    const json::value result = client.request("initialize", demo.initializeParams(encoding.toStdString()));
    QCOMPARE(result.at("capabilities").at("positionEncoding").as_string(), encoding.toStdString());
    client.notify("initialized", json::object());

    const std::string page = demo.uri(u"templates/pages/draft.html"_s);
    client.notify("textDocument/didOpen", openParams(page, draft));
    json::value found = client.diagnosticsOf(page);
    QCOMPARE(found.at("diagnostics").as_array().size(), std::size_t(1));
    QCOMPARE(found.at("diagnostics").at(0).at("code").as_string(), "unknown-tag");
    QCOMPARE(found.at("diagnostics").at(0).at("range").at("start").at("line").as_int64(), 2);

    const json::value tags = client.request("textDocument/completion", at(page, 2, 4));
    QVERIFY(hasLabel(tags, "include"));
    QVERIFY(hasLabel(tags, "stars")); // from the loaded library
    const json::array &items = tags.at("items").as_array();
    const auto stars = std::ranges::find_if(items, [](const json::value &item) { return item.at("label") == "stars"; });
    const json::value documented = client.request("completionItem/resolve", *stars).at("documentation");
    const auto said = json::value_to<std::string>(documented.at("value"));
    QVERIFY2(said.contains("catalog_tags.stars, library catalog_tags\n"), said.c_str());
    QVERIFY(hasLabel(client.request("textDocument/completion", at(page, 3, 7)), "lower"));
    QVERIFY(hasLabel(client.request("textDocument/completion", at(page, 1, 8)), "orders_tags"));
    QVERIFY(hasLabel(client.request("textDocument/completion", at(page, 0, 14)), "includes/messages.html"));

    const json::value hover = client.request("textDocument/hover", at(page, 3, 6));
    QVERIFY(hover.at("contents").at("value").as_string().find("django.template.defaultfilters.upper")
            != json::string::npos);
    const json::value parent = client.request("textDocument/definition", at(page, 0, 14));
    QCOMPARE(parent.at(0).at("uri").as_string(), demo.uri(u"templates/base.html"_s));
    const json::value library = client.request("textDocument/definition", at(page, 1, 10));
    QVERIFY(library.at(0).at("uri").as_string().ends_with("catalog_tags.py"));
    QCOMPARE(client.request("textDocument/documentSymbol", {{"textDocument", {{"uri", page}}}}).as_array().size(),
             std::size_t(2));

    // A document that is not open is the one on the disk.
    const std::string closed = demo.uri(u"templates/base.html"_s);
    QVERIFY(!client.request("textDocument/documentSymbol", {{"textDocument", {{"uri", closed}}}}).as_array().empty());

    client.notify("textDocument/didChange", replaceAll(page, 2, "{% extends \"base.html\" %}\n"));
    found = client.diagnosticsOf(page);
    QCOMPARE(found.at("version").as_int64(), 2);
    QVERIFY(found.at("diagnostics").as_array().empty());

    QVERIFY(client.request("shutdown", nullptr).is_null());
    client.notify("exit", nullptr);
    QCOMPARE(client.waitForExit(), 0);
    QCOMPARE(client.faults(), std::vector<std::string>());
}

// Only with the settings and the packages of the options is there a library extra_tags and none called catalog_tags;
// only with their patterns is the draft excluded and the other page not.
void TestServe::theOptionsOfTheEditorWinOverTheConfiguration()
{
    const Demo demo;
    QVERIFY(QDir(demo.path()).mkpath(u"packages/extra/templatetags"_s));
    demo.write(u"packages/extra/__init__.py"_s, "");
    demo.write(u"packages/extra/templatetags/__init__.py"_s, "");
    demo.write(u"packages/extra/templatetags/extra_tags.py"_s,
               "from django import template\nregister = template.Library()\n");
    demo.write(u"bookshop/other.py"_s, demo.text(u"bookshop/settings.py"_s) + "INSTALLED_APPS = ['extra']\n");
    demo.write(u"pyproject.toml"_s,
               "[tool.nuages]\nsettings = 'bookshop.settings'\nsite-packages = ['catalog']\nexclude = ['templates']\n");

    ServeClient client(Transport::Stdio, demo.path());
    json::value params = demo.initializeParams();
    params.as_object()["initializationOptions"] = {
        {"settings", "bookshop.other"}, {"sitePackages", {"packages"}}, {"exclude", {"templates/drafts"}}};
    client.request("initialize", params);
    client.notify("initialized", json::object());

    const std::string text = "{% load extra_tags %}\n{% if x %}\n";
    const std::string page = demo.uri(u"templates/pages/draft.html"_s);
    client.notify("textDocument/didOpen", openParams(page, text));
    const json::value found = client.diagnosticsOf(page).at("diagnostics");
    QCOMPARE(found.as_array().size(), std::size_t(1));
    QCOMPARE(found.at(0).at("code").as_string(), "unclosed-tag");
    const json::value libraries = client.request("textDocument/completion", at(page, 0, 8));
    QVERIFY(hasLabel(libraries, "extra_tags"));
    QVERIFY(!hasLabel(libraries, "catalog_tags"));

    const std::string excluded = demo.uri(u"templates/drafts/draft.html"_s);
    client.notify("textDocument/didOpen", openParams(excluded, text));
    QVERIFY(client.diagnosticsOf(excluded).at("diagnostics").as_array().empty());
    const json::value pulled = client.request("textDocument/diagnostic", {{"textDocument", {{"uri", excluded}}}});
    QVERIFY(pulled.at("items").as_array().empty());
    QVERIFY(hasLabel(client.request("textDocument/completion", at(excluded, 0, 8)), "extra_tags"));
    QCOMPARE(client.faults(), std::vector<std::string>());
}

void TestServe::aMistakeInTheOptionsIsNamed_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QString>("message");
    QTest::newRow("no object") << "[]"_ba << u"settings for nuages must be an object"_s;
    QTest::newRow("an unknown member") << "{\"setings\": \"a\"}"_ba
                                       << u"unknown setting nuages.setings of the editor (known: settings, "_s;
    QTest::newRow("a wrong type") << "{\"settings\": 1}"_ba << u"nuages.settings has a value of the wrong type"_s;
    QTest::newRow("a wrong item") << "{\"exclude\": [\"a\", 1]}"_ba
                                  << u"nuages.exclude has a value of the wrong type"_s;
    QTest::newRow("no folder") << "{\"sitePackages\": [\"no/such\"]}"_ba << u"site-packages is not a folder"_s;
    QTest::newRow("no module") << "{\"settings\": \"no.such\"}"_ba << u"no settings module no.such"_s;
}

// It is said, and the server goes on without them.
void TestServe::aMistakeInTheOptionsIsNamed()
{
    QFETCH(QByteArray, options);
    QFETCH(QString, message);
    const Demo demo;
    ServeClient client(Transport::Stdio, demo.path());
    json::value params = demo.initializeParams();
    params.as_object()["initializationOptions"] = json::parse(std::string_view(options));
    client.request("initialize", params);
    const std::string page = demo.uri(u"templates/pages/draft.html"_s);
    client.notify("textDocument/didOpen", openParams(page, draft));
    QVERIFY(client.diagnosticsOf(page).at("diagnostics").is_array());
    QVERIFY(!client.messageOf("window/showMessage", message.toStdString()).is_null());
}

void TestServe::theExitCodeTellsWhetherShutdownCame_data()
{
    QTest::addColumn<bool>("saysExit");
    QTest::newRow("exit without shutdown") << true;
    QTest::newRow("the stream ends") << false;
}

void TestServe::theExitCodeTellsWhetherShutdownCame()
{
    QFETCH(bool, saysExit);
    const Demo demo;
    ServeClient client(Transport::Stdio, demo.path());
    client.request("initialize", demo.initializeParams());
    if (saysExit)
        client.notify("exit", nullptr);
    client.closeInput();
    QCOMPARE(client.waitForExit(), 1);
}

void TestServe::brokenBytesNeverMakeItDeaf_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<int>>("errors"); // with a null id

    QTest::newRow("JSON that ends early") << "Content-Length: 5\r\n\r\n{\"a\":"_ba << QList{-32700};
    QTest::newRow("not UTF-8") << "Content-Length: 3\r\n\r\n\"\xff\""_ba << QList{-32700};
    QTest::newRow("length too short") << "Content-Length: 1\r\n\r\n{}"_ba << QList{-32700};
    QTest::newRow("length too long by a few bytes") << "Content-Length: 9\r\n\r\n{}"_ba << QList{-32700};
    QTest::newRow("length too long by millions") << "Content-Length: 99000000\r\n\r\n{}"_ba << QList{-32600};
    QTest::newRow("length over the limit") << "Content-Length: 99999999999\r\n\r\n{}"_ba << QList<int>();
    QTest::newRow("length over 64 bits") << "Content-Length: 99999999999999999999999\r\n\r\n{}"_ba << QList<int>();
    QTest::newRow("length 0") << "Content-Length: 0\r\n\r\n"_ba << QList<int>();
    QTest::newRow("negative length") << "Content-Length: -1\r\n\r\n{}"_ba << QList<int>();
    QTest::newRow("no length") << "Content-Type: x\r\n\r\n{}"_ba << QList<int>();
    QTest::newRow("a stray print") << "garbage\n\n"_ba << QList<int>();
    QTest::newRow("a batch") << "Content-Length: 2\r\n\r\n[]"_ba << QList{-32600};
    QTest::newRow("lower-case header, lines end in LF") << "content-length:2\n\n42"_ba << QList{-32600};
    QTest::newRow("too deep") << "Content-Length: 100000\r\n\r\n"_ba + QByteArray(100'000, '[') << QList{-32700};
    QTest::newRow("an error without id") << "Content-Length: 44\r\n\r\n"_ba
            + R"({"id":null,"error":{"code":1,"message":""}})"_ba
            + ' ' << QList<int>();
}

void TestServe::brokenBytesNeverMakeItDeaf()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QList<int>, errors);
    const Demo demo;
    ServeClient client(Transport::Stdio, demo.path());
    client.request("initialize", demo.initializeParams());
    const std::string page = demo.uri(u"templates/base.html"_s);
    client.notify("textDocument/didOpen", openParams(page, demo.text(u"templates/base.html"_s)));
    client.sendBytes({bytes.constData(), std::size_t(bytes.size())});
    const json::value symbols = client.request("textDocument/documentSymbol", {{"textDocument", {{"uri", page}}}});
    QVERIFY(symbols.is_array());
    QCOMPARE(client.errorsWithoutId(), (std::vector<int>(errors.begin(), errors.end())));
    QCOMPARE(client.faults(), std::vector<std::string>());
}

// A JavaScript client escapes half a pair. It is as long as what stands for it, so that later columns are right.
void TestServe::aLoneSurrogateKeepsTheColumns()
{
    const Demo demo;
    ServeClient client(Transport::Stdio, demo.path());
    client.request("initialize", demo.initializeParams());
    const std::string page = demo.uri(u"templates/pages/draft.html"_s);
    const std::string body = R"({"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":")"
        + page + R"(","languageId":"django-html","version":1,"text":"a\ud83d {% nope %}"}}})";
    client.sendBytes(nuages::protocol::frame(body));
    const json::value found = client.diagnosticsOf(page);
    QCOMPARE(found.at("diagnostics").at(0).at("range").at("start").at("character").as_int64(), 6);
}

// The client that started the server is killed, but this process still holds the stream open.
void TestServe::itSaysTheVersionOfTheProgram()
{
    const Demo demo;
    ServeClient client(Transport::Stdio, demo.path());
    const json::value server = client.request("initialize", demo.initializeParams()).at("serverInfo");

    QProcess program;
    program.start(nuagesProgram(), {u"--version"_s});
    QVERIFY(program.waitForFinished());
    const std::string said =
        json::value_to<std::string>(server.at("name")) + ' ' + json::value_to<std::string>(server.at("version")) + '\n';
    QCOMPARE(program.readAllStandardOutput(), QByteArray::fromStdString(said));
}

void TestServe::itEndsWithItsParent_data()
{
    QTest::addColumn<bool>("inTheCommand");
    QTest::newRow("processId of initialize") << false;
    QTest::newRow("--clientProcessId") << true;
}

void TestServe::itEndsWithItsParent()
{
    QFETCH(bool, inTheCommand);
    const Demo demo;
    QProcess parent;
    parent.start(u"sleep"_s, {u"600"_s});
    QVERIFY(parent.waitForStarted());
    QStringList more;
    if (inTheCommand)
        more = {u"--clientProcessId"_s, QString::number(parent.processId())};
    ServeClient client(Transport::Stdio, demo.path(), more);
    json::value params = demo.initializeParams();
    if (!inTheCommand)
        params.as_object()["processId"] = parent.processId();
    client.request("initialize", params);
    parent.kill();
    QVERIFY(parent.waitForFinished());
    QCOMPARE(client.waitForExit(), 1);
}

void TestServe::aPortWhereNobodyListensIsNamed()
{
    QProcess program;
    program.start(nuagesProgram(), {u"serve"_s, u"--socket"_s, u"1"_s});
    QVERIFY(program.waitForFinished(10'000));
    QCOMPARE(program.exitCode(), 2);
    QVERIFY(program.readAllStandardError().contains("port 1"));
    QVERIFY(program.readAllStandardOutput().isEmpty());
}

NUAGES_TEST(TestServe)
#include "tst_serve.moc"
