#pragma once

#include "engine/source/diskfilesystem.h"
#include "lsp/server/diskwatch.h"
#include "lsp/server/filetrace.h"
#include "lsp/server/session.h"

#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <atomic>
#include <functional>
#include <latch>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::server {

/// The owner: holds the query engine, the session that writes and asks it, and the pool whose threads read.
///
/// Lives on a QThread of its own, where it is also destroyed; see OwnerThread. Whoever hosts it feeds the
/// inbox from its reader thread and sends what comes out. Between its threads values travel in mailboxes; the signal
/// that rings carries none.
class Worker : public QObject
{
    Q_OBJECT

public:
    struct Host {
        project::GivenData given; ///< As in Session::Host.
        std::function<void(const protocol::InitializeParams &)> greet = nullptr; ///< Likewise, before the reply.
        std::function<void(std::string body)> send; ///< Likewise; must not wait.
        unsigned threads = 1; ///< Of the pool.
        std::span<const Feature> features = server::features();
        Find findNotes = nullptr; ///< Likewise.
        Find warmUp = nullptr; ///< As in Session::Host.
        Find listTemplates = nullptr; ///< Likewise.
        std::vector<Command> commands = {}; ///< Likewise.
        std::function<void(std::string_view body)> overheard = nullptr; ///< Each message of the client; reader thread.
        std::size_t watchedFolders = SIZE_MAX; ///< At most, beside what the system allows.
    };

    explicit Worker(Host host);
    ~Worker() override;

    /// Where the reader thread puts what the client sends, from the beginning; only an edit waits for start(). Until
    /// the worker dies.
    Inbox &inbox() { return m_inbox; }

public Q_SLOTS:
    /// Makes the engine. For OwnerThread, which calls it on its thread.
    void start();

    /// Whether traced() is emitted. A host that wants the trace from the very beginning calls it before start().
    void setWatched(bool isWatched);

    /// While held, traced() says nothing, and what happens is counted as lost: for when nobody takes in what it says.
    /// Then it tells of everything as it is, if anything was; else it goes on where it was.
    void setHeld(bool isHeld);

    /// Tells who was told so far the rest, calls `change`, and tells whoever is told then from the beginning. Watched.
    void tellAnew(const std::function<void()> &change);

public:
    /// The text of an open document, as the queries read it; nullopt if it is not open. On the worker's thread.
    std::optional<std::string> documentText(std::string_view uri) const;

Q_SIGNALS:
    void started();

    /// The client is gone or has said exit, and nothing is running any more. Once.
    void ended(int exitCode);

    /// What the engine did since the last time, while watched: about ten times a second while there is something to do,
    /// and when there no longer is. The batch is nobody's but the receivers', who may live on any thread.
    void traced(std::shared_ptr<const nuages::trace::Batch> batch);

    /// Nothing is under way, and traced() has told all. `messages` of the client have taken effect, so that who has
    /// sent no more knows that this was the last.
    void settled(quint64 messages);

    /// Something waits for advance(). From any thread; only this class connects to it.
    void rung();

private Q_SLOTS:
    void advance();

private:
    void wantWrite(query::Wish wish);
    void ring();
    void stopOverdueReaders();
    void startAt(QTimer &timer, std::optional<query::Instant> instant);
    void watch();
    void emitTrace();
    void forgo();
    void tellTheTrace();
    void listenToDisk();
    void takeFromDisk();

    Host m_host;
    std::latch m_isStarted{1}; ///< Shows what start() made to other threads.
    std::atomic<bool> m_isRung = false; ///< A ring is under way, so another would tell nothing.
    bool m_hasEnded = false;
    bool m_isWatched = false;
    bool m_isHeld = false;
    bool m_isPartialTold = false; ///< Memos that were there before are still to come, as was told last.
    bool m_hasForgone = false; ///< Something happened while held.

    // In the order of birth; the pool dies first, then the session, the engine nearly last.
    Inbox m_inbox;
    source::DiskFileSystem m_disk;
    std::optional<DiskWatch> m_diskWatch;
    std::unique_ptr<source::Files> m_files;
    std::unique_ptr<query::Engine> m_engine;
    std::unique_ptr<trace::Recorder> m_recorder; ///< While watched.
    std::unique_ptr<FileTrace> m_fileTrace; ///< Likewise.
    std::unique_ptr<Session> m_session;
    std::unique_ptr<query::Pool> m_pool;
    QTimer m_grace; ///< Runs while readers are left whose grace has not run out.
    QTimer m_wake; ///< Runs while the session waits for a time.
    QTimer m_trace; ///< Runs while something is to be told of.
    QTimer m_settling; ///< Runs while what happens on the disk is let add up.
    std::unique_ptr<QSocketNotifier> m_diskNotifier;
};

} // namespace nuages::server
