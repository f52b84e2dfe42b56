#include "ui/canvas/kindorder.h"

#include <QMap>

#include <algorithm>
#include <tuple>

namespace nuages::canvas {

namespace {

using ReadLists = std::vector<std::vector<std::size_t>>;

/// The group of each node. Groups are numbered so that a node reads only its own group and lower ones.
class Components
{
public:
    explicit Components(const ReadLists &reads)
        : m_reads(reads), m_low(reads.size(), unseen), m_order(reads.size(), unseen), m_group(reads.size(), unseen)
    {
        for (std::size_t node = 0; node < reads.size(); ++node) {
            if (m_order[node] == unseen)
                walkFrom(node);
        }
    }

    int groupOf(std::size_t node) const { return m_group[node]; }
    int count() const { return m_groups; }

private:
    static constexpr int unseen = -1;

    struct Step {
        std::size_t node;
        std::size_t next; ///< The read to look at next.
    };

    void walkFrom(std::size_t root)
    {
        std::vector<Step> path;
        enter(path, root);
        while (!path.empty()) {
            Step &step = path.back();
            const std::size_t node = step.node;
            if (step.next < m_reads[node].size()) {
                const std::size_t read = m_reads[node][step.next++];
                if (m_order[read] == unseen)
                    enter(path, read);
                else if (m_group[read] == unseen)
                    m_low[node] = std::min(m_low[node], m_order[read]);
                continue;
            }
            path.pop_back();
            if (!path.empty())
                m_low[path.back().node] = std::min(m_low[path.back().node], m_low[node]);
            if (m_low[node] == m_order[node])
                closeGroup(node);
        }
    }

    void enter(std::vector<Step> &path, std::size_t node)
    {
        m_order[node] = m_low[node] = m_entered++;
        m_open.push_back(node);
        path.push_back({.node = node, .next = 0});
    }

    void closeGroup(std::size_t root)
    {
        std::size_t node = root;
        do {
            node = m_open.back();
            m_open.pop_back();
            m_group[node] = m_groups;
        } while (node != root);
        ++m_groups;
    }

    const ReadLists &m_reads;
    std::vector<int> m_low;
    std::vector<int> m_order;
    std::vector<int> m_group;
    std::vector<std::size_t> m_open;
    int m_entered = 0;
    int m_groups = 0;
};

} // namespace

std::vector<KindPlace> orderOfKinds(const QStringList &kinds, const std::vector<KindRead> &reads)
{
    QMap<QString, std::size_t> numbers; // sorted by name, so the arguments' order is forgotten
    for (const QString &kind : kinds)
        numbers.insert(kind, 0);
    for (const KindRead &read : reads) {
        numbers.insert(read.reader, 0);
        numbers.insert(read.read, 0);
    }
    std::size_t next = 0;
    for (std::size_t &number : numbers)
        number = next++;

    ReadLists lists(next);
    for (const KindRead &read : reads)
        lists[numbers.value(read.reader)].push_back(numbers.value(read.read));

    const Components components(lists);
    const auto groups = static_cast<std::size_t>(components.count());
    std::vector<std::vector<std::size_t>> members(groups);
    for (std::size_t node = 0; node < lists.size(); ++node)
        members[static_cast<std::size_t>(components.groupOf(node))].push_back(node);

    std::vector<int> ranks(groups, 0); // a group reads only lower ones, whose ranks are known by then
    for (std::size_t group = 0; group < groups; ++group) {
        for (const std::size_t node : members[group]) {
            for (const std::size_t read : lists[node]) {
                const auto other = static_cast<std::size_t>(components.groupOf(read));
                if (other != group)
                    ranks[group] = std::max(ranks[group], ranks[other] + 1);
            }
        }
    }

    // By rank, then by the first name of the group, so that a group stays together, then by name.
    const QStringList names = numbers.keys();
    std::vector<std::tuple<int, std::size_t, std::size_t>> sorted;
    for (std::size_t group = 0; group < groups; ++group) {
        for (const std::size_t node : members[group])
            sorted.emplace_back(ranks[group], members[group].front(), node);
    }
    std::ranges::sort(sorted);

    std::vector<KindPlace> places;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const auto &[rank, first, node] = sorted[i];
        const bool together = i > 0 && std::get<1>(sorted[i - 1]) == first;
        const int group = i == 0 ? 0 : places.back().group + (together ? 0 : 1);
        places.push_back({.kind = names.at(static_cast<qsizetype>(node)), .rank = rank, .group = group});
    }
    return places;
}

} // namespace nuages::canvas
