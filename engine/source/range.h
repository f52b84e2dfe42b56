#pragma once

#include <compare>
#include <cstdint>

namespace nuages::source {

/// A half-open stretch of a text, in bytes: `begin` is in it, `end` is not.
///
/// Bytes are the only unit inside the program; the line index turns them into lines and columns at the edge.
struct Range {
    std::uint32_t begin = 0;
    std::uint32_t end = 0; // Invariant: begin <= end.

    std::uint32_t size() const { return end - begin; }
    bool isEmpty() const { return begin == end; }
    bool contains(std::uint32_t offset) const { return begin <= offset && offset < end; }

    friend auto operator<=>(const Range &, const Range &) = default;
};

} // namespace nuages::source
