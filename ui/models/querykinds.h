#pragma once

#include "ui/models/rowmodel.h"
#include "ui/models/shares.h"

#include <QString>

namespace nuages::trace {
class Store;
}

namespace nuages::models {

class KindGraph;

struct KindRow {
    QString kind;
    std::uint32_t memos = 0;
    Shares shares; ///< In the shown revision.
    bool isKept = true; ///< Else the shares are not known any more.
    bool isSelected = false;

    const QString &key() const { return kind; }
    friend bool operator==(const KindRow &, const KindRow &) = default;
};

/// The queries by kind, in the order of the graph's columns: how many memos there are, and how those fared in the
/// revision that is shown.
class QueryKinds : public RowModel<KindRow>
{
    Q_OBJECT

public:
    enum Column : int { KindColumn, MemosColumn, SharesColumn, ColumnCount };

    using RowModel::RowModel;

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    std::uint64_t memoTotal() const { return m_memoTotal; } ///< Without inputs.

    void update(const trace::Store &store, const KindGraph &kinds, std::uint32_t revision, std::uint32_t selectedNode);

private:
    std::uint64_t m_memoTotal = 0;
};

} // namespace nuages::models
