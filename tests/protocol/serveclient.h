#pragma once

#include "lsp/protocol/framing.h"
#include "tests/protocol/protocolmodel.h"

#include <QIODevice>
#include <QProcess>

#include <boost/json/value.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::tests {

/// How a client and `nuages serve` find each other.
enum class Transport { Stdio, Pipe, Socket };

/// A client of the real program. Each message of the server is held against the protocol's model when it arrives.
class ServeClient
{
public:
    /// Starts the program in `folder`, with `more` options, and waits until the two are connected.
    ServeClient(Transport transport, const QString &folder, const QStringList &more = {});

    /// The same with a program that is started in the place of `nuages serve`, in an environment of its own.
    ServeClient(const QString &program, const QProcessEnvironment &environment, Transport transport,
                const QString &folder, const QStringList &more);
    ~ServeClient();
    ServeClient(const ServeClient &) = delete;
    ServeClient &operator=(const ServeClient &) = delete;

    void notify(std::string_view method, boost::json::value params);
    std::int64_t send(std::string_view method, boost::json::value params);
    void sendBytes(std::string_view bytes);

    /// Sends a request and waits for its reply: the result, or an object with the member "error".
    boost::json::value request(std::string_view method, boost::json::value params);
    boost::json::value replyTo(std::int64_t id);

    /// Waits for the next publishDiagnostics of the document, and returns its params.
    boost::json::value diagnosticsOf(std::string_view uri);

    /// The same, as the codes of the findings with blanks between them; "none came" if none does.
    std::string codesOf(std::string_view uri);

    /// Waits for the next message of the method whose params, written as JSON, contain `part`, and returns them; null
    /// if none comes.
    boost::json::value messageOf(std::string_view method, std::string_view part);

    /// What the client answers to requests of the server from now on; null to the others.
    void answer(std::string_view method, boost::json::value result) { m_answers[std::string(method)] = result; }

    /// Waits for the program to end; its exit code, -1 if it does not end in 10 s or crashed.
    int waitForExit();
    qint64 processId() const { return m_process.processId(); }
    void kill() { m_process.kill(); }
    void closeInput() { m_process.closeWriteChannel(); }

    /// What was wrong with the server's messages so far, "method: pointer: …".
    const std::vector<std::string> &faults() const { return m_faults; }

    /// The codes of the errors that had a null id, in order.
    const std::vector<int> &errorsWithoutId() const { return m_errorsWithoutId; }
    QString standardError() { return QString::fromUtf8(m_process.readAllStandardError()); }

private:
    void connectTo(const QString &program, Transport transport, const QString &folder, const QStringList &arguments);
    bool receive(); ///< Waits for one more message; false after 10 s without any.

    ProtocolModel m_model;
    QProcess m_process;
    std::unique_ptr<QObject> m_listener; ///< Of a pipe or socket.
    QIODevice *m_device = nullptr; ///< The process, or a connection that the listener owns.
    protocol::FrameStream m_stream;
    std::map<std::int64_t, std::string> m_asked; ///< Methods of requests without reply.
    std::map<std::int64_t, boost::json::value> m_replies;
    std::vector<boost::json::value> m_notifications;
    std::map<std::string, boost::json::value, std::less<>> m_answers;
    std::vector<std::string> m_faults;
    std::vector<int> m_errorsWithoutId;
    std::int64_t m_lastId = 0;
};

} // namespace nuages::tests
