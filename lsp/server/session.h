#pragma once

#include "engine/query/engine.h"
#include "engine/query/outcome.h"
#include "engine/query/pool.h"
#include "engine/source/files.h"
#include "engine/trace/recorder.h"
#include "lsp/protocol/message.h"
#include "lsp/protocol/types/lifecycle.h"
#include "lsp/protocol/types/window.h"
#include "lsp/server/diskwatch.h"
#include "lsp/server/documents.h"
#include "lsp/server/feature.h"
#include "lsp/server/inbox.h"
#include "lsp/server/mailbox.h"
#include "lsp/server/publisher.h"
#include "lsp/server/refresh.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::server {

/// The language server's state machine: takes messages, writes inputs, sends work to the pool, replies.
///
/// Lives on the thread that owns the engine, and every function is called there. It never waits: what it cannot do now
/// it does when the next bell rings. It knows neither pipes nor event loops, so that a test can run the very same steps
/// in any order. The states of a request and the rules for replies: ARCHITECTURE.md, "A request".
class Session
{
public:
    /// What the session needs from whoever hosts it.
    struct Host {
        /// What holds where the client says nothing: the folders of a client that names none, the environment.
        project::GivenData given;
        std::function<void(const protocol::InitializeParams &)> greet = nullptr; ///< Before the reply; null: nothing.
        std::function<void(query::Urgency, query::Pool::Job)> submit; ///< To the pool.
        std::function<void(std::string body)> send; ///< To the client; in order, never waits.
        std::function<void()> ring; ///< Has advance() called soon on the owner thread. Any thread calls it.
        unsigned slots = 1; ///< Jobs that may be in the pool at once.
        std::span<const Feature> features; ///< The requests that are answered; lasts as long as the session.
        Find findDiagnostics = nullptr; ///< Of one document, as the array that the protocol wants.
        Find findNotes = nullptr; ///< As features/notes.h has it; null: never.
        Find warmUp = nullptr; ///< Runs once, when a document is open and nothing else is to be done; null: never.
        /// What nuages/checkProject is about: {paths, remark}, where the remark is a sentence for the user, or empty.
        /// Null: such a wish is passed over.
        Find listTemplates = nullptr;
        std::vector<Command> commands = {}; ///< Offered to the client.
        DiskWatch *watch = nullptr; ///< Outlives the session; null: what the client does not tell goes unseen.
    };

    /// The folders that a client has opened, as it says in initialize; none if it names none.
    static std::vector<std::string> foldersOf(const protocol::InitializeParams &params);

    Session(query::Engine &engine, source::Files &files, Inbox &inbox, Host host);
    ~Session();
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    /// Does all that can be done now: finishes what the pool has answered, takes what has arrived, and starts work.
    void advance();

    /// Looks again where the disk has changed, in the next write. Then advance() is called soon.
    void see(const DiskWatch::Changes &changes);

    /// When advance() should be called though nothing rings, by the engine's clock; nullopt if there is no need.
    std::optional<query::Instant> wakeAt() const;

    /// Set when the client has said exit or is gone: 0 if it said shutdown before, else 1. No job of the session is
    /// in the pool any more.
    std::optional<int> exitCode() const;

    /// Answers every pending request with RequestCancelled and tells all jobs to stop; for when nobody will ask again.
    void abandon(std::string_view why);

    /// From now on `recorder` is told how requests fare; null: nobody is. It must outlive the session or the next call.
    /// It is told the texts of the documents that are open, as if they had been opened now.
    void watch(trace::Recorder *recorder);

    const Documents &documents() const { return m_documents; }

    /// Everything about the session that a test of its invariants asks.
    struct Census {
        std::size_t pending = 0; ///< Requests without reply.
        std::size_t running = 0; ///< Jobs in the pool.
        std::size_t backlog = 0; ///< Messages that wait for the engine.
        std::uint64_t retries = 0; ///< Attempts that a write cancelled.
        std::uint64_t repairs = 0; ///< Texts that differed from the client's.
        std::uint64_t messages = 0; ///< Of the client, that have taken effect.

        /// Until the next message there is nothing to do.
        bool isIdle() const { return pending == 0 && running == 0 && backlog == 0; }
    };
    Census census() const;

private:
    enum class Life : std::uint8_t { Fresh, Running, ShutDown };

    using Moment = Documents::Moment;

