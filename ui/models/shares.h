#pragma once

#include "engine/trace/store.h"

#include <QMetaType>
#include <QString>

#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>

namespace nuages::models {

/// How the memos of one revision, or of one kind in it, fared: the segments of a stacked bar, in their order.
enum class Share : std::uint8_t {
    Changed, ///< Ran, and its value differs; of an input: was set.
    Backdated, ///< Ran, same value.
    New, ///< Ran for the first time.
    Kept, ///< Checked, and needed not run.
    NotChecked, ///< Nobody asked for it, or its durability spoke for it.
    Stopped, ///< Cancelled, evicted, or in a cycle.
};

inline constexpr std::size_t shareCount = 6;

struct Shares {
    std::array<std::uint32_t, shareCount> counts{};

    std::uint32_t &operator[](Share share) { return counts[std::size_t(share)]; }
    std::uint32_t operator[](Share share) const { return counts[std::size_t(share)]; }
    std::uint32_t total() const { return std::accumulate(counts.begin(), counts.end(), 0U); }

    friend bool operator==(const Shares &, const Shares &) = default;
};

/// "Ran, same value".
QString nameOf(Share share);

Share shareOf(trace::Outcome outcome);

/// The outcome whose colour and glyph stand for a share.
trace::Outcome outcomeOf(Share share);

/// All of one revision, from its exact counts.
Shares sharesOf(const trace::RevisionRecord &revision);

/// Own time of what ran, in nanoseconds, by share.
using ShareTimes = std::array<std::uint64_t, shareCount>;
ShareTimes timesOf(const trace::RevisionRecord &revision);

} // namespace nuages::models

Q_DECLARE_METATYPE(nuages::models::Shares)
