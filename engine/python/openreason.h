#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace nuages::python {

/// How far a reason reaches. What is evaluated is the program in the environment at hand, in which a variable that is
/// not set has its default (docs/decisions/0011). In order of rising harmlessness.
enum class Doubt : std::uint8_t {
    Unread, ///< Not known: it may be anything.
    EmptyDefault, ///< A variable is not set, and its default adds nothing: where it is set, names may be added.
    OtherValue, ///< A variable has its default here; what another value would give is no matter of this environment.
};

/// The place in the user's code that keeps a fact from being known in full, and why, as a phrase for people:
/// "the environment variable APPS is not set". Sorted by place.
struct OpenReason {
    std::string file; ///< absolute
    std::uint32_t line = 0; ///< from 1
    std::string why;
    Doubt doubt = Doubt::Unread;
    std::string variable = {}; ///< The environment variable that would have to be set; empty if it is another matter.

    friend auto operator<=>(const OpenReason &, const OpenReason &) = default;
};

} // namespace nuages::python
