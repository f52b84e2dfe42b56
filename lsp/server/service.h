#pragma once

#include "lsp/server/lastresort.h"
#include "lsp/server/listener.h"
#include "lsp/server/ownerthread.h"
#include "lsp/server/writer.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::server {

/// The server between the two streams of a client, with all its threads: a reader, the owner of the engine, the pool,
/// a writer.
class Service
{
public:
    struct Host {
        project::GivenData given; ///< As in Session::Host.
        /// After the reply to initialize; null: nothing. Owner's thread.
        std::function<void(const protocol::InitializeParams &)> greeted = nullptr;
        /// What the engine did, while it is watched. False: whoever it is for takes in no more until setHeld(false).
        /// Owner's thread.
        std::function<bool(const std::shared_ptr<const trace::Batch> &)> traced;
        bool isWatched = false; ///< From the very beginning; later setWatched() says.
        /// Each message of either side as it arrives or leaves; null: nothing. Any thread; must not wait.
        std::function<void(bool isFromServer, std::string_view body)> overheard = nullptr;
        std::vector<Command> commands = {}; ///< As in Session::Host.
        std::function<void()> giveUp; ///< `patience` after the last word something still runs: ends the process.
        std::chrono::milliseconds patience = std::chrono::seconds(3);
        unsigned threads = 1; ///< Of the pool.
        std::span<const Feature> features = server::features();
        Find findNotes = nullptr; ///< As in Session::Host.
        Find warmUp = nullptr; ///< Likewise.
    };

    /// Serves at once. The descriptors stay the caller's; they may be the same. The process ignores SIGPIPE.
    Service(int input, int output, Host host);

    /// Ends all threads. What the client still takes is written.
    ~Service();
    Service(const Service &) = delete;
    Service &operator=(const Service &) = delete;

    /// Also ends when process `parent` does; see Listener. Any thread.
    void watchParent(std::int64_t parent) { m_listener->watchParent(parent); }

    /// Whether `traced` is called. Any thread, like the next.
    void setWatched(bool isWatched);
    void setHeld(bool isHeld);

    /// While watched: tells the rest, calls `change` on the owner's thread, and then tells of everything again.
    void tellAnew(std::function<void()> change);

    /// Waits until the client has said exit or is gone, and nothing runs any more; the exit code for the process.
    /// Called once.
    int waitForEnd() { return m_exitCode.get_future().get(); }

private:
    void end(int exitCode);
    void send(std::string body);

    Host m_host;
    Worker *m_worker = nullptr; ///< Of m_owner, known before its thread begins.
    std::optional<protocol::InitializeParams> m_greeting; ///< Until the reply has been sent. Owner's thread.
    std::promise<int> m_exitCode;
    std::atomic<bool> m_hasEnded = false;

    // The reader is the first to go, the last resort stays until the others have gone.
    LastResort m_lastResort;
    Writer m_writer;
    std::optional<OwnerThread> m_owner;
    std::optional<Listener> m_listener;
};

} // namespace nuages::server
