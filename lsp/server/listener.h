#pragma once

#include <atomic>
#include <functional>
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

    /// Reads `fd`, which stays the caller's. All of `ears` is called on the listener's thread.
    Listener(int fd, Ears ears);

    /// Ends the thread, also if the client still holds the stream open.
    ~Listener();
    Listener(const Listener &) = delete;
    Listener &operator=(const Listener &) = delete;

    /// Takes the end of process `parent` for the end of the stream: a client that was killed may have left its end of
    /// the pipe to another process. Nothing happens if there is no such process, as in another container. Any thread.
    void watchParent(pid_t parent);

private:
    void run();

    int m_fd;
    int m_wake; ///< An eventfd: look again at what to wait for.
    Ears m_ears;
    std::atomic<int> m_parent = -1; ///< A pidfd.
    std::atomic<bool> m_isEnding = false;
    std::thread m_thread; // last: it uses all of the above
};

} // namespace nuages::server
