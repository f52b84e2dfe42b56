#include "tests/protocol/demo.h"
#include "tests/protocol/serveclient.h"
#include "tests/support/testmain.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

using namespace nuages::tests;
using namespace Qt::StringLiterals;
namespace json = boost::json;

namespace {

/// Where the client and the program meet, and what columns count. Each row of a transcript is one of these pairs.
void addWays()
{
    QTest::addColumn<Transport>("transport");
    QTest::addColumn<QByteArray>("encoding");
    for (const auto &[name, transport] : {std::pair("stdio", Transport::Stdio), std::pair("pipe", Transport::Pipe),
                                          std::pair("socket", Transport::Socket)}) {
        for (const char *encoding : {"utf-8", "utf-16", "utf-32"})
            QTest::addRow("%s, %s", name, encoding) << transport << QByteArray(encoding);
    }
}

/// A server that has read the demo project and writes a trace, spoken to in the way of the present row.
class Replay
{
public:
    Replay() : m_client(transport(), m_demo.path(), {u"--trace"_s, m_demo.path() + u"/trace.txt"_s})
    {
        m_client.request("initialize", m_demo.initializeParams(encoding().toStdString()));
        m_client.notify("initialized", json::object());
    }

    const Demo &demo() const { return m_demo; }
    ServeClient &client() { return m_client; }

    /// Columns that `text` takes in the encoding agreed on.
    static int widthOf(const QString &text)
    {
        if (encoding() == "utf-8")
            return int(text.toUtf8().size());
        return int(encoding() == "utf-16" ? text.size() : text.toUcs4().size());
    }

    /// Opens the document and waits for its diagnostics.
    json::value open(const std::string &uri, std::string_view text)
    {
        m_client.notify("textDocument/didOpen", openParams(uri, text));
        return m_client.diagnosticsOf(uri);
    }

    /// Ends the server as a client should; the lines of its trace.
    QStringList end()
    {
        const json::value result = m_client.request("shutdown", nullptr);
        m_client.notify("exit", nullptr);
        if (!result.is_null() || m_client.waitForExit() != 0)
            return {u"it did not end well: "_s + m_client.standardError()};
        return QString::fromStdString(m_demo.text(u"trace.txt"_s)).split(u'\n', Qt::SkipEmptyParts);
    }

private:
    static Transport transport()
    {
        QFETCH(Transport, transport);
        return transport;
    }
    static QByteArray encoding()
    {
        QFETCH(QByteArray, encoding);
        return encoding;
    }

    Demo m_demo;
    ServeClient m_client;
};

int revisionOf(const QString &line) { return line.section(u' ', 0, 0).toInt(); }

/// The first revision that a message of this method has written.
int firstWrittenBy(const QStringList &trace, const QString &method)
{
    const auto found =
        std::ranges::find_if(trace, [&](const QString &line) { return line.endsWith(u"written by "_s + method); });
    return found == trace.end() ? 0 : revisionOf(*found);
}

const QString draftFile = u"templates/pages/draft.html"_s;
const QString baseFile = u"templates/base.html"_s;

const QString talkedDraft = u"{% extends \"base.html\" %}\n{% load catalog_tags %}\n{# 😀 é #}\n{% block content %}\n"
                            u"{% stars 3 %}{{ x|upper }}{% include \"includes/messages.html\" %}\n{% endblock %}\n"_s;

} // namespace

/// Whole sessions of a client with the real program.
class TestTranscripts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typing_data() { addWays(); }
    void typing();
    void openEqualsDisk_data() { addWays(); }
    void openEqualsDisk();
    void settings_data() { addWays(); }
    void settings();
    void anAnswerIsRightForTheTextThatWasAskedAbout_data() { addWays(); }
    void anAnswerIsRightForTheTextThatWasAskedAbout();
    void eachOfManyRequestsIsRepliedToOnceWhateverIsCancelled_data() { addWays(); }
    void eachOfManyRequestsIsRepliedToOnceWhateverIsCancelled();
};

