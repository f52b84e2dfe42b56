#pragma once

#include "engine/query/clock.h"
#include "lsp/server/processpoll.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>

#include <sys/types.h>

namespace nuages::server {

/// Reads what the client sends, on a thread of its own.
class Listener
{
public:
    struct Ears {
        std::function<bool(std::string_view bytes)> receive; ///< Returns false when nothing more counts.
        std::function<void()> close; ///< The stream has ended, or the client's process has; called once, last.
    };

    /// A descriptor that becomes readable when process `parent` ends; -1 and errno if there is none.
    using OpenProcess = int (*)(pid_t parent);

    /// Reads `fd`, which stays the caller's. All of `ears` is called on the listener's thread.
    explicit Listener(int fd, Ears ears, query::Clock &clock = query::steadyClock(),
                      OpenProcess openProcess = openPidfd);

    /// Ends the thread, also if the client still holds the stream open.
    ~Listener();
    Listener(const Listener &) = delete;
    Listener &operator=(const Listener &) = delete;

    /// Takes the end of process `parent` for the end of the stream: a client that was killed may have left its end of
    /// the pipe to another process. If there is no such process it has ended already. Nothing happens if `parent` is no
    /// number of a process, or one is watched already. Where the system gives no descriptor of it, looks at it every
    /// few seconds. Any thread.
    void watchParent(std::int64_t parent);

private:
    static int openPidfd(pid_t parent);
    void run();
    bool hasParentEnded();
    int timeout(); ///< Milliseconds until the parent is to be looked at; -1: never.

    int m_fd;
    int m_wake; ///< An eventfd: look again at what to wait for.
    Ears m_ears;
    query::Clock &m_clock;
    OpenProcess m_openProcess;
    std::atomic<bool> m_hasParent = false;
    std::atomic<int> m_parent = -1; ///< A pidfd.
    std::atomic<bool> m_isParentGone = false; ///< It was when it was named.
    std::mutex m_mutex; // guards m_poll
    std::optional<ProcessPoll> m_poll; ///< Where there is no pidfd.
    std::atomic<bool> m_isEnding = false;
    std::thread m_thread; // last: it uses all of the above
};

} // namespace nuages::server
