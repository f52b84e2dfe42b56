#include "lsp/inspect/call.h"

#include "engine/trace/wire.h"
#include "lsp/inspect/folder.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <format>
#include <string_view>
#include <system_error>

namespace nuages::inspect {

namespace {

constexpr std::string_view ending = ".sock";

/// A socket that is connected to `path`; errno says why not.
Descriptor connectTo(const std::string &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return Descriptor();
    }
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    // Who does not accept holds nobody up: a full queue is an error at once.
    Descriptor fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (fd && connect(fd.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        const int why = errno;
        fd.reset();
        errno = why;
    }
    return fd;
}

/// The first frame; nullopt if none comes in time.
std::optional<Frame> firstFrame(int fd, FrameReader &frames, std::chrono::milliseconds patience)
{
    const auto end = std::chrono::steady_clock::now() + patience;
    for (;;) {
        auto taken = frames.take();
        if (!taken)
            return std::nullopt;
        if (*taken)
            return std::move(*taken);
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
        pollfd waited{fd, POLLIN, 0};
        if (left.count() <= 0 || poll(&waited, 1, int(left.count())) <= 0)
            return std::nullopt;
        std::array<char, 4096> bytes{};
        const ssize_t count = read(fd, bytes.data(), bytes.size());
        if (count > 0)
            frames.append({bytes.data(), std::size_t(count)});
        else if (count == 0 || (errno != EAGAIN && errno != EINTR))
            return std::nullopt;
    }
}

} // namespace

void Descriptor::reset()
{
    if (m_fd >= 0)
        close(std::exchange(m_fd, -1));
}

std::expected<Call, std::string> call(const std::string &path, std::chrono::milliseconds patience)
{
    Call made{connectTo(path), {}, {}};
    if (!made.socket)
        return std::unexpected(std::format("{}: {}", path, std::strerror(errno)));
    if (!mayInspect(userAt(made.socket.get()), geteuid()))
        return std::unexpected(std::format("{}: the server is another user's", path));
    const std::optional<Frame> first = firstFrame(made.socket.get(), made.frames, patience);
    if (!first)
        return std::unexpected(std::format("{}: the server does not answer", path));
    if (first->kind == Kind::Refused)
        return std::unexpected(first->payload);
    auto greeting = first->kind == Kind::Greeting ? greetingIn(first->payload) : std::nullopt;
    if (!greeting)
        return std::unexpected(std::format("{}: what answers is no server of this program", path));
    made.greeting = *std::move(greeting);
    return made;
}

std::optional<std::string> whyNotReadable(const Greeting &greeting)
{
    if (greeting.protocol == protocolVersion && greeting.wire == trace::wireVersion)
        return std::nullopt;
    return std::format("process {} is nuages {}, which this inspector cannot read; start the server again after an "
                       "upgrade",
                       greeting.process, greeting.version);
}

bool beginToWatch(const Call &call)
{
    const std::string word = frame(Kind::Watch, {});
    return send(call.socket.get(), word.data(), word.size(), MSG_NOSIGNAL) == ssize_t(word.size());
}

std::vector<std::uint64_t> socketsIn(const std::string &folder)
{
    std::vector<std::uint64_t> found;
    std::error_code ignored;
    for (const auto &entry : std::filesystem::directory_iterator(folder, ignored)) {
        const std::string name = entry.path().filename().string();
        std::uint64_t process = 0;
        const char *end = name.data() + name.size() - std::min(name.size(), ending.size());
        if (name.ends_with(ending) && std::from_chars(name.data(), end, process) == std::from_chars_result{end, {}})
            found.push_back(process);
    }
    std::ranges::sort(found);
    return found;
}

std::vector<Greeting> runningServers(const std::string &folder)
{
    constexpr std::chrono::milliseconds patience(200); // It is asked for by who waits for a menu.
    std::vector<Greeting> found;
    for (const std::uint64_t process : socketsIn(folder)) {
        if (auto made = call(socketPath(folder, process), patience))
            found.push_back(std::move(made->greeting));
    }
    return found;
}

void removeStaleSockets(const std::string &folder)
{
    for (const std::uint64_t process : socketsIn(folder)) {
        const std::string path = socketPath(folder, process);
        if (!connectTo(path) && errno == ECONNREFUSED)
            unlink(path.c_str());
    }
}

} // namespace nuages::inspect
