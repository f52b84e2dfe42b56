#include "engine/source/files.h"
#include "engine/source/queries.h"
#include "lsp/protocol/framing.h"
#include "lsp/protocol/json.h"
#include "lsp/server/documents.h"
#include "tests/lsp/server/sessionrig.h"
#include "tests/support/testmain.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <QTest>

#include <algorithm>
#include <array>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

using namespace nuages;
using namespace nuages::server;
using namespace Qt::StringLiterals;
using nuages::tests::SessionRig;
namespace json = boost::json;

namespace {

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c & 0x80) != 0; }

source::Range wordAround(std::string_view text, std::uint32_t offset)
{
    std::uint32_t begin = offset;
    std::uint32_t end = offset;
    while (begin > 0 && isLetter(text[begin - 1]))
        --begin;
    while (end < text.size() && isLetter(text[end]))
        ++end;
    return {begin, end};
}

/// A feature that is simple to predict: the word at the position and where it is. It reads the file too, so that an
/// edit cancels it.
Encode findWord(query::Reader &db, const Question &question)
{
    db.get<source::SourceText>(source::fileAt(db, question.path));
    const std::string_view text = question.text.view();
    const source::Range range = wordAround(text, question.offset);
    return [range, word = std::string(text.substr(range.begin, range.size()))](const Coordinates &coordinates,
                                                                               const ClientTraits &) -> json::value {
        return {{"word", word}, {"range", protocol::toJson(coordinates.here(range))}};
    };
}

Encode findNothing(query::Reader &, const Question &)
{
    return [](const Coordinates &, const ClientTraits &) -> json::value { return nullptr; };
}

Encode failAlways(query::Reader &, const Question &) { throw std::runtime_error("/home/secret: no"); }

constexpr std::array<Feature, 4> toys{{
    {"test/word", query::Urgency::Latency, true, findWord},
    {"test/nothing", query::Urgency::Latency, false, findNothing},
    {"test/failure", query::Urgency::Latency, false, failAlways},
    {"test/resolve", query::Urgency::Latency, false, findNothing, nullptr, true},
}};

/// As many diagnostics as there are bytes "!", each at its place.
Encode findMarks(query::Reader &db, const Question &question)
{
    const source::Text text = db.get<source::SourceText>(source::fileAt(db, question.path));
    std::vector<std::uint32_t> marks;
    for (std::uint32_t i = 0; i < text.view().size(); ++i) {
        if (text.view()[i] == '!')
            marks.push_back(i);
    }
    return [path = question.path, marks](const Coordinates &coordinates, const ClientTraits &) {
        json::array all;
        for (const std::uint32_t mark : marks) {
            all.push_back(
                {{"range", protocol::toJson(*coordinates.range(path, {mark, mark + 1}))}, {"message", "mark"}});
        }
        return json::value(std::move(all));
    };
}

const char *const page = "file:///p/page.html";

json::value at(std::int64_t line, std::int64_t character)
{
    return {{"textDocument", {{"uri", page}}}, {"position", {{"line", line}, {"character", character}}}};
}

json::value about() { return {{"textDocument", {{"uri", page}}}}; }

json::value changed(std::int32_t version, json::value range, std::string_view text)
{
    return {{"textDocument", {{"uri", page}, {"version", version}}},
            {"contentChanges", {{{"range", std::move(range)}, {"text", text}}}}};
}

json::value span(std::int64_t from, std::int64_t to)
{
    return {{"start", {{"line", 0}, {"character", from}}}, {"end", {{"line", 0}, {"character", to}}}};
}

std::int64_t errorOf(const json::value *reply)
{
    return reply && reply->as_object().contains("error") ? reply->at("error").at("code").as_int64() : 0;
}

} // namespace

