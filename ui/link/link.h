#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>

namespace nuages::trace {
struct Batch;
}

namespace nuages::link {

struct FileText {
    QString path; ///< Absolute.
    QByteArray text;
};

/// An edit that is only tried, in an engine of its own.
struct Trial {
    QString root; ///< Of the project.
    QList<FileText> now; ///< Files that have another text than on the disk.
    FileText then; ///< The text that a file would have.
};

/// The window's one way to an engine: messages of the language server protocol both ways, and what the engine did.
///
/// Lives on the GUI thread, like all who connect to it; an implementation brings what happens elsewhere here by queued
/// calls. Nothing waits: send() puts the message into the server's mailbox and returns.
class Link : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The server that an editor types into while the window only looks on: "nuages 0.1.0, process 123". Empty if the
    /// window is the server's client itself.
    virtual QString lookedAt() const { return {}; }

    /// Whether rehearse() may succeed; the same from the beginning to the end.
    virtual bool canRehearse() const { return false; }

    /// Has an edit tried: rehearsing() and in the end rehearsed() follow. False if there is nobody who could.
    virtual bool rehearse(const Trial &) { return false; }

    /// Then rehearsed() comes soon, with a fault.
    virtual void stopRehearsal() { }

public Q_SLOTS:
    /// Sends one message, its body as JSON text in UTF-8. Messages arrive in the order of the calls.
    virtual void send(const QByteArray &body) = 0;

    /// Looks on no longer; the server goes on. ended() follows.
    virtual void detach() { }

Q_SIGNALS:
    /// About ten times a second while something happens; in the order in which it happened.
    void traced(const std::shared_ptr<const nuages::trace::Batch> &batch);

    /// The server has sent this message: a response, a notification or a request of its own.
    /// `at` is when, in nanoseconds of the engine's clock.
    void messageReceived(const QByteArray &body, qint64 at = 0);

    /// The server has been sent this message, by the window or by an editor. For a log of the protocol.
    void messageSent(const QByteArray &body, qint64 at = 0);

    /// So many messages came by that nobody has seen, because the window was too slow.
    void messagesLost(quint64 count);

    /// The trial goes on: the project is read, or the edit is in it; so many portions of that are done.
    void rehearsing(bool isEdited, quint64 portions);

    /// It is over: the names of the queries that ran for it, or why that is not known.
    void rehearsed(const QStringList &ran, const QString &fault);

    /// The user of the editor wants to see the window.
    void showAsked();

    /// The server has seen every message sent so far, answered every request, and traced all of it. It comes again
    /// after whatever is sent next.
    void settled();

    /// The server is gone; the last signal. 0 if it was told to shut down.
    void ended(int exitCode);
};

} // namespace nuages::link