// 200 edits inside a comment of one of two open templates: nothing of the other runs.
void TestTranscripts::typing()
{
    Replay replay;
    ServeClient &client = replay.client();
    const std::string page = replay.demo().uri(draftFile);
    const std::string base = replay.demo().uri(baseFile);
    replay.open(base, replay.demo().text(baseFile));
    QVERIFY(replay.open(page, talkedDraft.toStdString()).at("diagnostics").as_array().empty());

    std::vector<std::int64_t> asked;
    int column = Replay::widthOf(u"{# 😀 é"_s);
    for (int edit = 0; edit < 200; ++edit) {
        const QString typed = QStringList{u"x"_s, u"ü"_s, u"😀"_s, u" "_s}[edit % 4];
        client.notify("textDocument/didChange", replaceIn(page, edit + 2, 2, column, column, typed.toStdString()));
        column += Replay::widthOf(typed);
        asked.push_back(client.send("textDocument/hover", at(page, 4, Replay::widthOf(u"{% stars 3 %}{{ x|u"_s))));
        asked.push_back(client.send("textDocument/documentSymbol", {{"textDocument", {{"uri", base}}}}));
    }
    for (const std::int64_t id : asked) {
        const json::value reply = client.replyTo(id);
        QVERIFY2(!(reply.is_object() && reply.as_object().contains("error")), json::serialize(reply).c_str());
        QVERIFY(!reply.is_null());
    }
    // The text is the client's: a save with it repairs nothing, and the outline is where it was.
    QCOMPARE(client.request("textDocument/documentSymbol", {{"textDocument", {{"uri", page}}}}).as_array().size(),
             std::size_t(3));

    const QStringList trace = replay.end();
    const int first = firstWrittenBy(trace, u"textDocument/didChange"_s);
    QVERIFY(first > 0);
    // What an edit cancels may have been a look at a memo that is still good; whatever had to run runs in the end.
    const QRegularExpression ran(u"^\\d+ ran"_s);
    int ofTheDraft = 0;
    for (const QString &line : trace) {
        if (revisionOf(line) < first || !ran.match(line).hasMatch())
            continue;
        QVERIFY2(!line.contains(u"base.html"_s), qPrintable(line));
        ofTheDraft += line.contains(u"draft.html"_s);
    }
    QVERIFY(ofTheDraft > 0); // the trace would tell
    QCOMPARE(client.faults(), std::vector<std::string>());
}

// The text of the disk, opened, closed, saved and touched: no revision, and nothing runs twice.
void TestTranscripts::openEqualsDisk()
{
    Replay replay;
    ServeClient &client = replay.client();
    const std::string base = replay.demo().uri(baseFile);
    const std::string text = replay.demo().text(baseFile);
    const json::value first = replay.open(base, text);
    for (int round = 0; round < 3; ++round) {
        client.notify("textDocument/didSave", {{"textDocument", {{"uri", base}}}, {"text", text}});
        client.notify("workspace/didChangeWatchedFiles", {{"changes", {{{"uri", base}, {"type", 2}}}}});
        client.notify("textDocument/didClose", {{"textDocument", {{"uri", base}}}});
        QVERIFY(client.diagnosticsOf(base).at("diagnostics").as_array().empty());
        client.notify("workspace/didChangeWatchedFiles", {{"changes", {{{"uri", base}, {"type", 1}}}}});
        QCOMPARE(json::serialize(replay.open(base, text)), json::serialize(first));
    }
    const QStringList trace = replay.end();
    const int ran = int(trace.filter(QRegularExpression(u"^\\d+ ran, new"_s)).size());
    QVERIFY(ran > 0);
    QCOMPARE(trace.filter(QRegularExpression(u"^\\d+ ran"_s)).size(), ran); // each for the first time
    QCOMPARE(trace.filter(u" written by "_s), QStringList());
    QCOMPARE(client.faults(), std::vector<std::string>());
}