class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWhatItsLifeDoesNotAllow();
    void wrongParamsAreNamed();
    void aClosedDocumentIsAnsweredFromTheDisk();
    void anItemIsResolvedByTheDocumentInIt();
    void anExceptionIsAnErrorWithoutItsText();
    void changedFilesAreRegisteredForIfTheClientCan_data();
    void changedFilesAreRegisteredForIfTheClientCan();
    void anIdMayBeUsedAgain();
    void anAnswerIsInTheTextThatWasAskedAbout();
    void answersSurviveRandomEdits_data();
    void answersSurviveRandomEdits();
    void diagnosticsFollowTheText();
    void pythonIsReadAndNotJudged_data();
    void pythonIsReadAndNotJudged();
    void whatIsAskedAboutPythonIsAnsweredWithNothing_data();
    void whatIsAskedAboutPythonIsAnsweredWithNothing();
    void publishedVersionsNeverFall();
    void aRequestNeedNotWaitForDiagnostics();
    void openingTheDiskTextIsNoRevision();
    void shutdownAnswersWhatIsPendingFirst();
    void theLastWordAnswersWhatIsPending_data();
    void theLastWordAnswersWhatIsPending();
    void nothingBeginsForAClientThatLeft_data();
    void nothingBeginsForAClientThatLeft();
    void theExitCodeTellsWhetherShutdownCame();
    void aSavedTextThatDiffersIsTaken();
    void anOddChangeIsLoggedAndNeverMakesItDeaf_data();
    void anOddChangeIsLoggedAndNeverMakesItDeaf();
    void aChangeCountsWhateverItsVersion_data();
    void aChangeCountsWhateverItsVersion();
    void oneLongLookNeverStarvesTheOthers();
    void theTextSurvivesOddChanges();
    void faultsInTheStreamAreRepliedTo();
};

void TestSession::refusesWhatItsLifeDoesNotAllow()
{
    SessionRig rig(toys, findMarks);
    const auto early = rig.request("test/nothing", about());
    rig.open(page, "dropped");
    QCOMPARE(errorOf(SessionRig::replyTo(early, rig.takeSent())), -32002);

    rig.initialize();
    rig.takeSent();
    const auto again = rig.request("initialize", {{"capabilities", json::object()}});
    const auto unknown = rig.request("$/unknown", nullptr);
    auto sent = rig.takeSent();
    QCOMPARE(errorOf(SessionRig::replyTo(again, sent)), -32600);
    QCOMPARE(errorOf(SessionRig::replyTo(unknown, sent)), -32601);

    rig.request("shutdown", nullptr);
    const auto late = rig.request("test/nothing", about());
    QCOMPARE(errorOf(SessionRig::replyTo(late, rig.takeSent())), -32600);
}

void TestSession::wrongParamsAreNamed()
{
    SessionRig rig(toys, findMarks);
    rig.initialize();
    rig.open(page, "x");
    rig.takeSent();
    const auto id = rig.request("test/word", about());
    const auto sent = rig.takeSent();
    QCOMPARE(errorOf(SessionRig::replyTo(id, sent)), -32602);
    QVERIFY(SessionRig::replyTo(id, sent)->at("error").at("message").as_string().starts_with("/position"));
}

void TestSession::aClosedDocumentIsAnsweredFromTheDisk()
{
    SessionRig rig(toys, findMarks);
    rig.disk().write("/p/page.html", "😀 disk\nnext");
    rig.initialize();
    rig.takeSent();
    const auto word = [&](json::value place) {
        const auto id = rig.request("test/word", std::move(place));
        rig.runAllJobs();
        const auto sent = rig.takeSent();
        const json::value *reply = SessionRig::replyTo(id, sent);
        return reply ? json::serialize(reply->at("result")) : "none";
    };
    const std::string onDisk = word(at(0, 4));
    QVERIFY2(onDisk.contains(R"("word":"disk")") && onDisk.contains(R"("start":{"line":0,"character":3})"),
             onDisk.c_str());

    // As soon as it is open the client's text counts, and when it is closed again the disk's.
    rig.open(page, "open");
    rig.runAllJobs();
    QVERIFY(word(at(0, 1)).contains(R"("word":"open")"));
    rig.notify("textDocument/didClose", about());
    QVERIFY(word(at(1, 1)).contains(R"("word":"next")"));

    const auto absent = rig.request(
        "test/word", {{"textDocument", {{"uri", "file:///p/no.html"}}}, {"position", {{"line", 7}, {"character", 7}}}});
    const auto python = rig.request(
        "test/word", {{"textDocument", {{"uri", "file:///p/a.py"}}}, {"position", {{"line", 0}, {"character", 0}}}});
    rig.runAllJobs();
    const auto sent = rig.takeSent();
    QCOMPARE(SessionRig::replyTo(absent, sent)->at("result").at("word").as_string(), "");
    QVERIFY(SessionRig::replyTo(python, sent)->at("result").is_null());
}

