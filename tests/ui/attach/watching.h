#pragma once

#include "tests/protocol/serveclient.h"

#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace nuages::tests {

/// Where servers and inspectors of a test find each other, and nobody else.
class Meeting
{
public:
    Meeting();

    /// Of every program that is started: no display but an imagined one, a home of its own.
    const QProcessEnvironment &environment() const { return m_environment; }
    QString file(const QString &name) const { return m_folder.filePath(name); }

    /// Where the sockets are.
    QString sockets() const { return file(QStringLiteral("run/nuages")); }

    /// Waits until this server, which has answered initialize, can be looked at; false if it never can.
    bool comesTo(qint64 process) const;

private:
    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
};

/// An inspector that is attached to a server when this is made.
class Attachment
{
public:
    explicit Attachment(const Meeting &meeting, const QStringList &more = {});
    ~Attachment();
    Attachment(const Attachment &) = delete;
    Attachment &operator=(const Attachment &) = delete;

    bool isAttached() const { return m_isAttached; }
    void kill();

    /// Waits for its end; the exit code, -1 if it crashes or stays.
    int waitForExit();
    QByteArray standardError() { return m_process.readAllStandardError(); }

private:
    QProcess m_process;
    bool m_isAttached = false;
};

/// An editor's user: opens a page of the demo, types into it, asks for completions, and leaves.
class Typist
{
public:
    explicit Typist(ServeClient &client) : m_client(client) { }

    /// The capabilities of the server.
    boost::json::object begin();
    void open();
    void type(std::string_view text);
    boost::json::value complete();
    int leave(); ///< The exit code of the server.

private:
    ServeClient &m_client;
    int m_version = 1;
};

} // namespace nuages::tests
