#pragma once

#include "engine/trace/store.h"
#include "ui/canvas/kindorder.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <set>
#include <span>
#include <utility>
#include <vector>

namespace nuages::models {

/// Which kinds of query read which: the whole graph with each kind drawn together into one node.
///
/// It decides the order of kinds everywhere, so that a column of the picture and a row of the list stay where they are:
/// those of the program stand in an order of their own, whatever has been seen of them; others follow, by who reads
/// whom. Grows with what a batch brings; an edge between kinds is never taken out again.
class KindGraph
{
public:
    /// Takes in the reads of `nodes`. Cost in proportion to those.
    void add(const trace::Store &store, std::span<const trace::NodeId> nodes);

    /// Kinds from left to right, what reads nothing first.
    const std::vector<canvas::KindPlace> &order() const { return m_order; }

    /// The reads between queries of two kinds, as they were in the shown revision; only of what is known of it.
    struct Edge {
        int from = 0; ///< What is read: a place in order().
        int to = 0;
        std::uint32_t count = 0;

        friend bool operator==(const Edge &, const Edge &) = default;
    };

    /// Cost in proportion to all reads of the store.
    std::vector<Edge> edges(const trace::Store &store, trace::Revision revision) const;

    /// Place of a kind in order(); its size for one that is not there.
    int placeOf(const QString &kind) const { return m_places.value(kind, int(m_order.size())); }

private:
    int numberOf(std::string_view kind);
    void sortKinds();

    QStringList m_kinds; ///< By number.
    QHash<QByteArray, int> m_numbers;
    std::set<std::pair<int, int>> m_reads; ///< Reader, read.
    std::vector<int> m_kindOf; ///< By node id; -1 for one not seen yet.
    std::vector<canvas::KindPlace> m_order;
    QHash<QString, int> m_places;
};

} // namespace nuages::models
