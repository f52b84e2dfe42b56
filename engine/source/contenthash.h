#pragma once

#include <cstdint>
#include <string_view>

namespace nuages::source {

/// Stands for the bytes of a file where keeping them would cost too much. Two contents with equal hashes are taken
/// to be equal: 128 bits leave no chance worth a thought. Lives in this process only.
struct ContentHash {
    std::uint64_t low = 0;
    std::uint64_t high = 0;

    friend bool operator==(const ContentHash &, const ContentHash &) = default;
};

/// XXH3 of the bytes, 128 bits.
ContentHash contentHash(std::string_view bytes);

} // namespace nuages::source
