#pragma once

#include "engine/trace/batch.h"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

/// What a server and an inspector say to each other over a local socket.
///
/// A frame is the length of what follows in four bytes, the lowest first; a byte that says what it is; and the rest.
namespace nuages::inspect {

/// Of the frames; an inspector that finds another one in the greeting goes no further.
inline constexpr std::uint32_t protocolVersion = 1;

enum class Kind : std::uint8_t {
    Greeting = 1, ///< The server's first word to everyone who calls.
    Watch, ///< The inspector's one word: from now on it wants to be told. Empty.
    Refused, ///< A sentence; the server hangs up.
    Batch, ///< As trace::encode() writes it.
    Message, ///< Of the language server protocol.
    Lost, ///< So many messages were not told, because the inspector did not read. Never silently.
    Show, ///< The user has asked for the window. Empty.
};

/// Who a server is.
struct Greeting {
    std::uint32_t protocol = protocolVersion;
    std::uint32_t wire = 0; ///< trace::wireVersion of the server.
    std::uint64_t process = 0;
    trace::Instant since = 0; ///< When it began, by the clock that all processes of the machine share.
    std::string version; ///< Of the program.
    std::string workspace; ///< Folder that the editor has opened.

    friend bool operator==(const Greeting &, const Greeting &) = default;
};

/// A message of the language server protocol that went by.
struct Overheard {
    bool isFromServer = false;
    trace::Instant at = 0;
    std::string body;

    friend bool operator==(const Overheard &, const Overheard &) = default;
};

struct Frame {
    Kind kind = Kind::Greeting;
    std::string payload;
};

/// No frame is longer.
inline constexpr std::uint32_t maxFrameBytes = std::uint32_t{257} << 20;

std::string frame(Kind kind, std::string_view payload);
std::string frameOf(const Greeting &greeting);
std::string frameOf(const Overheard &message);
std::string lostFrame(std::uint64_t count);

// What such payloads say; nullopt if they say something else.
std::optional<Greeting> greetingIn(std::string_view payload);
std::optional<Overheard> overheardIn(std::string_view payload);
std::optional<std::uint64_t> lostIn(std::string_view payload);

/// Cuts a stream into frames.
class FrameReader
{
public:
    void append(std::string_view bytes) { m_bytes += bytes; }

    /// The next one; nullopt while it is incomplete. A sentence if the stream is none of frames: nothing more comes.
    [[nodiscard]] std::expected<std::optional<Frame>, std::string> take();

private:
    std::string m_bytes;
    std::size_t m_taken = 0; ///< Of m_bytes; they go when that is worth it.
};

} // namespace nuages::inspect
