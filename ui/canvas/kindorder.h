#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace nuages::canvas {

/// "Queries of kind `reader` read those of kind `read`."
struct KindRead {
    QString reader;
    QString read;
};

/// A query kind and where its column stands.
struct KindPlace {
    QString kind;
    int rank = 0; ///< 0 for what reads nothing; else one more than the highest rank that it reads.
    int group = 0; ///< Kinds that read each other in a cycle share rank and group, and stand side by side.

    friend bool operator==(const KindPlace &, const KindPlace &) = default;
};

/// The columns of all kinds, from left to right. A kind that is only named in `reads` has a column too.
///
/// Depends on the kinds and on who reads whom, and on nothing else: neither on nodes nor on the order of the
/// arguments. So a kind has the same column in every picture of a project. Every read between two groups leads from
/// a column to one further to the right.
///
/// Source: strongly connected components by Tarjan (1972), here iterative; then the longest path over the groups.
std::vector<KindPlace> orderOfKinds(const QStringList &kinds, const std::vector<KindRead> &reads);

} // namespace nuages::canvas
