#include "tests/lsp/server/modelclient.h"

#include "lsp/protocol/framing.h"
#include "lsp/protocol/message.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

namespace json = boost::json;

namespace nuages::tests {

namespace {

json::value position(std::int64_t column) { return {{"line", 0}, {"character", column}}; }

json::value rangeOf(std::int64_t from, std::int64_t to) { return {{"start", position(from)}, {"end", position(to)}}; }

std::string uriOf(std::size_t which) { return "file://" + std::string(ModelClient::paths[which]); }

std::string notification(std::string_view method, const json::value &params)
{
    return protocol::frame(protocol::encodeNotification(method, params));
}

std::string request(std::int64_t id, std::string_view method, const json::value &params)
{
    return protocol::frame(protocol::encodeRequest(id, method, params));
}

char neighbour(std::string_view text, std::int64_t at)
{
    return at >= 0 && at < std::int64_t(text.size()) ? text[std::size_t(at)] : '\0';
}

} // namespace

ModelClient::ModelClient(std::uint32_t seed) : m_random(seed), m_messagesLeft(int(8 + random() % 10)) { newWorld(); }

std::string ModelClient::next()
{
    if (m_greetings == 0) {
        ++m_greetings;
        m_lastId = 1;
        return request(1, "initialize",
                       {{"processId", nullptr},
                        {"rootUri", "file:///p"},
                        {"capabilities", {{"textDocument", {{"publishDiagnostics", {{"versionSupport", true}}}}}}}});
    }
    if (m_greetings <= 2)
        return open(std::size_t(m_greetings++ - 1));
    if (m_messagesLeft-- <= 0)
        return {};
    const std::size_t which = random() % 2;
    switch (random() % 16) {
    case 0:
        return m_documents[which].isOpen ? close(which) : open(which);
    case 1:
        return save(which);
    case 2:
        return damaged();
    case 3:
    case 4:
        return cancel();
    case 5:
    case 6:
    case 7:
    case 8:
    case 9:
        return ask(which);
    default:
        return change(which);
    }
}

void ModelClient::newWorld()
{
    std::array<std::string, 2> world;
    for (std::size_t which = 0; which < 2; ++which)
        world[which] = m_documents[which].isOpen ? m_documents[which].text : std::string(diskTexts[which]);
    m_worlds.push_back(std::move(world));
}

/// Leaves one number out each time, for a client that goes back.
std::int32_t ModelClient::nextVersion() { return m_lastVersion += 2; }

std::string ModelClient::open(std::size_t which)
{
    Document &document = m_documents[which];
    static constexpr std::array<std::string_view, 4> texts = {"! one", "two ! three !", "!!", "on disk !"};
    document = {true, document.instance + 1, nextVersion(), std::string(texts[random() % texts.size()])};
    m_versions[document.version] = {which, document.instance, document.text};
    ++m_editCount;
    newWorld();
    return notification("textDocument/didOpen",
                        {{"textDocument",
                          {{"uri", uriOf(which)},
                           {"languageId", "django-html"},
                           {"version", document.version},
                           {"text", document.text}}}});
}

std::string ModelClient::close(std::size_t which)
{
    m_documents[which].isOpen = false;
    for (auto &[id, asked] : m_asked) {
        if (asked.document != which)
            asked.otherStaysOpen = false;
    }
    ++m_editCount;
    newWorld();
    return notification("textDocument/didClose", {{"textDocument", {{"uri", uriOf(which)}}}});
}

/// One character comes or goes, and differs from its neighbours, so that nobody can see the edit elsewhere.
std::string ModelClient::change(std::size_t which)
{
    Document &document = m_documents[which];
    if (!document.isOpen)
        return open(which);
    std::string &text = document.text;
    const bool isInsertion = text.size() < 8 || (text.size() < 16 && random() % 2 == 0);
    const auto at = std::int64_t(random() % (text.size() + (isInsertion ? 1 : 0)));
    char typed = isInsertion ? "!! xyzuvw"[random() % 9] : text[std::size_t(at)];
    if (isInsertion && (typed == neighbour(text, at - 1) || typed == neighbour(text, at)))
        typed = 'q';
    const bool isPlain = isInsertion ? typed != neighbour(text, at - 1) && typed != neighbour(text, at)
                                     : typed != neighbour(text, at - 1) && typed != neighbour(text, at + 1);
    const std::int64_t removed = isInsertion ? 0 : 1;
    for (auto &[id, asked] : m_asked) {
        for (Mark &mark : asked.document == which ? std::span<Mark>() : std::span<Mark>(asked.marks)) {
            if (!isPlain || (mark.now + 1 >= at && mark.now <= at + removed))
                mark.isUntouched = false;
            else if (mark.now > at)
                mark.now += isInsertion ? 1 : -1;
        }
    }
    const std::string inserted = isInsertion ? std::string(1, typed) : std::string();
    text.replace(std::size_t(at), std::size_t(removed), inserted);
    const bool goesBack = random() % 12 == 0 && !m_versions.contains(m_lastVersion - 1);
    m_goneBack += goesBack;
    document.version = goesBack ? m_lastVersion - 1 : nextVersion();
    m_versions[document.version] = {which, document.instance, text};
    ++m_editCount;
    newWorld();
    return notification("textDocument/didChange",
                        {{"textDocument", {{"uri", uriOf(which)}, {"version", document.version}}},
                         {"contentChanges", {{{"range", rangeOf(at, at + removed)}, {"text", inserted}}}}});
}

std::string ModelClient::save(std::size_t which)
{
    ++m_editCount;
    const Document &document = m_documents[which];
    return notification(
        "textDocument/didSave",
        {{"textDocument", {{"uri", uriOf(which)}}}, {"text", document.isOpen ? document.text : std::string()}});
}

std::string ModelClient::ask(std::size_t which)
{
    const Document &document = m_documents[which];
    const Document &other = m_documents[1 - which];
    Asked asked;
    asked.document = which;
    asked.world = m_worlds.size() - 1;
    asked.text = document.text;
    asked.offset = std::int64_t(random() % (document.text.size() + 1));
    asked.wasOpen = document.isOpen;
    asked.otherStaysOpen = other.isOpen;
    for (std::int64_t at = 0; at < std::int64_t(other.text.size()); ++at) {
        if (other.text[std::size_t(at)] == '!')
            asked.marks.push_back({at, at, true});
    }
    const json::value params = {
        {"textDocument", {{"uri", uriOf(which)}}}, {"position", position(asked.offset)}, {"world", asked.world}};
    m_asked[++m_lastId] = std::move(asked);
    return request(m_lastId, "test/look", params);
}

std::string ModelClient::cancel()
{
    if (m_asked.empty())
        return ask(0);
    m_cancelling = m_lastId - std::int64_t(random() % std::min<std::size_t>(m_asked.size(), 3));
    if (const auto found = m_asked.find(m_cancelling); found != m_asked.end())
        found->second.isCancelSent = true;
    return notification("$/cancelRequest", {{"id", m_cancelling}});
}

std::string ModelClient::damaged()
{
    ++m_damaged;
    return protocol::frame(random() % 2 == 0 ? "[]" : "{\"id\":");
}

void ModelClient::delivered()
{
    if (const auto found = m_asked.find(std::exchange(m_cancelling, 0)); found != m_asked.end())
        found->second.isCancelled = true;
}

std::vector<std::string> ModelClient::farewell()
{
    const std::string exit = notification("exit", nullptr);
    m_isLeaving = true;
    switch (random() % 6) {
    case 0:
        return {};
    case 1:
        return {exit};
    default:
        m_shutdown = ++m_lastId;
        return {request(m_shutdown, "shutdown", nullptr), exit};
    }
}

bool ModelClient::isContent() const
{
    for (std::size_t which = 0; which < 2; ++which) {
        const Document &document = m_documents[which];
        const Published &published = m_published[which];
        const bool isWithheld = document.version < published.version;
        if (document.isOpen && !isWithheld && published.findings != marksOf(document.text))
            return false;
    }
    return m_damaged == 0 && std::ranges::all_of(m_asked, [](const auto &entry) { return entry.second.isReplied; });
}

void ModelClient::fail(const std::string &what)
{
    if (m_failure.empty())
        m_failure = what;
}

json::array ModelClient::marksOf(std::string_view text)
{
    json::array all;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '!')
            all.push_back({{"range", rangeOf(std::int64_t(at), std::int64_t(at) + 1)}, {"message", "mark"}});
    }
    return all;
}

