#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace nuages::query {

namespace detail {

inline std::uint64_t seedOfAllHashes = 0;

inline constexpr std::uint64_t oddA = 0x9E3779B97F4A7C15u; // 2^64 divided by the golden ratio
inline constexpr std::uint64_t oddB = 0xD1B54A32D192ED03u;

/// Both halves of the 128-bit product, folded: each bit of the result depends on each bit of both factors.
constexpr std::uint64_t fold(std::uint64_t a, std::uint64_t b)
{
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

inline std::uint64_t eightBytes(const char *at)
{
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    return word;
}

inline std::uint64_t fourBytes(const char *at)
{
    std::uint32_t word = 0;
    std::memcpy(&word, at, 4);
    return word;
}

} // namespace detail

/// Sets the seed of every hash in the program. Call it before the first map is filled, on the only thread.
void setHashSeed(std::uint64_t seed);

std::uint64_t hashSeed();

/// A hash of a number under the program's seed.
inline std::size_t seededHash(std::uint64_t number)
{
    return detail::fold(number ^ detail::seedOfAllHashes ^ detail::oddA, detail::oddB);
}

/// A hash of the bytes under the program's seed. Every hash map uses it, so that running with another seed shows
/// whether any output depends on the order of a map. Not for files: it differs between versions.
///
/// Sixteen bytes a multiplication; the last two words may overlap those before them.
/// Source: wyhash by Wang Yi, final version 4.
inline std::size_t seededHash(std::string_view bytes)
{
    const char *at = bytes.data();
    std::size_t left = bytes.size();
    std::uint64_t state = detail::seedOfAllHashes ^ detail::oddA;
    for (; left > 16; at += 16, left -= 16)
        state = detail::fold(detail::eightBytes(at) ^ detail::oddB, detail::eightBytes(at + 8) ^ state);
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    if (bytes.size() > 16) {
        first = detail::eightBytes(at + left - 16);
        last = detail::eightBytes(at + left - 8);
    } else if (left >= 8) {
        first = detail::eightBytes(at);
        last = detail::eightBytes(at + left - 8);
    } else if (left >= 4) {
        first = detail::fourBytes(at);
        last = detail::fourBytes(at + left - 4);
    } else if (left > 0) { // The first, the middle and the last of one, two or three.
        const auto byte = [at](std::size_t which) { return std::uint64_t(static_cast<unsigned char>(at[which])); };
        first = byte(0) << 16 | byte(left / 2) << 8 | byte(left - 1);
    }
    return detail::fold(detail::fold(first ^ detail::oddB, last ^ state) ^ bytes.size(), detail::oddA);
}

/// For maps with string keys that are also asked with a std::string_view.
struct SeededHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view bytes) const { return seededHash(bytes); }
};

} // namespace nuages::query