void TestSession::anItemIsResolvedByTheDocumentInIt()
{
    SessionRig rig(toys, findMarks);
    rig.initialize();
    rig.takeSent();
    const auto bare = rig.request("test/resolve", {{"label", "if"}});
    const auto open = rig.request("test/resolve", {{"label", "if"}, {"data", {{"uri", page}}}});
    rig.runAllJobs();
    const auto sent = rig.takeSent();
    QCOMPARE(SessionRig::replyTo(bare, sent)->at("result"), json::value({{"label", "if"}}));
    QVERIFY(SessionRig::replyTo(open, sent)->at("result").is_null()); // findNothing
}

void TestSession::anExceptionIsAnErrorWithoutItsText()
{
    SessionRig rig(toys, findMarks);
    rig.initialize();
    rig.open(page, "x");
    const auto id = rig.request("test/failure", about());
    rig.runAllJobs();
    const auto sent = rig.takeSent();
    const json::value *reply = SessionRig::replyTo(id, sent);
    QCOMPARE(errorOf(reply), -32603);
    QVERIFY(!json::serialize(*reply).contains("secret"));
    const auto isInTheLog = [](const json::value &message) {
        const json::value *method = message.as_object().if_contains("method");
        return method && *method == "window/logMessage"
            && message.at("params").at("message").as_string().starts_with("test/failure failed: /home/secret: no in ");
    };
    QCOMPARE(std::ranges::count_if(sent, isInTheLog), 1);
}

void TestSession::changedFilesAreRegisteredForIfTheClientCan_data()
{
    QTest::addColumn<bool>("canRegister");
    QTest::newRow("can") << true;
    QTest::newRow("cannot") << false;
}

void TestSession::changedFilesAreRegisteredForIfTheClientCan()
{
    QFETCH(bool, canRegister);
    SessionRig rig(toys, findMarks);
    rig.initialize({{"workspace", {{"didChangeWatchedFiles", {{"dynamicRegistration", canRegister}}}}}});
    auto sent = rig.takeSent();
    QCOMPARE(sent.size(), std::size_t(canRegister ? 2 : 1)); // the first answers initialize
    if (!canRegister)
        return;
    QCOMPARE(sent.back().at("method").as_string(), "client/registerCapability");
    rig.notify("initialized", json::object()); // a second one changes nothing
    QVERIFY(rig.takeSent().empty());
    const json::value refusal = {
        {"jsonrpc", "2.0"}, {"id", sent.back().at("id")}, {"error", {{"code", -32601}, {"message", "no"}}}};
    rig.sendBytes(protocol::frame(json::serialize(refusal)));
    sent = rig.takeSent();
    QCOMPARE(sent.size(), std::size_t(1));
    QCOMPARE(sent.front().at("params").at("message").as_string(), "Changes of files go unseen: no");
}

void TestSession::anIdMayBeUsedAgain()
{
    SessionRig rig(toys, findMarks);
    rig.initialize();
    rig.open(page, "one");
    rig.runAllJobs();
    rig.takeSent();
    const std::string body = json::serialize(
        json::value{{"jsonrpc", "2.0"}, {"id", "again"}, {"method", "test/nothing"}, {"params", about()}});
    for (int use = 0; use < 3; ++use) {
        rig.sendBytes(protocol::frame(body));
        rig.runAllJobs();
        const auto sent = rig.takeSent();
        QCOMPARE(sent.size(), std::size_t(1));
        QVERIFY(sent.front().as_object().contains("result"));
    }
}

void TestSession::anAnswerIsInTheTextThatWasAskedAbout()
{
    SessionRig rig(toys, findMarks);
    rig.initialize();
    rig.open(page, "one two");
    rig.runAllJobs();
    rig.takeSent();

    const auto before = rig.request("test/word", at(0, 5));
    rig.notify("textDocument/didChange", changed(2, span(0, 3), "a much longer"));
    const auto after = rig.request("test/word", at(0, 15));
    rig.runAllJobs();
    const auto sent = rig.takeSent();
    const json::value expectedBefore = {{"word", "two"}, {"range", span(4, 7)}};
    const json::value expectedAfter = {{"word", "two"}, {"range", span(14, 17)}};
    QCOMPARE(json::serialize(SessionRig::replyTo(before, sent)->at("result")), json::serialize(expectedBefore));
    QCOMPARE(json::serialize(SessionRig::replyTo(after, sent)->at("result")), json::serialize(expectedAfter));
}

