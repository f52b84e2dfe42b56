#pragma once

#include "engine/trace/batch.h"

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

/// Batches as bytes, for a file or for another process.
namespace nuages::trace {

/// What encode() writes. decode() reads no other.
inline constexpr std::uint32_t wireVersion = 4;

/// No batch is longer, not even the first one of a very large project with all its texts.
inline constexpr std::size_t maxWireBytes = std::size_t{256} << 20;

/// Every field of it; a text that several records share is written once.
std::string encode(const Batch &batch);

/// The batch that encode() was given, or a sentence. May be given anything: no length in it is trusted, and what is
/// allocated is a small multiple of what is there. Equal texts are shared again.
std::expected<Batch, std::string> decode(std::string_view bytes);

/// Whether a store that has the nodes up to `lastNode` may take the batch in, or a sentence: whoever made it was
/// perhaps another program, and a store believes what it is told.
std::expected<void, std::string> follows(const Batch &batch, NodeId lastNode);

} // namespace nuages::trace