    /// A request on its way to a reply.
    struct Pending {
        protocol::RequestId id;
        query::CancelToken token;
        const Feature *feature = nullptr;
        std::shared_ptr<const Question> question;
        History::Lines lines; ///< Of the text it was asked about.
        Moment asked = 0;
        Moment computed = 0; ///< Of the running attempt.
        std::uint32_t attempt = 0; ///< Attempts that began and were cancelled by a write.
        std::uint64_t job = 0; ///< The running one; 0 while it is queued.
    };

    /// Diagnostics that are being found.
    struct Look {
        std::string path;
        Moment computed = 0;
        query::CancelToken token;
        query::Instant began = 0;
    };

    /// What a job of the pool brings back.
    struct Finished {
        std::uint64_t job = 0;
        Cookie request = 0; ///< 0: it found the diagnostics of `path`, or warmed up if that is empty.
        std::string path; ///< Of diagnostics, like the next three.
        std::uint64_t instance = 0;
        std::optional<std::int32_t> version;
        History::Lines lines;
        Moment computed = 0; ///< Moment of the ticket.
        query::Revision revision = 0; ///< Likewise.
        bool began = false; ///< A reader was opened.
        bool isBackground = false;
        bool isNotes = false; ///< Of the projects; `path` is empty.
        bool isCheck = false; ///< Of the project: of `paths`, or it has listed them; `path` is empty.
        std::vector<std::string> paths;
        query::Outcome<Encode> outcome;
    };

    void finish(Finished finished);
    void finishRequest(Finished &finished);
    void finishDiagnostics(Finished &finished);
    void finishWarmUp(const Finished &finished);
    static bool mayTryAgain(const query::Failure &failure); ///< It was stopped for a reason that passes.
    boost::json::value inUtf16(const Coordinates &coordinates, Encode &encode, const boost::json::value &encoded);
    void traceLook(const std::string &path, query::Revision revision, const boost::json::value &diagnostics);

    // sessionnotes.cpp
    enum class Progress : std::uint8_t { None, Asked, Shown, Over };
    static protocol::RequestId configurationId();
    static protocol::RequestId progressId();
    static std::vector<std::string> foldersOf(const std::vector<protocol::WorkspaceFolder> &folders);
    void openProjects(const protocol::InitializeParams &params);
    project::GivenData givenNow() const;
    void giveAgain(query::Transaction &tx);
    void changeFolders(const protocol::DidChangeWorkspaceFoldersParams &params, query::Transaction &tx);
    void changeConfiguration(const boost::json::value &params, query::Transaction &tx);
    void askForConfiguration();
    void takeConfiguration(const protocol::Response &response);
    void startNotes();
    void finishNotes(Finished &finished);
    void say(const boost::json::value &message);
    void publishNotes(const std::string &uri, const boost::json::value &diagnostics);
    void askForProgress();
    void beginProgress(const protocol::Response &response);
    void endProgress();

    // sessioncheck.cpp
    /// What a client has asked for by nuages/checkProject.
    struct ProjectCheck {
        boost::json::value token; ///< Of its progress; null: none is wanted.
        bool isAsked = false; ///< Ever.
        bool isDue = false; ///< To be begun, or to be begun again.
        bool isListing = false;
        bool isShown = false; ///< Its progress has begun.
        std::size_t running = 0; ///< Jobs, each of one portion.
        std::deque<std::vector<std::string>> waiting; ///< Portions.
        std::size_t done = 0; ///< Templates.
        std::size_t total = 0; ///< Likewise.
        std::map<std::string, boost::json::value> published; ///< Findings that the client has, by URI.
    };
    void askForCheck(const boost::json::value &params);
    bool hasCheckToStart() const;
    void startCheck();
    void finishCheck(Finished &finished);
    void takeListed(const boost::json::value &list);
    void traceChecked(const boost::json::array &files, query::Revision revision);
    void publishChecked(const boost::json::array &files);
    void retryPortion(std::vector<std::string> paths, const query::Failure &failure);
    void tellCheck();

