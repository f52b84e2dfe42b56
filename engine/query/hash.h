#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace nuages::query {

/// Sets the seed of every hash in the program. Call it before the first map is filled, on the only thread.
void setHashSeed(std::uint64_t seed);

std::uint64_t hashSeed();

/// A hash of the bytes under the program's seed. Every hash map uses it, so that running with another seed shows
/// whether any output depends on the order of a map. Not for files: it differs between versions.
std::size_t seededHash(std::string_view bytes);

/// A hash of a number under the program's seed.
std::size_t seededHash(std::uint64_t number);

/// For maps with string keys that are also asked with a std::string_view.
struct SeededHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view bytes) const { return seededHash(bytes); }
};

} // namespace nuages::query
