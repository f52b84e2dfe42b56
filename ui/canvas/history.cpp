#include "ui/canvas/history.h"

#include <QtAssert>

#include <algorithm>

namespace nuages::canvas {

namespace {

/// Of each outcome the larger one.
template <class Values>
Values larger(const Values &one, const Values &other)
{
    Values result;
    std::ranges::transform(one, other, result.begin(), [](auto a, auto b) { return std::max(a, b); });
    return result;
}

} // namespace

void History::clear() { *this = History(); }

void History::append(Bar bar)
{
    Q_ASSERT(m_bars.empty() || m_bars.back().revision < bar.revision);
    if (!bar.label.isEmpty())
        m_labelled.push_back(m_bars.size());
    m_bars.push_back(std::move(bar));
    summarise(m_bars.size() - 1);
}

void History::setCounts(std::size_t index, const OutcomeCounts &counts, const OutcomeTimes &times)
{
    m_bars[index].counts = counts;
    m_bars[index].times = times;
    summarise(index);
}

History::Summary History::summary(int level, std::size_t slot) const
{
    if (level == 0)
        return {.counts = m_bars[slot].counts, .times = m_bars[slot].times};
    return m_levels[static_cast<std::size_t>(level) - 1][slot];
}

std::size_t History::indexOf(quint64 revision) const
{
    const auto after = std::ranges::upper_bound(m_bars, revision, {}, &Bar::revision);
    return after == m_bars.begin() ? 0 : static_cast<std::size_t>(after - m_bars.begin()) - 1;
}

void History::summarise(std::size_t index)
{
    for (int level = 1; slots(level - 1) > 1; ++level) {
        const std::size_t slot = index >> level;
        const std::size_t left = slot * 2;
        Summary both = summary(level - 1, left);
        if (left + 1 < slots(level - 1)) {
            const Summary right = summary(level - 1, left + 1);
            both = {.counts = larger(both.counts, right.counts), .times = larger(both.times, right.times)};
        }
        if (m_levels.size() < static_cast<std::size_t>(level))
            m_levels.emplace_back();
        auto &summaries = m_levels[static_cast<std::size_t>(level) - 1];
        if (summaries.size() <= slot)
            summaries.resize(slot + 1);
        summaries[slot] = both;
    }
}

} // namespace nuages::canvas
