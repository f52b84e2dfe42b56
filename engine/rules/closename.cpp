#include "engine/rules/closename.h"

#include <algorithm>
#include <format>
#include <vector>

namespace nuages::rules {

std::size_t editDistance(std::string_view left, std::string_view right, std::size_t limit)
{
    const std::size_t width = right.size();
    if (std::max(left.size(), width) - std::min(left.size(), width) > limit)
        return limit + 1;
    std::vector<std::size_t> older(width + 1), old(width + 1), row(width + 1);
    for (std::size_t j = 0; j <= width; ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= left.size(); ++i) {
        std::swap(older, old);
        std::swap(old, row);
        row[0] = i;
        for (std::size_t j = 1; j <= width; ++j) {
            const bool same = left[i - 1] == right[j - 1];
            row[j] = std::min({old[j] + 1, row[j - 1] + 1, old[j - 1] + (same ? 0 : 1)});
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                row[j] = std::min(row[j], older[j - 2] + 1);
        }
        if (*std::ranges::min_element(row) > limit)
            return limit + 1;
    }
    return std::min(row[width], limit + 1);
}

std::optional<std::string> closeName(std::string_view written, std::span<const std::string_view> names)
{
    std::size_t limit = std::max<std::size_t>(written.size() / 3, 1);
    std::optional<std::string_view> best;
    bool alone = true;
    for (const std::string_view name : names) {
        if (name == written || name == best)
            continue;
        const std::size_t distance = editDistance(written, name, limit);
        if (distance > limit)
            continue;
        alone = !best || distance < limit;
        best = name;
        limit = distance;
    }
    return best && alone ? std::optional<std::string>(*best) : std::nullopt;
}

std::string didYouMean(const std::optional<std::string> &name)
{
    return name ? std::format(", did you mean '{}'?", *name) : std::string();
}

} // namespace nuages::rules