void TestSession::answersSurviveRandomEdits_data()
{
    QTest::addColumn<QByteArray>("encoding");
    QTest::newRow("UTF-8") << "utf-8"_ba;
    QTest::newRow("UTF-16") << "utf-16"_ba;
    QTest::newRow("UTF-32") << "utf-32"_ba;
}

// A word is asked for; between request and reply one character changes within 40 of the position, often in that word.
// The answer must be that of the text as it was.
void TestSession::answersSurviveRandomEdits()
{
    QFETCH(QByteArray, encoding);
    const auto width = [&](const QString &text) -> std::int64_t {
        if (encoding == "utf-8")
            return text.toUtf8().size();
        return encoding == "utf-16" ? text.size() : text.toUcs4().size();
    };
    SessionRig rig(toys, findMarks);
    rig.initialize({{"general", {{"positionEncodings", {encoding.toStdString()}}}}});
    QString text = u"alpha bêta gamma 😀 delta épsilon zeta eta 漢字 theta iota kappa lambda mu nu xi omikron pi rho"_s;
    rig.open(page, text.toStdString());
    rig.runAllJobs();
    rig.takeSent();

    std::mt19937 random(20261124);
    constexpr int rounds = 1000;
    for (int round = 0; round < rounds; ++round) {
        const QList<uint> characters = text.toUcs4();
        const auto prefix = [&](qsizetype count) {
            return width(QString::fromUcs4(reinterpret_cast<const char32_t *>(characters.constData()), count));
        };
        const auto position = qsizetype(random() % std::size_t(characters.size() + 1));
        const auto edited = std::clamp<qsizetype>(position + qsizetype(random() % 81) - 40, 0, characters.size());
        const bool isInsertion = characters.size() < 60 || (random() % 2 == 0 && characters.size() < 120);

        const auto offset = std::uint32_t(
            QString::fromUcs4(reinterpret_cast<const char32_t *>(characters.constData()), position).toUtf8().size());
        const QByteArray bytes = text.toUtf8();
        const source::Range range = wordAround({bytes.constData(), std::size_t(bytes.size())}, offset);
        const json::value expected = {
            {"word", std::string_view(bytes.constData(), std::size_t(bytes.size())).substr(range.begin, range.size())},
            {"range",
             span(width(QString::fromUtf8(bytes.first(range.begin))),
                  width(QString::fromUtf8(bytes.first(range.end))))}};

        const auto id = rig.request("test/word", at(0, prefix(position)));
        QList<uint> after = characters;
        const QString inserted = QStringList{u"x"_s, u" "_s, u"é"_s, u"😀"_s}[qsizetype(random() % 4)];
        if (isInsertion) {
            rig.notify("textDocument/didChange",
                       changed(round + 2, span(prefix(edited), prefix(edited)), inserted.toStdString()));
            after.insert(edited, inserted.toUcs4().front());
        } else {
            const auto end = std::min(edited + 1, characters.size());
            rig.notify("textDocument/didChange", changed(round + 2, span(prefix(edited), prefix(end)), ""));
            after.remove(edited, end - edited);
        }
        rig.runAllJobs();
        text = QString::fromUcs4(reinterpret_cast<const char32_t *>(after.constData()), after.size());

        const auto sent = rig.takeSent();
        const json::value *reply = SessionRig::replyTo(id, sent);
        QVERIFY(reply && reply->as_object().contains("result"));
        QCOMPARE(json::serialize(reply->at("result")), json::serialize(expected));
    }
}

