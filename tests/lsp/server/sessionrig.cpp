#include "tests/lsp/server/sessionrig.h"

#include "lsp/protocol/framing.h"
#include "lsp/protocol/message.h"
#include "tests/protocol/protocolmodel.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <QTest>

#include <utility>

namespace json = boost::json;

namespace nuages::tests {

namespace {

/// Fails the test if a message is none of the protocol.
void validate(const json::value &message, const std::string &requestMethod)
{
    static const ProtocolModel model;
    for (const std::string &fault : model.messageFaults(ProtocolModel::Sender::Server, message, requestMethod))
        QTest::qFail((json::serialize(message) + ": " + fault).c_str(), __FILE__, __LINE__);
}

} // namespace

SessionRig::SessionRig(std::span<const server::Feature> features, server::Find findDiagnostics,
                       project::GivenData given, server::Find warmUp, server::DiskWatch *watch,
                       server::Find listTemplates)
    : m_files(m_disk), m_engine(m_clock), m_inbox([this](query::Wish wish) { m_engine.wantWrite(wish); }, [] {}),
      m_session(m_engine, m_files, m_inbox,
                server::Session::Host{
                    .given = std::move(given),
                    .submit = [this](query::Urgency, query::Pool::Job job) { m_jobs.push_back(std::move(job)); },
                    .send = [this](const std::string &body) { take(json::parse(body)); },
                    .ring = [] {},
                    .slots = 4,
                    .features = features,
                    .findDiagnostics = findDiagnostics,
                    .warmUp = warmUp,
                    .listTemplates = listTemplates,
                    .watch = watch,
                })
{
    m_engine.attach(m_files);
}

void SessionRig::take(json::value message)
{
    const json::object &object = message.as_object();
    const json::value *id = object.contains("method") ? nullptr : object.if_contains("id");
    validate(message, id && id->is_int64() ? m_asked[id->as_int64()] : std::string());
    m_sent.push_back(std::move(message));
}

void SessionRig::sendBytes(std::string_view bytes)
{
    m_inbox.receive(bytes);
    m_session.advance();
}

void SessionRig::post(std::string_view method, const json::value &params)
{
    m_inbox.receive(protocol::frame(protocol::encodeNotification(method, params)));
}

std::int64_t SessionRig::postRequest(std::string_view method, const json::value &params)
{
    m_asked[++m_lastId] = method;
    m_inbox.receive(protocol::frame(protocol::encodeRequest(m_lastId, method, params)));
    return m_lastId;
}

void SessionRig::interrupt(std::string_view method, const json::value &params)
{
    post(method, params);
    if (const auto again = m_engine.stopOverdue()) {
        m_clock.advanceTo(*again);
        m_engine.stopOverdue();
    }
}

void SessionRig::pass(query::Instant time)
{
    m_clock.advanceTo(m_clock.now() + time);
    if (const auto at = m_session.wakeAt(); at && *at <= m_clock.now())
        advance();
}

void SessionRig::close()
{
    m_inbox.close();
    m_session.advance();
}

void SessionRig::notify(std::string_view method, json::value params)
{
    sendBytes(protocol::frame(protocol::encodeNotification(method, params)));
}

std::int64_t SessionRig::request(std::string_view method, json::value params)
{
    const std::int64_t id = postRequest(method, params);
    advance();
    return id;
}

void SessionRig::initialize(json::value capabilities)
{
    request("initialize",
            {{"processId", nullptr}, {"rootUri", "file:///p"}, {"capabilities", std::move(capabilities)}});
    notify("initialized", json::object());
}

void SessionRig::open(std::string_view uri, std::string_view text, std::int32_t version)
{
    notify("textDocument/didOpen",
           {{"textDocument", {{"uri", uri}, {"languageId", "django-html"}, {"version", version}, {"text", text}}}});
}

void SessionRig::runJobUnheard()
{
    query::Pool::Job job = std::move(m_jobs.front());
    m_jobs.pop_front();
    job();
}

void SessionRig::runJob()
{
    runJobUnheard();
    advance();
}

void SessionRig::runAllJobs()
{
    constexpr int endless = 10'000;
    for (int count = 0; !m_jobs.empty(); ++count) {
        if (count == endless)
            return QTest::qFail("jobs lead to jobs without end", __FILE__, __LINE__);
        runJob();
    }
}

std::vector<json::value> SessionRig::takeSent() { return std::exchange(m_sent, {}); }

const json::value *SessionRig::replyTo(std::int64_t id, const std::vector<json::value> &sent)
{
    const json::value *reply = nullptr;
    for (const json::value &message : sent) {
        const json::object &object = message.as_object();
        if (object.contains("method") || object.at("id") != id)
            continue;
        if (reply)
            QTest::qFail("a second reply", __FILE__, __LINE__);
        reply = &message;
    }
    return reply;
}

} // namespace nuages::tests
