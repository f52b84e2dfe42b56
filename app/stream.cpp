#include "app/stream.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <format>

namespace nuages::app {

namespace {

std::unexpected<Failure> failed(std::string_view what)
{
    return std::unexpected(Failure{std::format("{}: {}", what, std::strerror(errno))});
}

} // namespace

Stream::~Stream()
{
    if (m_output >= 0 && m_output != m_input)
        close(m_output);
    if (m_input >= 0)
        close(m_input);
}

std::expected<Stream, Failure> standardStream()
{
    Stream stream(fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3), fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3));
    if (stream.input() < 0 || stream.output() < 0)
        return failed("standard input and output are not open");
    const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
        return failed("standard output cannot be taken");
    close(nothing);
    return stream;
}

std::expected<Stream, Failure> connectToPipe(const std::string &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return std::unexpected(Failure{std::format("the path of the pipe is too long: {}", path)});
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    Stream stream(fd, fd);
    if (fd < 0 || connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) < 0)
        return failed(std::format("cannot connect to the pipe {}", path));
    return stream;
}

std::expected<Stream, Failure> connectToPort(int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    Stream stream(fd, fd);
    if (fd < 0 || connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) < 0)
        return failed(std::format("cannot connect to port {} of this machine", port));
    const int noDelay = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &noDelay, sizeof noDelay);
    return stream;
}

} // namespace nuages::app
