#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace nuages::protocol {

/// Why a header block was skipped. The reader logs it and goes on: the stream has already found its way again.
struct FramingError {
    enum class Kind : std::uint8_t {
        NoLength, ///< The block has no Content-Length.
        BadLength, ///< Its value is no positive decimal number.
        TooLarge, ///< The body would be longer than the limit; nothing was allocated for it.
        Garbage, ///< Bytes that belong to no header block, such as a stray print of the client.
    };

    Kind kind = Kind::Garbage;
    std::string header; ///< What was skipped, at most `FrameStream::maxHeaderSize` bytes of it.

    friend bool operator==(const FramingError &, const FramingError &) = default;
};

/// Cuts a stream of bytes into message bodies.
///
/// Takes what a client may send by the rules of HTTP fields: names in any case, blanks around the value, unknown
/// fields, lines that end in LF alone. After a fault it looks for the next Content-Length, also inside bytes that a
/// wrong length had claimed, so that one bad message never costs a good one. A body ends where the next header begins,
/// whatever its length says, so that a length far too large does not make the stream deaf. Not thread-safe: the reader
/// thread owns it.
///
/// Source: LSP 3.17, "Base Protocol", header part.
class FrameStream
{
public:
    static constexpr std::size_t maxHeaderSize = std::size_t{8} << 10; ///< Bytes of a header block.
    static constexpr std::size_t defaultMaxBodySize = std::size_t{256} << 20; ///< Bytes.

    explicit FrameStream(std::size_t maxBodySize = defaultMaxBodySize) : m_maxBodySize(maxBodySize) { }

    void append(std::string_view bytes);

    /// The next body, without its header; nullopt while it is incomplete. An error stands for a part of the stream that
    /// was skipped; call again for what follows. Each call takes time in proportion to the bytes it consumes.
    [[nodiscard]] std::expected<std::optional<std::string>, FramingError> take();

    /// Gives back a body that turned out to be no message, because its length was wrong. The stream goes on at the next
    /// header inside it or, if the body swallowed only the front of a header, at that header.
    void reject(std::string body);

    /// True if bytes of an incomplete message are left, which at the end of the stream is a fault.
    bool isInsideMessage() const { return m_start != m_bytes.size(); }

private:
    std::string_view pending() const { return std::string_view(m_bytes).substr(m_start); }
    void skip(std::size_t count) { m_start += count; }
    std::unexpected<FramingError> skipped(FramingError::Kind kind, std::size_t count);

    std::string m_bytes;
    std::size_t m_start = 0; ///< Bytes before it are consumed; they go at the next append.
    std::size_t m_searched = 0; ///< Bytes of an incomplete body in which no header begins.
    std::size_t m_maxBodySize;
    bool m_isLost = false; ///< Looking for a header after a rejected body.
};

/// A body with its header, ready to be written.
std::string frame(std::string_view body);

} // namespace nuages::protocol
