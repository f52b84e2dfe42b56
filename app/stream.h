#pragma once

#include "app/failure.h"

#include <expected>
#include <string>
#include <utility>

namespace nuages::app {

/// The two directions of a connection with a client. Closes what it owns.
class Stream
{
public:
    Stream(int input, int output) : m_input(input), m_output(output) { }
    ~Stream();
    Stream(Stream &&other) noexcept
        : m_input(std::exchange(other.m_input, -1)), m_output(std::exchange(other.m_output, -1))
    {
    }
    Stream &operator=(Stream &&) = delete;
    Stream(const Stream &) = delete;
    Stream &operator=(const Stream &) = delete;

    int input() const { return m_input; }
    int output() const { return m_output; }

private:
    int m_input;
    int m_output; ///< May be the same descriptor.
};

/// Standard input and output, taken away from everyone else: from then on what the program prints goes to standard
/// error, so that no stray line can damage the stream of messages.
[[nodiscard]] std::expected<Stream, Failure> standardStream();

/// A connection to the local socket that the client has made at `path`.
[[nodiscard]] std::expected<Stream, Failure> connectToPipe(const std::string &path);

/// A connection to a port at which the client listens on this machine.
[[nodiscard]] std::expected<Stream, Failure> connectToPort(int port);

} // namespace nuages::app
