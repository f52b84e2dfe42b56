#pragma once

#include "lsp/protocol/message.h"
#include "lsp/protocol/types/diagnostics.h"
#include "lsp/protocol/types/documents.h"
#include "lsp/protocol/types/window.h"

#include <QByteArray>
#include <QObject>
#include <QString>

#include <map>
#include <vector>

namespace nuages::views {

/// The window as an editor: speaks the language server protocol like any other client, one document for each file that
/// the Source pane shows.
///
/// Of the findings it wants those of the whole project, open or not: checkProject().
///
/// Knows no thread and no server: message bodies go out by bodyReady() and come in by receive(). Lives on the GUI
/// thread. Nothing here waits for a reply; what is opened before the server has answered initialize goes out
/// afterwards, in order.
class EditorClient : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Says initialize, for the project in this folder. Once.
    void start(const QString &workspace);

    /// Instead of start(): somebody else is the server's client. Nothing is ever said; what the server says to them
    /// comes in by receive().
    void lookOn();
    bool isLookingOn() const { return m_life == Life::LookingOn; }

    /// Says shutdown and exit; the replies, if any, are not read.
    void stop();

    /// True once the server has answered initialize and been told everything.
    bool isReady() const { return m_life == Life::Ready; }

    /// Says didOpen, with version 1, or one more than it had when it was open before. Does nothing if it is open.
    void open(const QString &path, const QString &text);

    /// Says didChange with one edit of an open document; its version grows by one.
    void change(const QString &path, const protocol::TextDocumentContentChangeEvent &edit);

    void close(const QString &path);

    /// Has the findings of all templates looked for, where they may be others than before. They are published as they
    /// are found, and progress() says how far that is.
    void checkProject();

    /// "Checking templates: 12 of 29"; empty while nothing is under way.
    const QString &progress() const { return m_progress; }

    /// Something that the server has to say: to its user, or to the log.
    struct Message {
        protocol::MessageType type = protocol::MessageType::Log;
        bool isForUser = false;
        QString text;

        friend bool operator==(const Message &, const Message &) = default;
    };

    bool isOpen(const QString &path) const;
    int version(const QString &path) const; ///< The last one told; 0 if it was never opened.

    /// What the server has published about the file last, for its newest version or an older one.
    const std::vector<protocol::Diagnostic> &diagnostics(const QString &path) const;

    /// In all templates. What is noted of settings and configuration is no finding.
    std::size_t findingCount() const;

public Q_SLOTS:
    void receive(const QByteArray &body);

Q_SIGNALS:
    void bodyReady(const QByteArray &body);
    void becameReady();
    void diagnosticsChanged(const QString &path);
    void said(const nuages::views::EditorClient::Message &message);
    void progressChanged();

private:
    enum class Life { Fresh, Initializing, Ready, Stopped, LookingOn };

    struct Document {
        bool isOpen = false;
        int version = 0;
        std::vector<protocol::Diagnostic> diagnostics;
    };

    template <class Params>
    void notify(const char *method, const Params &params);
    void post(QByteArray body);
    void handle(const protocol::Notification &notification);
    void handle(const protocol::Request &request);
    void handle(const protocol::Response &response);
    void showProgress(const boost::json::value &params);

    Life m_life = Life::Fresh;
    std::vector<QByteArray> m_waiting; ///< For the answer to initialize.
    QString m_progressTitle;
    QString m_progress;
    std::map<QString, Document> m_documents; ///< By path; a closed one stays, for its version.
};

} // namespace nuages::views