void ModelClient::look(std::size_t asked, std::string_view a, std::string_view b)
{
    const bool isKnown = std::any_of(m_worlds.begin() + std::ptrdiff_t(asked), m_worlds.end(),
                                     [&](const auto &world) { return world[0] == a && world[1] == b; });
    if (!isKnown)
        fail("a query saw texts that never stood side by side since its request was sent");
}

void ModelClient::judge(const json::value &message)
{
    const json::object &object = message.as_object();
    if (const json::value *method = object.if_contains("method")) {
        if (*method == "window/logMessage" && m_goneBack-- > 0)
            return;
        if (*method != "textDocument/publishDiagnostics")
            return fail("an unexpected " + json::serialize(*method));
        return judgeDiagnostics(object.at("params"));
    }
    const json::value &id = object.at("id");
    if (id.is_null()) {
        if (--m_damaged < 0)
            fail("a damaged message was replied to twice");
    } else if (id.as_int64() > 1) { // 1 is initialize
        judgeReply(id.as_int64(), object);
    }
}

void ModelClient::judgeReply(std::int64_t id, const json::object &message)
{
    if (id == m_shutdown) {
        m_isShutDown = true;
        for (const auto &[other, asked] : m_asked) {
            if (!asked.isReplied)
                fail("shutdown was replied to before a request in front of it");
        }
        return;
    }
    const auto found = m_asked.find(id);
    if (found == m_asked.end() || found->second.isReplied)
        return fail("a second reply to request " + std::to_string(id));
    Asked &asked = found->second;
    asked.isReplied = true;
    if (const json::value *result = message.if_contains("result")) {
        if (asked.isCancelled)
            fail("a result although the cancellation had been received");
        return judgeResult(asked, *result);
    }
    const std::int64_t code = message.at("error").at("code").as_int64();
    if (code != -32800 || (!asked.isCancelSent && !m_isLeaving))
        fail("an unexpected error " + std::to_string(code));
}

