#include "ui/canvas/layout.h"

#include <QSet>

#include <algorithm>
#include <tuple>

namespace nuages::canvas {

namespace {

int rankOf(const Node &node)
{
    if (node.file.isEmpty())
        return 1;
    return node.isOutside ? 2 : 0;
}

std::vector<const Node *> inReadingOrder(std::span<const Node> nodes)
{
    std::vector<const Node *> sorted;
    sorted.reserve(nodes.size());
    for (const Node &node : nodes)
        sorted.push_back(&node);
    std::ranges::sort(sorted, {}, [](const Node *node) {
        return std::tuple<int, const QString &, const QString &, quint32>(rankOf(*node), node->file, node->key,
                                                                          node->id);
    });
    return sorted;
}

/// Both sorted. What only `previous` has is kept as long as it is no more than a third of all.
std::vector<RowOwner> withEmptyOnes(const std::vector<RowOwner> &present, const std::vector<RowOwner> &previous)
{
    std::vector<RowOwner> all;
    std::ranges::set_union(present, previous, std::back_inserter(all));
    return (all.size() - present.size()) * 3 > all.size() ? present : all;
}

/// The kinds that have a column, in their order.
QStringList columnsFor(std::span<const Node> nodes, std::span<const KindPlace> kinds, const QStringList &previous)
{
    QSet<QString> present;
    for (const Node &node : nodes)
        present.insert(node.kind);
    const QSet<QString> before(previous.begin(), previous.end());
    QStringList filled;
    QStringList all;
    for (const KindPlace &kind : kinds) {
        if (present.contains(kind.kind))
            filled << kind.kind;
        if (present.contains(kind.kind) || before.contains(kind.kind))
            all << kind.kind;
    }
    return (all.size() - filled.size()) * 3 > all.size() ? filled : all;
}

} // namespace

Arrangement arrange(std::span<const Node> nodes, std::span<const KindPlace> kinds, const Arrangement &previous)
{
    Arrangement result;
    result.kinds = columnsFor(nodes, kinds, previous.kinds);
    QHash<QString, int> columns;
    for (int column = 0; column < result.kinds.size(); ++column)
        columns.insert(result.kinds.at(column), column);

    std::vector<std::pair<const Node *, RowOwner>> owners;
    QHash<std::pair<QString, QString>, int> nodesOf; // by file and kind
    for (const Node *node : inReadingOrder(nodes)) {
        const int index = nodesOf[{node->file, node->kind}]++;
        owners.emplace_back(node, RowOwner{rankOf(*node), node->file, index});
    }
    std::vector<RowOwner> present;
    for (const auto &[node, owner] : owners)
        present.push_back(owner);
    std::ranges::sort(present);
    present.erase(std::ranges::unique(present).begin(), present.end());
    result.rows = withEmptyOnes(present, previous.rows);
    for (const auto &[node, owner] : owners) {
        const auto row = std::ranges::lower_bound(result.rows, owner);
        result.places.insert(node->id, {.column = columns.value(node->kind), .row = int(row - result.rows.begin())});
    }
    return result;
}

} // namespace nuages::canvas
