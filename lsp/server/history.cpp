#include "lsp/server/history.h"

#include <algorithm>
#include <ranges>
#include <string_view>
#include <utility>

namespace nuages::server {

History::History(source::Text text) : m_present(std::make_shared<const source::LineIndex>(std::move(text))) { }

void History::change(Moment moment, source::Text text)
{
    const std::string_view before = m_present->text().view();
    const std::string_view after = text.view();
    if (before == after)
        return;
    const std::size_t shorter = std::min(before.size(), after.size());
    std::size_t begin = 0;
    while (begin < shorter && before[begin] == after[begin])
        ++begin;
    std::size_t same = 0; // bytes at the end
    while (same < shorter - begin && before[before.size() - same - 1] == after[after.size() - same - 1])
        ++same;
    m_edits.push_back({moment, m_present, static_cast<std::uint32_t>(begin),
                       static_cast<std::uint32_t>(before.size() - same - begin),
                       static_cast<std::uint32_t>(after.size() - same - begin)});
    m_present = std::make_shared<const source::LineIndex>(std::move(text));
}

const History::Lines &History::at(Moment moment) const
{
    const auto later = std::ranges::upper_bound(m_edits, moment, {}, &Edit::moment);
    return later == m_edits.end() ? m_present : later->before;
}

std::span<const History::Edit> History::between(Moment after, Moment upTo) const
{
    const auto first = std::ranges::upper_bound(m_edits, after, {}, &Edit::moment);
    return {first, std::ranges::upper_bound(first, m_edits.end(), upTo, {}, &Edit::moment)};
}

std::optional<source::Range> History::back(source::Range range, Moment from, Moment moment) const
{
    for (const Edit &edit : between(moment, from) | std::views::reverse) {
        const std::uint32_t edge = edit.removed > 0 ? 1 : 0;
        if (range.end + edge <= edit.begin)
            continue;
        if (range.begin < edit.begin + edit.inserted + edge)
            return std::nullopt;
        range.begin = range.begin - edit.inserted + edit.removed;
        range.end = range.end - edit.inserted + edit.removed;
    }
    return range;
}

void History::forget(Moment oldest)
{
    m_edits.erase(m_edits.begin(), std::ranges::upper_bound(m_edits, oldest, {}, &Edit::moment));
}

} // namespace nuages::server
