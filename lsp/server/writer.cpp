#include "lsp/server/writer.h"

#include "lsp/protocol/framing.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <ranges>
#include <set>
#include <utility>

namespace nuages::server {

std::string_view supersededBy(std::string_view body)
{
    // The session writes the method first and the URI next, so the front says what a message is about.
    const std::string_view front = body.substr(0, 4096);
    if (front.contains("\"method\":\"textDocument/publishDiagnostics\""))
        return front.substr(0, front.find("\"diagnostics\":"));
    for (const std::string_view method : {"\"method\":\"window/logMessage\"", "\"method\":\"$/logTrace\""}) {
        if (front.substr(0, 64).contains(method))
            return method;
    }
    return {};
}

Writer::Writer(int fd, std::function<void()> onBroken)
    : m_fd(fd), m_stop(eventfd(0, EFD_CLOEXEC)), m_onBroken(std::move(onBroken)), m_thread([this] { run(); })
{
}

Writer::~Writer()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isEnding = true;
    }
    m_changed.notify_all();
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(m_stop, &one, sizeof one);
    m_thread.join();
    close(m_stop);
}

void Writer::send(std::string body)
{
    std::unique_lock lock(m_mutex);
    if (m_isBroken)
        return;
    m_queued += body.size();
    m_queue.push_back(std::move(body));
    if (m_queued > limit)
        makeRoom();
    if (m_queued > limit)
        return breakOff(lock);
    lock.unlock();
    m_changed.notify_one();
}

void Writer::makeRoom()
{
    std::set<std::string, std::less<>> later;
    std::deque<std::string> kept;
    for (std::string &body : m_queue | std::views::reverse) {
        const std::string_view key = supersededBy(body);
        if (!key.empty() && !later.emplace(key).second)
            m_queued -= body.size();
        else
            kept.push_front(std::move(body));
    }
    m_queue = std::move(kept);
}

void Writer::breakOff(std::unique_lock<std::mutex> &lock)
{
    const bool isNew = !std::exchange(m_isBroken, true);
    m_queue.clear();
    m_queued = 0;
    lock.unlock();
    if (isNew)
        m_onBroken();
}

void Writer::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_isEnding || !m_queue.empty(); });
        if (m_queue.empty())
            return;
        const std::string body = std::move(m_queue.front());
        m_queue.pop_front();
        m_queued -= body.size();
        lock.unlock();
        const bool isWritten = write(protocol::frame(body));
        lock.lock();
        if (!isWritten) {
            breakOff(lock);
            lock.lock();
        }
    }
}

bool Writer::write(const std::string &bytes)
{
    std::size_t done = 0;
    while (done < bytes.size()) {
        if (!waitUntilWritable())
            return false;
        // So much a stream takes at once when it is writable. More would wait, and could not be called off.
        const std::size_t part = std::min<std::size_t>(bytes.size() - done, PIPE_BUF);
        const ssize_t count = ::write(m_fd, bytes.data() + done, part);
        if (count > 0)
            done += static_cast<std::size_t>(count);
        else if (errno != EINTR && errno != EAGAIN)
            return false;
    }
    return true;
}

/// False when the writer ends while the client takes nothing.
bool Writer::waitUntilWritable()
{
    std::array<pollfd, 2> fds{{{m_fd, POLLOUT, 0}, {m_stop, POLLIN, 0}}};
    for (;;) {
        if (poll(fds.data(), fds.size(), -1) < 0) {
            if (errno == EINTR)
                continue;
            return false;
        }
        if (fds[0].revents != 0)
            return true;
        if (fds[1].revents != 0)
            return false;
    }
}

} // namespace nuages::server