void TestSession::diagnosticsFollowTheText()
{
    SessionRig rig(toys, findMarks);
    rig.initialize();
    rig.open(page, "a!b");
    rig.runAllJobs();
    auto sent = rig.takeSent();
    const json::value expected = {{"uri", page}, {"diagnostics", {{{"range", span(1, 2)}, {"message", "mark"}}}}};
    QCOMPARE(json::serialize(sent.back().at("params")), json::serialize(expected));

    // A change elsewhere: the findings are as they were, so nothing is said.
    rig.notify("textDocument/didChange", changed(2, span(3, 3), "c"));
    rig.runAllJobs();
    QCOMPARE(rig.takeSent().size(), std::size_t(0));

    rig.notify("textDocument/didClose", about());
    sent = rig.takeSent();
    QCOMPARE(sent.size(), std::size_t(1));
    QVERIFY(sent.front().at("params").at("diagnostics").as_array().empty());
}

void TestSession::pythonIsReadAndNotJudged_data()
{
    QTest::addColumn<std::string>("uri");
    QTest::addColumn<std::string>("languageId");
    QTest::newRow("by its language") << std::string("untitled:tags") << std::string("python");
    QTest::newRow("by its name") << std::string("file:///p/tags.py") << std::string("plaintext");
}

void TestSession::pythonIsReadAndNotJudged()
{
    QFETCH(std::string, uri);
    QFETCH(std::string, languageId);
    SessionRig rig(toys, findMarks);
    rig.initialize();
    rig.takeSent();
    rig.notify("textDocument/didOpen",
               {{"textDocument", {{"uri", uri}, {"languageId", languageId}, {"version", 1}, {"text", "a!b"}}}});
    rig.runAllJobs();
    QCOMPARE(rig.takeSent().size(), std::size_t(0));
}

void TestSession::whatIsAskedAboutPythonIsAnsweredWithNothing_data()
{
    QTest::addColumn<std::string>("answer");
    for (const Feature &feature : features()) {
        if (feature.resolves) // is about no document but about an item
            continue;
        const bool isReport = feature.method == "textDocument/diagnostic";
        QTest::newRow(feature.method.data()) << std::string(isReport ? R"({"kind":"full","items":[]})" : "null");
    }
}

// The text would be full of answers if it were read as a template.
void TestSession::whatIsAskedAboutPythonIsAnsweredWithNothing()
{
    QFETCH(std::string, answer);
    SessionRig rig(features(), findMarks);
    rig.initialize();
    const std::string_view text = "{% block a %}{% nope %}{{ x|upper }}{% endblock %}";
    rig.notify(
        "textDocument/didOpen",
        {{"textDocument", {{"uri", "file:///p/tags.py"}, {"languageId", "python"}, {"version", 1}, {"text", text}}}});
    const auto id =
        rig.request(QTest::currentDataTag(),
                    {{"textDocument", {{"uri", "file:///p/tags.py"}}}, {"position", {{"line", 0}, {"character", 4}}}});
    rig.runAllJobs();
    const auto sent = rig.takeSent();
    const json::value *reply = SessionRig::replyTo(id, sent);
    QVERIFY(reply);
    QCOMPARE(json::serialize(reply->at("result")), answer);
}

void TestSession::publishedVersionsNeverFall()
{
    SessionRig rig(toys, findMarks);
    rig.initialize({{"textDocument", {{"publishDiagnostics", {{"versionSupport", true}}}}}});
    rig.open(page, "!");
    std::int64_t last = 0;
    std::mt19937 random(7);
    for (int version = 2; version < 300; ++version) {
        rig.notify("textDocument/didChange", changed(version, span(0, 0), random() % 2 ? "!" : "x"));
        while (rig.waitingJobs() > random() % 3)
            rig.runJob();
        for (const json::value &message : rig.takeSent()) {
            if (!message.as_object().contains("method"))
                continue;
            const std::int64_t published = message.at("params").at("version").as_int64();
            QVERIFY(published >= last);
            last = published;
        }
    }
    QVERIFY(last > 250);
}

void TestSession::aRequestNeedNotWaitForDiagnostics()
{
    SessionRig rig(toys, findMarks);
    rig.initialize();
    for (const std::string name : {"a", "b", "c", "d", "e", "f"})
        rig.open("file:///p/" + name + ".html", "!");
    QCOMPARE(rig.waitingJobs(), std::size_t(3)); // of four slots
    rig.request("test/word",
                {{"textDocument", {{"uri", "file:///p/a.html"}}}, {"position", {{"line", 0}, {"character", 0}}}});
    QCOMPARE(rig.waitingJobs(), std::size_t(4));
}

