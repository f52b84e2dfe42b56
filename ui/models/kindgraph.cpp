#include "ui/models/kindgraph.h"

#include "ui/models/text.h"

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
        for (const trace::NodeId read : store.reads(node))
            m_reads.emplace(reader, kindOf(read));
    }
    if (m_reads.size() == before && m_kinds.size() == kindsBefore)
        return;

    std::vector<canvas::KindRead> reads;
    for (const auto &[reader, read] : m_reads) {
        if (reader != read)
            reads.emplace_back(m_kinds[reader], m_kinds[read]);
    }
    m_order = canvas::orderOfKinds(m_kinds, reads);
    m_places.clear();
    for (std::size_t place = 0; place < m_order.size(); ++place)
        m_places.insert(m_order[place].kind, int(place));
}

int KindGraph::numberOf(const std::string &kind)
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