    bool writeEdits();
    Publisher::Cause apply(const protocol::Notification &edit, query::Transaction &tx);
    Publisher::Cause causeOf(const std::optional<std::string> &changed) const;
    template <class Params>
    std::optional<Params> paramsOf(const protocol::Notification &edit); ///< If they cannot be read, the log says so.
    void openDocument(const protocol::DidOpenTextDocumentParams &params, query::Transaction &tx);
    void setOverlay(const std::optional<std::string> &path, query::Transaction &tx);
    void traceOverlaid();
    void closeDocument(const protocol::DidCloseTextDocumentParams &params, query::Transaction &tx);
    void lookAtDisk(query::Transaction &tx);
    void watchFolders(query::Transaction &tx);
    bool wantsToWatch() const;

    void handle(Received received);
    void handle(ReceivedRequest received);
    void handle(const protocol::Notification &notification);
    void handle(const protocol::Response &response);
    void initialize(const ReceivedRequest &received);
    void queue(ReceivedRequest received, const Feature &feature);
    void shutDown(const ReceivedRequest &received);
    void execute(const ReceivedRequest &received);

    using Requests = std::map<Cookie, Pending>;

    void dispatch();
    std::shared_ptr<Question> questionAbout(const std::string &path, const source::Text &text) const;
    void start(Requests::iterator request);
    static query::Urgency urgencyOf(const Pending &pending);
    bool mayStart(query::Urgency urgency) const; ///< Whether a slot is free for such a job.
    void startDiagnostics(const std::string &path);
    std::optional<query::Instant> nextTurnEnd() const;
    void endTurns();
    void startWarmUp();
    void submit(query::Ticket ticket, Finished header, std::shared_ptr<const Question> question, Find find);
    Moment oldestMoment() const; ///< That some request or look still speaks of.

    void reply(Requests::iterator pending, const boost::json::value &result);
    void fail(Requests::iterator pending, protocol::ErrorCode code, std::string_view text);
    void erase(Requests::iterator pending);
    void askToPullAgain();
    void answer(const ReceivedRequest &received, const boost::json::value &result); ///< At once, without a job.
    void log(protocol::MessageType type, const std::string &text); ///< Into the client's log.
    void refuse(const ReceivedRequest &received, protocol::ErrorCode code, std::string_view text);

    trace::Recorder *m_recorder = nullptr;
    query::Engine &m_engine;
    source::Files &m_files;
    Inbox &m_inbox;
    Host m_host;

    Life m_life = Life::Fresh;
    bool m_inputEnded = false;
    bool m_isWarm = false; ///< Or being warmed up.
    bool m_isInitialized = false; ///< The client has said so.
    Refresh m_refresh; ///< For a client that pulls.
    ClientTraits m_client;
    project::Given m_given;
    std::vector<std::string> m_folders; ///< That the client names; paths.
    boost::json::value m_firstOptions; ///< Of initialize.
    boost::json::value m_options; ///< That the client said later. They win.
    bool m_isOptionsNew = false; ///< To be given to the queries in the next write.
    bool m_notesDue = false;
    std::set<std::string> m_said; ///< Messages to the user.
    std::map<std::string, boost::json::value> m_noted; ///< Diagnostics of notes that the client has, by URI.
    Progress m_progress = Progress::None;

    Moment m_moment = 0; ///< Messages that have taken effect.
    Moment m_ownMessages = 0; ///< Those of them that no client sent.
    Documents m_documents;
    std::deque<Received> m_backlog; ///< Taken from the inbox, not yet taken effect.
    Requests m_requests; ///< By cookie, and so in the order of arrival.
    Publisher m_publisher;
    ProjectCheck m_check;
    std::map<std::uint64_t, Look> m_looks; ///< By job.
    query::CancelToken m_ownWork; ///< Of all else that no client asked for.
    std::vector<std::string> m_overlaid; ///< Paths that have got a text in the write that is under way.
    std::vector<std::string> m_closed; ///< Paths that were closed in it.
    std::vector<std::string> m_doubted; ///< Paths to look at again in the next write.
    bool m_isLackTold = false; ///< That not all of the disk is watched.

    std::uint64_t m_lastJob = 0;
    std::size_t m_running = 0;
    std::size_t m_runningBackground = 0; ///< Of these; one slot is kept for a request that someone waits for.
    std::uint64_t m_retries = 0;
    std::shared_ptr<std::uint64_t> m_writes; ///< Shared with the jobs. Changes only while no reader is open.
    std::shared_ptr<Mailbox<Finished>> m_finished; ///< Shared with the jobs.
};

} // namespace nuages::server