void TestSession::openingTheDiskTextIsNoRevision()
{
    SessionRig rig(toys, findMarks);
    rig.disk().write("/p/page.html", "one!");
    rig.initialize();
    rig.open(page, "another");
    const auto first = rig.request("test/word", at(0, 0));
    rig.runAllJobs();
    QVERIFY(SessionRig::replyTo(first, rig.takeSent()));
    rig.notify("textDocument/didClose", about());
    rig.open(page, "one!");
    rig.runAllJobs();

    const query::Revision before = rig.engine().revision();
    const auto counted = rig.engine().counters();
    rig.notify("textDocument/didClose", about());
    rig.open(page, "one!");
    rig.notify("workspace/didChangeWatchedFiles", {{"changes", {{{"uri", page}, {"type", 2}}}}});
    rig.runAllJobs();
    QCOMPARE(rig.engine().revision(), before);
    QCOMPARE(rig.engine().counters().executed, counted.executed);
}

void TestSession::shutdownAnswersWhatIsPendingFirst()
{
    SessionRig rig(toys, findMarks);
    rig.initialize();
    rig.open(page, "one");
    rig.runAllJobs();
    rig.takeSent();
    std::vector<std::int64_t> ids;
    for (int i = 0; i < 6; ++i)
        ids.push_back(rig.request("test/word", at(0, 1)));
    const auto shutdown = rig.request("shutdown", nullptr);
    auto sent = rig.takeSent();
    QCOMPARE(sent.size(), std::size_t(7));
    for (const auto id : ids)
        QCOMPARE(errorOf(SessionRig::replyTo(id, sent)), -32800);
    QCOMPARE(sent.back().at("id").as_int64(), shutdown);
    QVERIFY(sent.back().at("result").is_null());
    rig.runAllJobs();
    QCOMPARE(rig.takeSent().size(), std::size_t(0)); // stale answers are dropped
}

void TestSession::theLastWordAnswersWhatIsPending_data()
{
    QTest::addColumn<bool>("saysExit");
    QTest::newRow("exit") << true;
    QTest::newRow("the stream ends") << false; // its other half may be open still
}

void TestSession::theLastWordAnswersWhatIsPending()
{
    QFETCH(bool, saysExit);
    SessionRig rig(toys, findMarks);
    rig.initialize();
    rig.open(page, "one");
    rig.runAllJobs();
    std::vector<std::int64_t> ids;
    for (int i = 0; i < 6; ++i) // more than run at once
        ids.push_back(rig.request("test/word", at(0, 1)));
    rig.takeSent();
    if (saysExit)
        rig.notify("exit", nullptr);
    else
        rig.close();
    const auto sent = rig.takeSent();
    QCOMPARE(sent.size(), ids.size());
    for (const auto id : ids)
        QCOMPARE(errorOf(SessionRig::replyTo(id, sent)), -32800);
    rig.runAllJobs();
    QCOMPARE(rig.takeSent().size(), std::size_t(0)); // stale answers are dropped
    QCOMPARE(rig.session().exitCode(), 1);
}

void TestSession::nothingBeginsForAClientThatLeft_data()
{
    QTest::addColumn<bool>("saysShutdown");
    QTest::newRow("shutdown") << true;
    QTest::newRow("the stream ends") << false;
}

void TestSession::nothingBeginsForAClientThatLeft()
{
    QFETCH(bool, saysShutdown);
    SessionRig rig(toys, findMarks);
    rig.initialize();
    rig.open(page, "one!");
    QCOMPARE(rig.waitingJobs(), std::size_t(1)); // looks for diagnostics
    if (saysShutdown)
        rig.request("shutdown", nullptr);
    else
        rig.close();
    const auto executed = rig.engine().counters().executed;
    rig.runAllJobs();
    QCOMPARE(rig.engine().counters().executed, executed);
    QCOMPARE(rig.session().census().running, std::size_t(0));
}

