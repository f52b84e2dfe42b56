#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace nuages::python {

/// The place in the user's code that keeps a fact from being known in full, and why, as a phrase for people:
/// "the environment variable APPS is not set". Sorted by place.
struct OpenReason {
    std::string file; ///< absolute
    std::uint32_t line = 0; ///< from 1
    std::string why;

    friend auto operator<=>(const OpenReason &, const OpenReason &) = default;
};

} // namespace nuages::python
