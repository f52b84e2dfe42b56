#pragma once

#include "ui/models/rowmodel.h"
#include "ui/models/shares.h"

#include <QString>

#include <span>

namespace nuages::trace {
class Store;
}

namespace nuages::models {

struct RevisionRow {
    std::uint32_t revision = 0;
    QString label; ///< "didChange base.html v17".
    Shares shares;
    ShareTimes times{};
    bool isBig = false; ///< Worth its label above the bar: not a keystroke.
    bool isThinned = false; ///< Only counts are kept of it.

    std::uint32_t key() const { return revision; }
    friend bool operator==(const RevisionRow &, const RevisionRow &) = default;
};

/// The bars of the revision strip, oldest first. Rows are only appended, changed while their revision is the latest,
/// and dropped at the front beyond `limit`.
class Revisions : public RowModel<RevisionRow>
{
    Q_OBJECT

public:
    enum Column : int { RevisionColumn, LabelColumn, SharesColumn, ColumnCount };

    static constexpr std::size_t limit = 50'000;

    using RowModel::RowModel;

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void update(const trace::Store &store, std::span<const std::uint32_t> touched);
};

} // namespace nuages::models
