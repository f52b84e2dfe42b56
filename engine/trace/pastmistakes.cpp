#include "engine/trace/pastmistakes.h"

#include <algorithm>
#include <iterator>

namespace nuages::trace {

void PastMistakes::add(const LookRecord &look)
{
    using Result = LookRecord::Result;
    ByRevision &looks = m_looks[look.path];
    const auto [place, isNew] = looks.try_emplace(look.revision);
    m_count += isNew;
    const auto before = place == looks.begin() ? nullptr : std::prev(place)->second;
    if (look.result == Result::Found)
        place->second = std::make_shared<const std::vector<Mistake>>(look.mistakes);
    else if (isNew && look.result == Result::Same)
        place->second = before; // Null where what it is the same as was never told.
    else if (look.result == Result::Ended)
        place->second = nullptr;
    thin();
}

/// The older half goes. What was known last before the other half stays, as it is true there as well.
void PastMistakes::thin()
{
    if (m_count <= std::max<std::size_t>(m_maxLooks, 1))
        return;
    std::vector<Revision> all;
    for (const auto &[path, looks] : m_looks) {
        for (const auto &[revision, found] : looks)
            all.push_back(revision);
    }
    const auto middle = all.begin() + std::ptrdiff_t(all.size() / 2);
    std::ranges::nth_element(all, middle);
    for (auto &[path, looks] : m_looks) {
        auto first = looks.upper_bound(*middle);
        if (first != looks.begin())
            --first;
        m_count -= std::size_t(std::distance(looks.begin(), first));
        looks.erase(looks.begin(), first);
    }
}

std::optional<PastMistakes::Known> PastMistakes::at(std::string_view path, Revision revision) const
{
    const auto looks = m_looks.find(path);
    if (looks == m_looks.end())
        return std::nullopt;
    const auto after = looks->second.upper_bound(revision);
    if (after == looks->second.begin() || !std::prev(after)->second)
        return std::nullopt;
    return Known{std::prev(after)->first, std::prev(after)->second};
}

std::vector<std::string> PastMistakes::paths() const
{
    std::vector<std::string> paths;
    for (const auto &[path, looks] : m_looks)
        paths.push_back(path);
    return paths;
}

} // namespace nuages::trace
