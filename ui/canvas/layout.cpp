#include "ui/canvas/layout.h"

#include <QSet>

#include <algorithm>
#include <set>
#include <tuple>

namespace nuages::canvas {

namespace {

/// Which places are taken, and which rows belong to which file.
class Rows
{
public:
    bool isFree(const Place &place) const { return !m_taken.contains({place.row, place.column}); }

    void take(const Place &place, const QString &file)
    {
        m_taken.insert({place.row, place.column});
        if (m_used.insert(place.row).second)
            m_rowsOf[file].push_back(place.row);
        m_end = std::max(m_end, place.row + 1);
    }

    /// The first row of `file` with a free place in `column`, else the first empty row.
    int rowFor(int column, const QString &file)
    {
        for (const int row : m_rowsOf[file]) {
            if (isFree({.column = column, .row = row}))
                return row;
        }
        while (m_used.contains(m_firstEmpty))
            ++m_firstEmpty;
        return m_firstEmpty;
    }

    int end() const { return m_end; }
    int holes() const { return m_end - static_cast<int>(m_used.size()); }

private:
    std::set<std::pair<int, int>> m_taken; // row, column
    std::set<int> m_used;
    QHash<QString, std::vector<int>> m_rowsOf;
    int m_firstEmpty = 0; // Invariant: every row above it is used.
    int m_end = 0;
};

std::vector<const Node *> inReadingOrder(std::span<const Node> nodes, const QString &firstFile)
{
    std::vector<const Node *> sorted;
    sorted.reserve(nodes.size());
    for (const Node &node : nodes)
        sorted.push_back(&node);
    const auto rank = [&](const Node &node) {
        if (node.file.isEmpty())
            return 2;
        if (node.file == firstFile)
            return 0;
        return node.isOutside ? 3 : 1;
    };
    std::ranges::sort(sorted, {}, [&](const Node *node) {
        return std::tuple<int, const QString &, const QString &, quint32>(rank(*node), node->file, node->key, node->id);
    });
    return sorted;
}

} // namespace

Arrangement arrange(std::span<const Node> nodes, std::span<const KindPlace> kinds, const Arrangement &previous,
                    const QString &firstFile)
{
    QSet<QString> present;
    for (const Node &node : nodes)
        present.insert(node.kind);
    Arrangement result;
    QHash<QString, int> columns;
    for (const KindPlace &kind : kinds) {
        if (present.contains(kind.kind)) {
            columns.insert(kind.kind, static_cast<int>(result.kinds.size()));
            result.kinds.push_back(kind.kind);
        }
    }

    Rows rows;
    const auto place = [&](const Node &node, int row) {
        const Place at{.column = columns.value(node.kind), .row = row};
        rows.take(at, node.file);
        result.places.insert(node.id, at);
    };

    const std::vector<const Node *> sorted = inReadingOrder(nodes, firstFile);
    std::vector<const Node *> added;
    for (const Node *node : sorted) {
        const auto before = previous.places.constFind(node->id);
        if (before == previous.places.cend() || !rows.isFree({columns.value(node->kind), before->row}))
            added.push_back(node);
        else
            place(*node, before->row);
    }
    for (const Node *node : added)
        place(*node, rows.rowFor(columns.value(node->kind), node->file));

    const bool mostlyNew = added.size() * 2 > nodes.size();
    if (!previous.places.isEmpty() && (mostlyNew || rows.holes() * 3 > rows.end()))
        return arrange(nodes, kinds, {}, firstFile);
    result.rows = rows.end();
    return result;
}

} // namespace nuages::canvas
