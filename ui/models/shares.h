#pragma once

#include "engine/trace/store.h"

#include <QMetaType>
#include <QString>

#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>

namespace nuages::models {

/// The segments of a stacked bar, in their order.
inline constexpr std::array segments = {
    trace::Outcome::ExecutedChanged, trace::Outcome::ExecutedBackdated, trace::Outcome::ExecutedNew,
    trace::Outcome::Validated,       trace::Outcome::NotChecked,        trace::Outcome::Cancelled,
    trace::Outcome::Cycle,           trace::Outcome::Evicted,
};

/// The segment that an outcome counts in: its own; an input that was set is one that changed.
constexpr trace::Outcome segmentOf(trace::Outcome outcome)
{
    return outcome == trace::Outcome::InputSet ? trace::Outcome::ExecutedChanged : outcome;
}

/// "Ran, same value": the words of an outcome, as a line begins with them.
QString titleOf(trace::Outcome segment);

/// How many memos of one revision, or of one kind in it, are in each segment.
struct Shares {
    std::array<std::uint32_t, trace::outcomeCount> counts{}; ///< By outcome.

    std::uint32_t &operator[](trace::Outcome segment) { return counts[trace::indexOf(segment)]; }
    std::uint32_t operator[](trace::Outcome segment) const { return counts[trace::indexOf(segment)]; }
    std::uint32_t total() const { return std::accumulate(counts.begin(), counts.end(), 0U); }

    friend bool operator==(const Shares &, const Shares &) = default;
};

/// All of one revision, from its exact counts.
Shares sharesOf(const trace::RevisionRecord &revision);

/// Own time of what ran, in nanoseconds, by segment.
using ShareTimes = std::array<std::uint64_t, trace::outcomeCount>;
ShareTimes timesOf(const trace::RevisionRecord &revision);

} // namespace nuages::models

Q_DECLARE_METATYPE(nuages::models::Shares)
