#pragma once

#include <QString>

#include <array>
#include <cstddef>

namespace nuages::canvas {

/// What became of one memo or input in one revision, as it is drawn.
///
/// The names are those of the trace; this is an enum of its own because the canvas knows no engine.
enum class Outcome {
    NotChecked, ///< Nobody asked, or its durability made the question needless.
    Validated, ///< Its dependencies were checked and the value was kept.
    ExecutedNew,
    ExecutedChanged,
    ExecutedBackdated, ///< Executed, and the value came out the same.
    InputSet,
    Cancelled,
    Cycle,
    Evicted,
};

inline constexpr std::size_t outcomeCount = 9;

/// Every outcome once, in the order of the enum.
inline constexpr std::array<Outcome, outcomeCount> allOutcomes = {
    Outcome::NotChecked, Outcome::Validated, Outcome::ExecutedNew, Outcome::ExecutedChanged, Outcome::ExecutedBackdated,
    Outcome::InputSet,   Outcome::Cancelled, Outcome::Cycle,       Outcome::Evicted,
};

constexpr std::size_t indexOf(Outcome outcome) { return static_cast<std::size_t>(outcome); }

/// The outcome in plain words and lower case: "ran, same value".
QString plainWords(Outcome outcome);

} // namespace nuages::canvas
