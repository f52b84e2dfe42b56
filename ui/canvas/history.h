#pragma once

#include "ui/canvas/outcome.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace nuages::canvas {

using OutcomeCounts = std::array<std::uint32_t, outcomeCount>;
using OutcomeTimes = std::array<std::uint64_t, outcomeCount>; ///< Nanoseconds.

/// One revision in the strip.
struct Bar {
    quint64 revision = 0;
    QString label; ///< Of a big event: "settings.py". Empty for a plain edit.
    OutcomeCounts counts{};
    OutcomeTimes times{}; ///< Own time of what ran, by outcome.

    friend bool operator==(const Bar &, const Bar &) = default;
};

/// All revisions, and summaries of them for when there are more than pixels.
///
/// On level k a slot stands for 2^k revisions that follow each other; of each outcome it holds the most that one of
/// them had, so that no peak is lost from far away. Adding costs one step a level; all levels together are as large
/// as the first.
class History
{
public:
    std::size_t size() const { return m_bars.size(); }
    const Bar &bar(std::size_t index) const { return m_bars[index]; }
    const std::vector<Bar> &bars() const { return m_bars; }

    void clear();
    void append(Bar bar);

    /// Takes new counts and times for the bar at `index`, whose revision is still running.
    void setCounts(std::size_t index, const OutcomeCounts &counts, const OutcomeTimes &times = {});

    /// How many slots a level has.
    std::size_t slots(int level) const { return (m_bars.size() + (std::size_t{1} << level) - 1) >> level; }
    OutcomeCounts counts(int level, std::size_t slot) const { return summary(level, slot).counts; }
    OutcomeTimes times(int level, std::size_t slot) const { return summary(level, slot).times; }

    /// The index of the bar of `revision`, else of the last one before it; 0 if there is none.
    std::size_t indexOf(quint64 revision) const;

    /// Indices of the bars that have a label, in order.
    const std::vector<std::size_t> &labelled() const { return m_labelled; }

private:
    struct Summary {
        OutcomeCounts counts{};
        OutcomeTimes times{};
    };

    Summary summary(int level, std::size_t slot) const;
    void summarise(std::size_t index);

    std::vector<Bar> m_bars; // Invariant: their revisions rise.
    std::vector<std::vector<Summary>> m_levels; // From level 1.
    std::vector<std::size_t> m_labelled;
};

} // namespace nuages::canvas