// An app is taken out of the settings and put back, typed and on the disk: the diagnostics are what they were, byte for
// byte.
void TestTranscripts::settings()
{
    Replay replay;
    ServeClient &client = replay.client();
    const QString file = u"bookshop/settings.py"_s;
    const std::string settings = replay.demo().uri(file);
    const std::string with = replay.demo().text(file);
    const QString line = u"    \"catalog\",\n"_s;
    QVERIFY(QString::fromStdString(with).contains(line));
    const std::string without = QString::fromStdString(with).remove(line).toStdString();
    const std::string page = replay.demo().uri(draftFile);
    const json::value before = replay.open(page, talkedDraft.toStdString() + "{% nope %}\n");
    QCOMPARE(before.at("diagnostics").as_array().size(), std::size_t(1));

    int version = 1;
    const auto type = [&](const std::string &text) {
        client.notify("textDocument/didChange", replaceAll(settings, ++version, text));
    };
    const auto write = [&](const std::string &text) {
        replay.demo().write(file, text);
        client.notify("workspace/didChangeWatchedFiles", {{"changes", {{{"uri", settings}, {"type", 2}}}}});
    };
    const auto takeOutAndPutBack = [&](const auto &set) {
        for (int round = 0; round < 3; ++round) {
            set(without);
            const json::value changed = client.diagnosticsOf(page);
            QVERIFY(json::serialize(changed).find("unknown-library") != std::string::npos);
            set(with);
            QCOMPARE(json::serialize(client.diagnosticsOf(page)), json::serialize(before));
        }
    };
    client.notify("textDocument/didOpen", openParams(settings, with));
    takeOutAndPutBack(type);
    client.notify("textDocument/didClose", {{"textDocument", {{"uri", settings}}}});
    client.diagnosticsOf(settings); // now the server reads the disk, which has this very text
    takeOutAndPutBack(write);
    replay.end();
    QCOMPARE(client.faults(), std::vector<std::string>());
}

// The request and the edit arrive together. What is expected is what the idle server says before.
void TestTranscripts::anAnswerIsRightForTheTextThatWasAskedAbout()
{
    Replay replay;
    ServeClient &client = replay.client();
    const std::string page = replay.demo().uri(draftFile);
    replay.open(page, talkedDraft.toStdString());

    struct Question {
        const char *method;
        int line;
        int character;
    };
    const std::vector<Question> questions = {
        {"textDocument/completion", 4, 6},  {"textDocument/completion", 4, 21},    {"textDocument/definition", 0, 14},
        {"textDocument/definition", 1, 10}, {"textDocument/definition", 4, 5},     {"textDocument/hover", 4, 20},
        {"textDocument/hover", 4, 5},       {"textDocument/documentSymbol", 0, 0},
    };
    int version = 1;
    for (const Question &question : questions) {
        const json::value params = at(page, question.line, question.character);
        const json::value expected = client.request(question.method, params);
        QVERIFY2(!expected.is_null(), question.method);
        // The word that was asked about is cut in two, a line comes in front of it, all of it goes.
        for (const json::value &edit :
             {replaceIn(page, ++version, question.line, question.character, question.character, "! %}"),
              replaceIn(page, ++version, 0, 0, 0, "\n{% load humanize %}😀\n"),
              replaceAll(page, ++version, "nothing")}) {
            const std::int64_t id = client.send(question.method, params);
            client.notify("textDocument/didChange", edit);
            QCOMPARE(json::serialize(client.replyTo(id)), json::serialize(expected));
            client.notify("textDocument/didChange", replaceAll(page, ++version, talkedDraft.toStdString()));
        }
    }
    replay.end();
    QCOMPARE(client.faults(), std::vector<std::string>());
}

void TestTranscripts::eachOfManyRequestsIsRepliedToOnceWhateverIsCancelled()
{
    Replay replay;
    ServeClient &client = replay.client();
    const std::string page = replay.demo().uri(draftFile);
    replay.open(page, talkedDraft.toStdString());

    const json::value place = at(page, 4, 6);
    std::vector<std::int64_t> asked;
    for (int round = 0; round < 300; ++round) {
        static constexpr std::array methods = {"textDocument/completion", "textDocument/hover",
                                               "textDocument/documentSymbol", "textDocument/definition"};
        asked.push_back(client.send(methods[std::size_t(round) % methods.size()], place));
        if (round % 3 == 0)
            client.notify("textDocument/didChange", replaceIn(page, round + 2, 2, 3, 3, "x"));
        if (round % 2 == 0)
            client.notify("$/cancelRequest", {{"id", asked.back()}});
        client.notify("$/cancelRequest", {{"id", asked.front()}}); // answered long ago
        client.notify("$/cancelRequest", {{"id", "never asked"}});
    }
    for (const std::int64_t id : asked) {
        const json::value reply = client.replyTo(id);
        const json::value *error = reply.is_object() ? reply.as_object().if_contains("error") : nullptr;
        if (error && error->at("code") != -32800)
            QFAIL(json::serialize(client.messageOf("window/logMessage", " failed: ")).c_str());
    }
    replay.end();
    QCOMPARE(client.faults(), std::vector<std::string>());
}

NUAGES_TEST(TestTranscripts)
#include "tst_transcripts.moc"
