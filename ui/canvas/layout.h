#pragma once

#include "ui/canvas/kindorder.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <span>
#include <vector>

namespace nuages::canvas {

/// A node that has no place yet.
struct Node {
    quint32 id = 0;
    QString kind; ///< One of the kinds of the order.
    QString file; ///< The path that its key names; empty if none.
    bool isOutside = false; ///< The file is none of the project.
    QString key;
};

struct Place {
    int column = 0; ///< An index into `Arrangement::kinds`.
    int row = 0; ///< From 0.

    friend bool operator==(const Place &, const Place &) = default;
};

/// Where every node of a picture stands; no two at the same place.
struct Arrangement {
    QStringList kinds; ///< The kinds that have a node, from left to right.
    QHash<quint32, Place> places;
    int rows = 0; ///< One more than the last row with a node.

    friend bool operator==(const Arrangement &, const Arrangement &) = default;
};

/// Gives every node its place: the column by its kind, in the order of `kinds`, the row by its file.
///
/// From scratch the rows follow the paths of the files, those of the project first, then what has no file, then those
/// outside; `firstFile`, if any, comes on top. A file has as many rows, one below the other, as it has nodes of one
/// kind, in the order of their keys. With the `previous` arrangement a node that was there keeps its row; a new one
/// takes a free place in the rows of its file, else in the first free row, else below all others. Holes stay, until
/// they are more than a third of the rows: then, and if most nodes are new, it starts from scratch. Linear in nodes but
/// for sorting them.
Arrangement arrange(std::span<const Node> nodes, std::span<const KindPlace> kinds, const Arrangement &previous = {},
                    const QString &firstFile = {});

} // namespace nuages::canvas