void TestSession::theExitCodeTellsWhetherShutdownCame()
{
    {
        SessionRig rig(toys, findMarks);
        rig.initialize();
        rig.request("shutdown", nullptr);
        QVERIFY(!rig.session().exitCode());
        rig.notify("exit", nullptr);
        QCOMPARE(rig.session().exitCode(), 0);
    }
    {
        SessionRig rig(toys, findMarks);
        rig.initialize();
        rig.notify("exit", nullptr);
        QCOMPARE(rig.session().exitCode(), 1);
    }
    {
        SessionRig rig(toys, findMarks);
        rig.open(page, "x");
        rig.close();
        QCOMPARE(rig.session().exitCode(), 1);
    }
}

void TestSession::aSavedTextThatDiffersIsTaken()
{
    SessionRig rig(toys, findMarks);
    rig.initialize();
    rig.open(page, "one");
    rig.notify("textDocument/didSave", {{"textDocument", {{"uri", page}}}, {"text", "one"}});
    QCOMPARE(rig.session().census().repairs, std::uint64_t(0));
    rig.notify("textDocument/didSave", {{"textDocument", {{"uri", page}}}, {"text", "three"}});
    QCOMPARE(rig.session().census().repairs, std::uint64_t(1));
    rig.runAllJobs();
    rig.takeSent();
    const auto id = rig.request("test/word", at(0, 1));
    rig.runAllJobs();
    const auto sent = rig.takeSent();
    QCOMPARE(SessionRig::replyTo(id, sent)->at("result").at("word").as_string(), "three");
}

void TestSession::anOddChangeIsLoggedAndNeverMakesItDeaf_data()
{
    QTest::addColumn<std::string>("params");
    QTest::addColumn<std::string>("log"); // The beginning.
    QTest::addColumn<std::string>("word"); // Of the text afterwards, "one" before.

    const auto row = [](const char *name, const json::value &params, const char *log, const char *word) {
        QTest::newRow(name) << json::serialize(params) << std::string(log) << std::string(word);
    };
    row("not open",
        {{"textDocument", {{"uri", "file:///p/other.html"}, {"version", 2}}}, {"contentChanges", {{{"text", "x"}}}}},
        "A change of file:///p/other.html was skipped: it is not open.", "one");
    row("an older version", changed(1, span(0, 0), "x"), "Version 1 of file:///p/page.html came after version 5.",
        "xone");
    row("beyond the line", changed(6, span(0, 99), "two"),
        "A change of file:///p/page.html lies outside of its text and was fitted to it.", "two");
    row("end before begin", changed(6, span(2, 1), ""),
        "A change of file:///p/page.html lies outside of its text and was fitted to it.", "oe");
    row("no changes", {{"textDocument", {{"uri", page}, {"version", 6}}}},
        "textDocument/didChange was skipped: /contentChanges", "one");
    row("no params", nullptr, "textDocument/didChange was skipped: ", "one");
    row("a range of the wrong shape", changed(6, "all of it", "x"),
        "textDocument/didChange was skipped: /contentChanges/0/range", "one");
}

void TestSession::anOddChangeIsLoggedAndNeverMakesItDeaf()
{
    QFETCH(std::string, params);
    QFETCH(std::string, log);
    QFETCH(std::string, word);
    SessionRig rig(toys, findMarks);
    rig.initialize();
    rig.open(page, "one", 5);
    rig.runAllJobs();
    rig.takeSent();
    rig.notify("textDocument/didChange", json::parse(params));
    const auto logged = rig.takeSent();
    QCOMPARE(logged.size(), std::size_t(1));
    QCOMPARE(logged.front().at("method").as_string(), "window/logMessage");
    const std::string said(logged.front().at("params").at("message").as_string());
    QVERIFY2(said.starts_with(log), said.c_str());

    const auto id = rig.request("test/word", at(0, 1));
    rig.runAllJobs();
    const auto sent = rig.takeSent();
    QCOMPARE(SessionRig::replyTo(id, sent)->at("result").at("word").as_string(), word);
}

void TestSession::aChangeCountsWhateverItsVersion_data()
{
    QTest::addColumn<std::string>("version");
    QTest::newRow("null") << std::string("{\"version\": null}");
    QTest::newRow("missing") << std::string("{}");
    QTest::newRow("just too large") << std::string("{\"version\": 2147483648}");
    QTest::newRow("far too large") << std::string("{\"version\": 1e300}");
    QTest::newRow("a text") << std::string("{\"version\": \"2\"}");
}

