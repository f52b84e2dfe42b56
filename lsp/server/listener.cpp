#include "lsp/server/listener.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

namespace nuages::server {

namespace {

constexpr std::size_t chunk = std::size_t{64} << 10; // bytes of one read

void wake(int eventFd)
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = write(eventFd, &one, sizeof one);
}

} // namespace

Listener::Listener(int fd, Ears ears, query::Clock &clock, OpenProcess openProcess)
    : m_fd(fd), m_wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), m_ears(std::move(ears)), m_clock(clock),
      m_openProcess(openProcess), m_thread([this] { run(); })
{
}

Listener::~Listener()
{
    m_isEnding = true;
    wake(m_wake);
    m_thread.join();
    close(m_wake);
    if (const int parent = m_parent; parent >= 0)
        close(parent);
}

// A pidfd means this very process: the number may be given to another one later, the descriptor is not.
int Listener::openPidfd(pid_t parent) { return static_cast<int>(syscall(SYS_pidfd_open, parent, 0)); }

void Listener::watchParent(std::int64_t parent)
{
    if (parent <= 0 || !std::in_range<pid_t>(parent) || m_hasParent.exchange(true))
        return;
    const auto process = static_cast<pid_t>(parent);
    if (const int fd = m_openProcess(process); fd >= 0) {
        m_parent = fd;
    } else if (errno == ESRCH) {
        m_isParentGone = true;
    } else {
        const std::scoped_lock lock(m_mutex);
        m_poll = ProcessPoll::create(process, m_clock);
        m_isParentGone = !m_poll;
    }
    wake(m_wake);
}

bool Listener::hasParentEnded()
{
    const std::scoped_lock lock(m_mutex);
    return m_poll && m_poll->hasEnded();
}

int Listener::timeout()
{
    if (m_isParentGone)
        return 0; // what it said before is read
    const std::scoped_lock lock(m_mutex);
    if (!m_poll)
        return -1;
    const std::chrono::nanoseconds left(m_poll->untilNextLook());
    return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(left).count());
}

void Listener::run()
{
    std::string buffer(chunk, '\0');
    while (!m_isEnding) {
        std::array<pollfd, 3> fds{{{m_fd, POLLIN, 0}, {m_wake, POLLIN, 0}, {m_parent, POLLIN, 0}}};
        if (poll(fds.data(), fds.size(), timeout()) < 0) {
            if (errno == EINTR)
                continue;
            break;
        }
        if (fds[1].revents != 0) {
            std::uint64_t count = 0;
            [[maybe_unused]] const auto got = read(m_wake, &count, sizeof count);
            continue;
        }
        if (fds[0].revents != 0) {
            const ssize_t count = read(m_fd, buffer.data(), buffer.size());
            if (count > 0) {
                if (!m_ears.receive(std::string_view(buffer).substr(0, static_cast<std::size_t>(count))))
                    return;
                continue;
            }
            if (count < 0 && (errno == EINTR || errno == EAGAIN))
                continue;
            break;
        }
        if (fds[2].revents != 0 || hasParentEnded() || m_isParentGone)
            break;
    }
    if (!m_isEnding)
        m_ears.close();
}

} // namespace nuages::server
