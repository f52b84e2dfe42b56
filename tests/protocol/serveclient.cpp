#include "tests/protocol/serveclient.h"

#include "lsp/protocol/message.h"
#include "tests/support/program.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <QLocalServer>
#include <QLocalSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <algorithm>
#include <format>
#include <utility>

using namespace Qt::StringLiterals;
namespace json = boost::json;

namespace nuages::tests {

namespace {
constexpr int patience = 10'000; // milliseconds, for a machine under load
}

ServeClient::ServeClient(Transport transport, const QString &folder, const QStringList &more)
{
    m_process.setWorkingDirectory(folder);
    connectTo(nuagesProgram(), transport, folder, QStringList{u"serve"_s} + more);
}

ServeClient::ServeClient(const QString &program, const QProcessEnvironment &environment, Transport transport,
                         const QString &folder, const QStringList &more)
{
    m_process.setProcessEnvironment(environment);
    m_process.setWorkingDirectory(folder);
    connectTo(program, transport, folder, more);
}

ServeClient::~ServeClient()
{
    m_process.kill();
    m_process.waitForFinished();
}

void ServeClient::connectTo(const QString &program, Transport transport, const QString &folder,
                            const QStringList &arguments)
{
    if (transport == Transport::Stdio) {
        m_process.start(program, arguments);
        m_device = &m_process;
    } else if (transport == Transport::Pipe) {
        auto listener = std::make_unique<QLocalServer>();
        const QString path = folder + u"/nuages.socket"_s;
        QVERIFY(listener->listen(path));
        m_process.start(program, arguments + QStringList{u"--pipe"_s, path});
        QVERIFY(listener->waitForNewConnection(patience));
        m_device = listener->nextPendingConnection();
        m_listener = std::move(listener);
    } else {
        auto listener = std::make_unique<QTcpServer>();
        QVERIFY(listener->listen(QHostAddress::LocalHost));
        m_process.start(program, arguments + QStringList{u"--socket"_s, QString::number(listener->serverPort())});
        QVERIFY(listener->waitForNewConnection(patience));
        m_device = listener->nextPendingConnection();
        m_listener = std::move(listener);
    }
    QVERIFY(m_process.waitForStarted(patience));
}

void ServeClient::sendBytes(std::string_view bytes)
{
    m_device->write(bytes.data(), qint64(bytes.size()));
    if (m_device != &m_process) { // a process is written to by the wait for its output
        while (m_device->bytesToWrite() > 0 && m_device->waitForBytesWritten(patience)) { }
    }
}

void ServeClient::notify(std::string_view method, json::value params)
{
    sendBytes(protocol::frame(protocol::encodeNotification(method, params)));
}

std::int64_t ServeClient::send(std::string_view method, json::value params)
{
    m_asked[++m_lastId] = method;
    sendBytes(protocol::frame(protocol::encodeRequest(m_lastId, method, params)));
    return m_lastId;
}

json::value ServeClient::request(std::string_view method, json::value params)
{
    return replyTo(send(method, std::move(params)));
}

json::value ServeClient::replyTo(std::int64_t id)
{
    while (!m_replies.contains(id)) {
        if (!receive())
            return {{"error", "no reply"}};
    }
    const json::value reply = std::move(m_replies.extract(id).mapped());
    const json::value *result = reply.as_object().if_contains("result");
    return result ? *result : json::value{{"error", reply.at("error")}};
}

json::value ServeClient::diagnosticsOf(std::string_view uri)
{
    json::value params =
        messageOf("textDocument/publishDiagnostics", std::format("\"uri\":{}", json::serialize(json::value(uri))));
    return params.is_null() ? json::value{{"diagnostics", "none came"}} : params;
}

json::value ServeClient::messageOf(std::string_view method, std::string_view part)
{
    for (;;) {
        const auto found = std::ranges::find_if(m_notifications, [&](const json::value &message) {
            return message.at("method").as_string() == method && json::serialize(message.at("params")).contains(part);
        });
        if (found != m_notifications.end()) {
            json::value params = found->at("params");
            m_notifications.erase(found);
            return params;
        }
        if (!receive())
            return nullptr;
    }
}

std::string ServeClient::codesOf(std::string_view uri)
{
    const json::value params = diagnosticsOf(uri);
    const json::value &found = params.at("diagnostics");
    if (found.is_string())
        return std::string(found.as_string());
    std::string codes;
    for (const json::value &each : found.as_array()) {
        codes += codes.empty() ? "" : " ";
        codes += each.at("code").as_string();
    }
    return codes;
}

bool ServeClient::receive()
{
    for (;;) {
        auto body = m_stream.take();
        if (!body) {
            m_faults.emplace_back("a fault in the server's own stream");
            continue;
        }
        if (!*body) {
            // A wait for written bytes may have read some, for which no other wait would return.
            if (m_device->bytesAvailable() == 0 && !m_device->waitForReadyRead(patience))
                return false;
            const QByteArray bytes = m_device->readAll();
            m_stream.append({bytes.constData(), std::size_t(bytes.size())});
            continue;
        }
        json::value message = json::parse(**body);
        const json::object &object = message.as_object();
        const bool isReply = !object.contains("method");
        const std::int64_t id = isReply && object.at("id").is_int64() ? object.at("id").as_int64() : 0;
        const std::string method = isReply ? m_asked[id] : std::string(object.at("method").as_string());
        for (const std::string &fault : m_model.messageFaults(ProtocolModel::Sender::Server, message, method))
            m_faults.push_back(method + ": " + fault);
        if (!isReply && object.contains("id")) {
            const auto answer = m_answers.find(method);
            sendBytes(protocol::frame(
                json::serialize(json::value{{"jsonrpc", "2.0"},
                                            {"id", object.at("id")},
                                            {"result", answer == m_answers.end() ? json::value() : answer->second}})));
        }
        if (!isReply)
            m_notifications.push_back(std::move(message));
        else if (object.at("id").is_null())
            m_errorsWithoutId.push_back(static_cast<int>(object.at("error").at("code").as_int64()));
        else if (!m_replies.emplace(id, std::move(message)).second)
            m_faults.push_back(method + ": a second reply");
        return true;
    }
}

int ServeClient::waitForExit()
{
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(patience))
        return -1;
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

} // namespace nuages::tests
