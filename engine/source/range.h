#pragma once

#include <cstdint>

namespace nuages::source {

/// Half-open range of byte offsets in the text of one file.
struct Range {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    friend bool operator==(const Range &, const Range &) = default;
};

} // namespace nuages::source
