#pragma once

#include "engine/trace/batch.h"
#include "engine/trace/wire.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What is in a session file; README.md has it in words.
namespace nuages::recording {

inline constexpr std::int64_t applicationId = 0x4e756167; // "Nuag", in the header of the file
/// What is written: the batches are most of it.
inline constexpr std::int64_t formatVersion = trace::wireVersion;
/// What is read is from this to `formatVersion`.
inline constexpr std::int64_t oldestReadable = formatVersion;

extern const char *const schema;

/// What a session is about.
struct About {
    std::string program; ///< "nuages-inspector 0.1.0"
    std::string workspace; ///< Absolute path.
    std::int64_t started = 0; ///< Seconds since 1970, UTC.

    friend bool operator==(const About &, const About &) = default;
};

/// A message of the protocol.
struct Message {
    trace::Instant at = 0; ///< On the clock of the batches.
    bool isFromClient = false;
    std::string body; ///< JSON in UTF-8.

    friend bool operator==(const Message &, const Message &) = default;
};

/// Batches behind each other, each after its length; of a chunk they are compressed together.
void appendTo(std::string &chunk, const trace::Batch &batch);

/// The next one of a chunk; empty if there is no more or it is cut.
std::string_view takeFrom(std::string_view &chunk);

/// A file or a session as a sentence names it: `SENTENCE` with the path before it.
std::string sentenceAbout(std::string_view path, std::string_view fault);

} // namespace nuages::recording
