#pragma once

#include "ui/canvas/kindorder.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <compare>
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

/// Whose row it is: the `index`-th of a file.
struct RowOwner {
    int rank = 0; ///< 0 for a file of the project, 1 for what has no file, 2 for what lies outside.
    QString file;
    int index = 0;

    friend auto operator<=>(const RowOwner &, const RowOwner &) = default;
};

/// Where every node of a picture stands; no two at the same place.
struct Arrangement {
    QStringList kinds; ///< From left to right.
    std::vector<RowOwner> rows; ///< From top to bottom.
    QHash<quint32, Place> places;

    friend bool operator==(const Arrangement &, const Arrangement &) = default;
};

/// Gives every node its place: the column by its kind, in the order of `kinds`, the row by its file.
///
/// Rows follow the paths of the files: those of the project first, then what has no file, then those outside. A file
/// has as many rows, one below the other, as it has nodes of one kind, in the order of their keys. So two nodes stand
/// in the same order in every picture of a project. Columns and rows of the `previous` arrangement stay, even where
/// nothing is left in them, so that what was there keeps its place; once more than a third of the columns, or of the
/// rows, are empty, those are closed. Linear in nodes but for sorting them.
Arrangement arrange(std::span<const Node> nodes, std::span<const KindPlace> kinds, const Arrangement &previous = {});

} // namespace nuages::canvas
