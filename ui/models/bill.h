#pragma once

#include "ui/models/rowmodel.h"
#include "ui/models/shares.h"

#include <QString>

namespace nuages::trace {
class Store;
}

namespace nuages::models {

struct BillRow {
    trace::Outcome segment = trace::Outcome::ExecutedChanged;
    std::uint32_t count = 0;
    std::uint64_t ns = 0; ///< Own time of the executions; 0 where nothing is timed.

    int key() const { return int(segment); }
    friend bool operator==(const BillRow &, const BillRow &) = default;
};

/// What one revision cost: a line for each outcome that the window always shows, and one for each other that occurred.
class Bill : public RowModel<BillRow>
{
    Q_OBJECT

public:
    enum Column : int { OutcomeColumn, CountColumn, TimeColumn, ColumnCount };

    using RowModel::RowModel;

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    QString title() const { return m_title; } ///< "Revision 118".
    QString subtitle() const { return m_subtitle; } ///< "low · 1 input".

    void update(const trace::Store &store, std::uint32_t revision);

Q_SIGNALS:
    void titleChanged();

private:
    QString m_title;
    QString m_subtitle;
};

} // namespace nuages::models
