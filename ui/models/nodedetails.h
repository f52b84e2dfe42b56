#pragma once

#include "ui/models/rowmodel.h"

#include <QString>

namespace nuages::trace {
class Store;
}

namespace nuages::models {

struct DetailRow {
    QString label;
    QString value;
    int outcome = -1; ///< trace::Outcome of a value that has one, for its colour.
    std::uint32_t node = 0; ///< The node that the value names; picking it selects that.

    const QString &key() const { return label; }
    friend bool operator==(const DetailRow &, const DetailRow &) = default;
};

/// What is known of the selected node in the shown revision: label and value, only those that apply.
class NodeDetails : public RowModel<DetailRow>
{
    Q_OBJECT

public:
    enum Column : int { LabelColumn, ValueColumn, ColumnCount };

    using RowModel::RowModel;

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role) const override;

    void update(const trace::Store &store, std::uint32_t node, std::uint32_t revision);
};

} // namespace nuages::models
