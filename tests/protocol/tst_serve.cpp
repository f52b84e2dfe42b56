#include "tests/protocol/serveclient.h"
#include "tests/support/testmain.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <algorithm>
#include <string>

using namespace nuages::tests;
using namespace Qt::StringLiterals;
namespace json = boost::json;

namespace {

/// The bundled project in a folder of its own.
class Demo
{
public:
    Demo()
    {
        const QString from = QString::fromUtf8(NUAGES_DEMO);
        copy(QDir(from), QDir(m_folder.path()));
    }

    QString path() const { return m_folder.path(); }
    std::string uri(const QString &file) const
    {
        return QUrl::fromLocalFile(path() + u'/' + file).toString().toStdString();
    }
    std::string text(const QString &file) const
    {
        QFile opened(path() + u'/' + file);
        return opened.open(QIODevice::ReadOnly) ? opened.readAll().toStdString() : std::string();
    }

private:
    static void copy(const QDir &from, const QDir &to)
    {
        for (const QFileInfo &entry : from.entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot)) {
            const QString target = to.filePath(entry.fileName());
            if (entry.isDir()) {
                to.mkdir(entry.fileName());
                copy(QDir(entry.filePath()), QDir(target));
            } else {
                QFile::copy(entry.filePath(), target);
            }
        }
    }

    QTemporaryDir m_folder;
};

json::value initializeParams(const Demo &demo, std::string_view encoding = "utf-16")
{
    return {{"processId", nullptr},
            {"rootUri", demo.uri({})},
            {"capabilities",
             {{"general", {{"positionEncodings", {encoding}}}},
              {"textDocument",
               {{"publishDiagnostics", {{"relatedInformation", true}, {"versionSupport", true}}},
                {"hover", {{"contentFormat", {"markdown"}}}},
                {"documentSymbol", {{"hierarchicalDocumentSymbolSupport", true}}}}}}}};
}

json::value openParams(std::string_view uri, std::string_view text)
{
    return {{"textDocument", {{"uri", uri}, {"languageId", "django-html"}, {"version", 1}, {"text", text}}}};
}

json::value replaceAll(std::string_view uri, int version, std::string_view text)
{
    return {{"textDocument", {{"uri", uri}, {"version", version}}}, {"contentChanges", {{{"text", text}}}}};
}

json::value at(std::string_view uri, int line, int character)
{
    return {{"textDocument", {{"uri", uri}}}, {"position", {{"line", line}, {"character", character}}}};
}

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
    void theExitCodeTellsWhetherShutdownCame_data();
    void theExitCodeTellsWhetherShutdownCame();
    void brokenBytesNeverMakeItDeaf();
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
    const json::value result = client.request("initialize", initializeParams(demo, encoding.toStdString()));
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

    client.notify("textDocument/didChange", replaceAll(page, 2, "{% extends \"base.html\" %}\n"));
    found = client.diagnosticsOf(page);
    QCOMPARE(found.at("version").as_int64(), 2);
    QVERIFY(found.at("diagnostics").as_array().empty());

    QVERIFY(client.request("shutdown", nullptr).is_null());
    client.notify("exit", nullptr);
    QCOMPARE(client.waitForExit(), 0);
    QCOMPARE(client.faults(), std::vector<std::string>());
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
    client.request("initialize", initializeParams(demo));
    if (saysExit)
        client.notify("exit", nullptr);
    client.closeInput();
    QCOMPARE(client.waitForExit(), 1);
}

void TestServe::brokenBytesNeverMakeItDeaf()
{
    const Demo demo;
    ServeClient client(Transport::Stdio, demo.path());
    client.request("initialize", initializeParams(demo));
    const std::string page = demo.uri(u"templates/base.html"_s);
    client.notify("textDocument/didOpen", openParams(page, demo.text(u"templates/base.html"_s)));
    for (const std::string_view broken :
         {"Content-Length: 5\r\n\r\n{\"a\":", "Content-Length: 0\r\n\r\n", "Content-Length: -1\r\n\r\n",
          "Content-Length: 99999999999\r\n\r\n", "garbage\n\n", "Content-Length: 2\r\n\r\n[]", "content-length:2\n\n42",
          "Content-Length: 3\r\n\r\n\"\xff\""}) {
        client.sendBytes(broken);
        const json::value symbols = client.request("textDocument/documentSymbol", {{"textDocument", {{"uri", page}}}});
        QVERIFY2(symbols.is_array(), broken.data());
    }
    QCOMPARE(client.faults(), std::vector<std::string>());
}

void TestServe::aPortWhereNobodyListensIsNamed()
{
    QProcess program;
    program.start(QString::fromUtf8(NUAGES_PROGRAM), {u"serve"_s, u"--socket"_s, u"1"_s});
    QVERIFY(program.waitForFinished(10'000));
    QCOMPARE(program.exitCode(), 2);
    QVERIFY(program.readAllStandardError().contains("port 1"));
    QVERIFY(program.readAllStandardOutput().isEmpty());
}

NUAGES_TEST(TestServe)
#include "tst_serve.moc"
