#pragma once

#include <QAbstractItemModel>
#include <QObject>

#include <cstdint>

namespace nuages::models {

/// Counts what models signal, so that a test can hold it against what really changed.
class SignalCount : public QObject
{
    Q_OBJECT

public:
    struct Totals {
        std::uint64_t resets = 0; ///< modelReset and layoutChanged: the view starts anew.
        std::uint64_t inserted = 0; ///< Rows.
        std::uint64_t removed = 0; ///< Rows.
        std::uint64_t moved = 0; ///< Rows.
        std::uint64_t changed = 0; ///< Rows that dataChanged() named.
        std::uint64_t emissions = 0; ///< Signals, of whatever kind.

        Totals operator-(const Totals &earlier) const;
        friend bool operator==(const Totals &, const Totals &) = default;
    };

    using QObject::QObject;

    /// Counts `model` from now on; it must outlive this object or be its sibling.
    void watch(const QAbstractItemModel &model);

    const Totals &totals() const { return m_totals; }

private:
    Totals m_totals;
};

} // namespace nuages::models
