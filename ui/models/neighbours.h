#pragma once

#include "ui/models/rowmodel.h"

#include <QString>

namespace nuages::trace {
class Store;
}

namespace nuages::models {

struct NeighbourRow {
    enum class Side : std::uint8_t { Path, Reads, ReadBy };

    Side side = Side::Reads;
    QString name;
    std::uint32_t node = 0;
    int outcome = 0; ///< trace::Outcome in the shown revision; -1 if it is not kept.

    std::uint64_t key() const { return std::uint64_t(side) << 32U | node; }
    friend bool operator==(const NeighbourRow &, const NeighbourRow &) = default;
};

/// What the graph draws as a list, for those who do not see it. First the path that is shown, from what is read to its
/// last reader, or that there is none; then the neighbours of the selected node: what it reads, in the order of
/// reading, then who reads it, by name; of a past revision only what is known to be the same as now. At most `limit` of
/// each, the last row says how many more there are.
class Neighbours : public RowModel<NeighbourRow>
{
    Q_OBJECT

public:
    enum Column : int { SideColumn, NameColumn, OutcomeColumn, ColumnCount };

    static constexpr std::size_t limit = 500;

    using RowModel::RowModel;

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// `path` is what is shown of one, `whyNoPath` the words where one was asked for and there is none.
    void update(const trace::Store &store, std::uint32_t node, std::uint32_t revision,
                const std::vector<std::uint32_t> &path = {}, const QString &whyNoPath = {});
};

} // namespace nuages::models