void ModelClient::judgeResult(const Asked &asked, const json::value &result)
{
    const auto hadText = [&](const std::array<std::string, 2> &world) {
        return result.at("text").as_string() == world[asked.document];
    };
    if (!asked.wasOpen) { // It is about the text that the queries see.
        if (std::none_of(m_worlds.begin() + std::ptrdiff_t(asked.world), m_worlds.end(), hadText))
            return fail("an answer is about a text that a closed document never had since");
    } else if (result.at("text").as_string() != asked.text || result.at("offset").as_int64() != asked.offset) {
        return fail("an answer is not about the text that was asked about");
    }
    std::vector<std::int64_t> answered;
    for (const json::value &range : result.at("marks").as_array())
        answered.push_back(range.at("start").at("character").as_int64());
    if (!asked.otherStaysOpen)
        return;
    for (const std::int64_t at : answered) {
        if (!std::ranges::contains(asked.marks, at, &Mark::asked))
            fail("an answer has a mark where the client had none");
    }
    for (const Mark &mark : asked.marks) {
        if (mark.isUntouched && !std::ranges::contains(answered, mark.asked))
            fail("an answer lacks a mark that no edit has touched");
    }
}

void ModelClient::judgeDiagnostics(const json::value &params)
{
    if (m_isShutDown)
        return fail("diagnostics after shutdown");
    const std::size_t which = params.at("uri").as_string() == uriOf(0) ? 0 : 1;
    Published &published = m_published[which];
    const json::value &findings = params.at("diagnostics");
    const json::value *version = params.as_object().if_contains("version");
    if (!version) {
        ++published.closed;
        published.findings = nullptr;
        if (!findings.as_array().empty())
            fail("a closed document has diagnostics");
        return;
    }
    const auto found = m_versions.find(static_cast<std::int32_t>(version->as_int64()));
    if (found == m_versions.end() || found->second.document != which)
        return fail("diagnostics of a version that was never sent");
    if (found->second.instance <= published.closed)
        fail("diagnostics of a document that was closed");
    if (found->first < published.version)
        fail("diagnostics of an older version");
    if (findings != marksOf(found->second.text))
        fail("the diagnostics are not those of their version");
    published.version = found->first;
    published.findings = findings;
}

} // namespace nuages::tests
