#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace nuages::trace {

/// What became of a node in a revision.
enum class Outcome : std::uint8_t {
    NotChecked, ///< Nobody asked for it, or no input of its durability had changed, so that nothing was looked at.
    Validated, ///< What it read was looked at, and nothing had changed.
    ExecutedNew, ///< Ran for the first time.
    ExecutedChanged, ///< Ran, and its value differs.
    ExecutedBackdated, ///< Ran, and its value is the same.
    InputSet, ///< A transaction set this field.
    Cancelled, ///< Was running when its reader had to stop.
    Cycle, ///< Was asked for while it needed itself.
    Evicted, ///< Its value was dropped. The engine does not evict yet.
};

/// Every outcome once, in the order of the enum.
inline constexpr std::array allOutcomes = {
    Outcome::NotChecked, Outcome::Validated, Outcome::ExecutedNew, Outcome::ExecutedChanged, Outcome::ExecutedBackdated,
    Outcome::InputSet,   Outcome::Cancelled, Outcome::Cycle,       Outcome::Evicted,
};
inline constexpr std::size_t outcomeCount = allOutcomes.size();

constexpr std::size_t indexOf(Outcome outcome) { return static_cast<std::size_t>(outcome); }

/// "ran, same value": the words that people see.
const char *nameOf(Outcome outcome);

constexpr bool isExecution(Outcome outcome)
{
    return outcome == Outcome::ExecutedNew || outcome == Outcome::ExecutedChanged
        || outcome == Outcome::ExecutedBackdated;
}

/// Whether whoever read the node before must look again.
constexpr bool isChange(Outcome outcome)
{
    return outcome == Outcome::ExecutedNew || outcome == Outcome::ExecutedChanged || outcome == Outcome::InputSet;
}

} // namespace nuages::trace
