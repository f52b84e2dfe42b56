#pragma once

#include "lsp/inspect/frames.h"

#include <chrono>
#include <cstdint>
#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace nuages::inspect {

/// An open descriptor, closed by whoever has it last.
class Descriptor
{
public:
    explicit Descriptor(int fd = -1) : m_fd(fd) { }
    ~Descriptor() { reset(); }
    Descriptor(Descriptor &&other) noexcept : m_fd(std::exchange(other.m_fd, -1)) { }
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        if (this != &other) {
            reset();
            m_fd = std::exchange(other.m_fd, -1);
        }
        return *this;
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;

    int get() const { return m_fd; }
    explicit operator bool() const { return m_fd >= 0; }
    void reset();

private:
    int m_fd;
};

/// A connection to a server, which has said who it is.
struct Call {
    Descriptor socket;
    Greeting greeting;
    FrameReader frames; ///< May hold more than the greeting already.
};

/// Calls the server at `path`. A sentence if there is none, it is another user's, or says nothing in `patience`.
[[nodiscard]] std::expected<Call, std::string> call(const std::string &path,
                                                    std::chrono::milliseconds patience = std::chrono::seconds(2));

/// Why this program cannot read what such a server would tell; nullopt if it can.
std::optional<std::string> whyNotReadable(const Greeting &greeting);

/// Says that the server shall begin to tell.
bool beginToWatch(const Call &call);

/// Who of `folder` answers, by process id. Those that do not answer are left out, and their sockets where they are.
std::vector<Greeting> runningServers(const std::string &folder);

/// The process ids that sockets in `folder` are named after, rising.
std::vector<std::uint64_t> socketsIn(const std::string &folder);

/// Removes the sockets of `folder` at which nobody listens: their servers were killed.
void removeStaleSockets(const std::string &folder);

} // namespace nuages::inspect
