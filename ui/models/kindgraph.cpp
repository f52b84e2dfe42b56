#include "ui/models/kindgraph.h"

#include "ui/models/text.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace nuages::models {

void KindGraph::add(const trace::Store &store, std::span<const trace::NodeId> nodes)
{
    const std::size_t before = m_reads.size();
    const qsizetype kindsBefore = m_kinds.size();
    m_kindOf.resize(store.lastNode() + 1, -1);
    const auto kindOf = [&](trace::NodeId node) {
        int &kind = m_kindOf[node];
        if (kind < 0)
            kind = numberOf(store.node(node).kind);
        return kind;
    };
    for (const trace::NodeId node : nodes) {
        const int reader = kindOf(node);
        int last = -1; // Most have many of a kind side by side.
        for (const trace::NodeId read : store.reads(node)) {
            if (const int kind = kindOf(read); std::exchange(last, kind) != kind)
                m_reads.emplace(reader, kind);
        }
    }
    if (m_reads.size() == before && m_kinds.size() == kindsBefore)
        return;

    sortKinds();
}

void KindGraph::sortKinds()
{
    const auto placeIn = [this](int number) { return placeOfKind(m_kinds[number].toStdString()); };
    std::vector<std::pair<int, int>> known; // place, number
    QStringList others;
    for (int number = 0; number < m_kinds.size(); ++number) {
        if (const std::optional<int> place = placeIn(number))
            known.emplace_back(*place, number);
        else
            others << m_kinds[number];
    }
    std::ranges::sort(known);
    std::vector<canvas::KindRead> reads;
    for (const auto &[reader, read] : m_reads) {
        if (reader != read && !placeIn(reader) && !placeIn(read))
            reads.emplace_back(m_kinds[reader], m_kinds[read]);
    }
    m_order.clear();
    for (const auto &[place, number] : known)
        m_order.push_back({.kind = m_kinds[number], .rank = place, .group = place});
    std::ranges::move(canvas::orderOfKinds(others, reads), std::back_inserter(m_order));
    m_places.clear();
    for (std::size_t place = 0; place < m_order.size(); ++place)
        m_places.insert(m_order[place].kind, int(place));
}

std::vector<KindGraph::Edge> KindGraph::edges(const trace::Store &store, trace::Revision revision) const
{
    const auto kinds = std::size_t(m_kinds.size());
    std::vector<std::uint32_t> counts(kinds * kinds); // by the numbers of what is read and of the reader
    for (trace::NodeId reader = 1; reader < m_kindOf.size(); ++reader) {
        const trace::NodeState &state = store.state(reader);
        if (state.reads.empty() || m_kindOf[reader] < 0 || state.born > revision || state.readsSince > revision)
            continue;
        const auto to = std::size_t(m_kindOf[reader]);
        for (const trace::NodeId read : state.reads) {
            if (read < m_kindOf.size() && m_kindOf[read] >= 0)
                ++counts[std::size_t(m_kindOf[read]) * kinds + to];
        }
    }
    std::vector<Edge> found;
    for (std::size_t at = 0; at < counts.size(); ++at) {
        if (counts[at] > 0)
            found.push_back(
                {placeOf(m_kinds[qsizetype(at / kinds)]), placeOf(m_kinds[qsizetype(at % kinds)]), counts[at]});
    }
    std::ranges::sort(found, {}, [](const Edge &edge) { return std::pair(edge.from, edge.to); });
    return found;
}

int KindGraph::numberOf(std::string_view kind)
{
    const auto raw = QByteArray::fromRawData(kind.data(), qsizetype(kind.size()));
    if (const auto known = m_numbers.constFind(raw); known != m_numbers.constEnd())
        return *known;
    const int number = int(m_kinds.size());
    m_kinds << toQString(kind);
    m_numbers.insert(QByteArray(kind.data(), qsizetype(kind.size())), number);
    return number;
}

} // namespace nuages::models