void TestSession::aChangeCountsWhateverItsVersion()
{
    QFETCH(std::string, version);
    json::value item = json::parse(version);
    item.as_object()["uri"] = page;
    SessionRig rig(toys, findMarks);
    rig.initialize({{"textDocument", {{"publishDiagnostics", {{"versionSupport", true}}}}}});
    rig.open(page, "one");
    rig.runAllJobs();
    rig.takeSent();
    rig.notify("textDocument/didChange",
               {{"textDocument", item}, {"contentChanges", {{{"range", span(0, 0)}, {"text", "!t"}}}}});
    const auto id = rig.request("test/word", at(0, 2));
    rig.runAllJobs();
    auto sent = rig.takeSent();
    QCOMPARE(SessionRig::replyTo(id, sent)->at("result").at("word").as_string(), "tone");
    QCOMPARE(sent.size(), std::size_t(2)); // and nothing in the log
    const auto published =
        std::ranges::find_if(sent, [](const json::value &message) { return message.as_object().contains("method"); });
    QVERIFY(!published->at("params").as_object().contains("version"));

    rig.notify("textDocument/didChange", changed(3, span(0, 0), "!")); // and it goes on
    rig.runAllJobs();
    sent = rig.takeSent();
    QCOMPARE(sent.size(), std::size_t(1));
    QCOMPARE(sent.front().at("params").at("version").as_int64(), 3);
}

// Of four slots background work has three, and each is taken by a look that does not end.
void TestSession::oneLongLookNeverStarvesTheOthers()
{
    SessionRig rig(toys, findMarks);
    rig.initialize();
    for (const char *uri : {"file:///p/a.html", "file:///p/b.html", "file:///p/c.html", "file:///p/d.html"})
        rig.post("textDocument/didOpen",
                 {{"textDocument", {{"uri", uri}, {"languageId", "django-html"}, {"version", 1}, {"text", "!"}}}});
    rig.advance();
    rig.takeSent();
    QCOMPARE(rig.waitingJobs(), std::size_t(3));
    rig.pass(200'000'000);
    rig.runAllJobs();
    std::vector<std::string> order;
    for (const json::value &message : rig.takeSent())
        order.emplace_back(message.at("params").at("uri").as_string());
    const std::vector<std::string> expected = {"file:///p/d.html", "file:///p/a.html", "file:///p/b.html",
                                               "file:///p/c.html"};
    QCOMPARE(order, expected);
}

// A change that could not be read is lost; the text that the client saves is what counts.
void TestSession::theTextSurvivesOddChanges()
{
    SessionRig rig(toys, findMarks);
    rig.initialize();
    rig.open(page, "one");
    rig.notify("textDocument/didChange", changed(2, "all of it", "two"));
    rig.notify("textDocument/didSave", {{"textDocument", {{"uri", page}}}, {"text", "two"}});
    rig.runAllJobs();
    const auto id = rig.request("test/word", at(0, 1));
    rig.runAllJobs();
    const auto sent = rig.takeSent();
    QCOMPARE(SessionRig::replyTo(id, sent)->at("result").at("word").as_string(), "two");
    const auto logs = std::ranges::count_if(sent, [](const json::value &message) {
        const json::value *method = message.as_object().if_contains("method");
        return method && *method == "window/logMessage";
    });
    QCOMPARE(logs, 2); // of the change and of the save
}

void TestSession::faultsInTheStreamAreRepliedTo()
{
    SessionRig rig(toys, findMarks);
    rig.initialize();
    rig.takeSent();
    rig.sendBytes(protocol::frame("{\"id\":1,"));
    rig.sendBytes(protocol::frame("[]"));
    rig.sendBytes("Content-Length: x\r\n\r\n");
    const auto id = rig.request("$/unknown", nullptr);
    const auto sent = rig.takeSent();
    QCOMPARE(sent.size(), std::size_t(3));
    QCOMPARE(errorOf(&sent[0]), -32700);
    QVERIFY(sent[0].at("id").is_null());
    QCOMPARE(errorOf(&sent[1]), -32600);
    QCOMPARE(errorOf(SessionRig::replyTo(id, sent)), -32601);
}

NUAGES_TEST(TestSession)
#include "tst_session.moc"
