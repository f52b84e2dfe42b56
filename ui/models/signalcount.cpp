#include "ui/models/signalcount.h"

namespace nuages::models {

SignalCount::Totals SignalCount::Totals::operator-(const Totals &earlier) const
{
    return {resets - earlier.resets, inserted - earlier.inserted, removed - earlier.removed,
            moved - earlier.moved,   changed - earlier.changed,   emissions - earlier.emissions};
}

void SignalCount::watch(const QAbstractItemModel &model)
{
    const auto rows = [](int first, int last) {
        return static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first) + 1;
    };
    const auto reset = [this] {
        ++m_totals.resets;
        ++m_totals.emissions;
    };
    connect(&model, &QAbstractItemModel::modelReset, this, reset);
    connect(&model, &QAbstractItemModel::layoutChanged, this, reset);
    connect(&model, &QAbstractItemModel::rowsInserted, this, [this, rows](const QModelIndex &, int first, int last) {
        m_totals.inserted += rows(first, last);
        ++m_totals.emissions;
    });
    connect(&model, &QAbstractItemModel::rowsRemoved, this, [this, rows](const QModelIndex &, int first, int last) {
        m_totals.removed += rows(first, last);
        ++m_totals.emissions;
    });
    connect(&model, &QAbstractItemModel::rowsMoved, this, [this, rows](const QModelIndex &, int first, int last) {
        m_totals.moved += rows(first, last);
        ++m_totals.emissions;
    });
    connect(&model, &QAbstractItemModel::dataChanged, this,
            [this, rows](const QModelIndex &topLeft, const QModelIndex &bottomRight) {
                m_totals.changed += rows(topLeft.row(), bottomRight.row());
                ++m_totals.emissions;
            });
}

} // namespace nuages::models
