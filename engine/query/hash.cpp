#include "engine/query/hash.h"

#include <cstring>

namespace nuages::query {

namespace {

constexpr std::uint64_t oddA = 0x9E3779B97F4A7C15u; // 2^64 divided by the golden ratio
constexpr std::uint64_t oddB = 0xD1B54A32D192ED03u;

std::uint64_t seedOfAllHashes = 0;

/// Both halves of the 128-bit product, folded: each bit of the result depends on each bit of both factors.
std::uint64_t fold(std::uint64_t a, std::uint64_t b)
{
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t upToEight(std::string_view bytes)
{
    std::uint64_t word = 0;
    if (!bytes.empty()) // an empty view may point nowhere, which memcpy() does not take
        std::memcpy(&word, bytes.data(), bytes.size());
    return word;
}

} // namespace

void setHashSeed(std::uint64_t seed) { seedOfAllHashes = seed; }

std::uint64_t hashSeed() { return seedOfAllHashes; }

std::size_t seededHash(std::string_view bytes)
{
    std::uint64_t state = fold(seedOfAllHashes ^ oddA, bytes.size() ^ oddB);
    while (bytes.size() > 8) {
        state = fold(state ^ upToEight(bytes.substr(0, 8)), oddB);
        bytes.remove_prefix(8);
    }
    return fold(state ^ upToEight(bytes), oddA);
}

std::size_t seededHash(std::uint64_t number) { return fold(number ^ seedOfAllHashes ^ oddA, oddB); }

} // namespace nuages::query
