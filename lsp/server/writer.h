#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace nuages::server {

/// Sends messages to the client on a thread of its own, so that a client that does not read holds up nobody.
///
/// When more than `limit` bytes wait, it drops what a later message makes worthless (see supersededBy()); when that is
/// not enough, the client is taken for dead.
class Writer
{
public:
    static constexpr std::size_t limit = std::size_t{64} << 20; // bytes

    /// Writes to `fd`, which stays the caller's. `onBroken()` is called once, on any thread, when the client no longer
    /// takes bytes; later messages are dropped. The process ignores SIGPIPE.
    Writer(int fd, std::function<void()> onBroken);

    /// Writes what waits, as far as the client takes it at once, and ends the thread.
    ~Writer();
    Writer(const Writer &) = delete;
    Writer &operator=(const Writer &) = delete;

    /// Queues a message without its header. Any thread; never waits for the client.
    void send(std::string body);

private:
    void run();
    bool write(const std::string &bytes);
    bool waitUntilWritable();
    void makeRoom();
    void breakOff(std::unique_lock<std::mutex> &lock);

    int m_fd;
    int m_stop; ///< An eventfd that ends a wait for a client that does not read.
    std::function<void()> m_onBroken;

    std::mutex m_mutex; // guards what follows
    std::condition_variable m_changed;
    std::deque<std::string> m_queue; ///< Bodies.
    std::size_t m_queued = 0; ///< Bytes of them.
    bool m_isBroken = false;
    bool m_isEnding = false;

    std::thread m_thread; // last: it uses all of the above
};

/// What a message is about, if a later one about the same says all that matters: the diagnostics of one document, the
/// log. Empty for a message that must arrive. A view into `body` or static.
std::string_view supersededBy(std::string_view body);

} // namespace nuages::server
