#pragma once

#include <QAbstractTableModel>

#include <algorithm>
#include <iterator>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <vector>

namespace nuages::models {

/// A table of rows that changes by exact signals: what is not there any more is removed, what is new inserted, and
/// dataChanged() names only rows that differ. Never a reset.
///
/// `Row` is a value with equality and a hashable `key()` that no other row has. The derived model gives columns and
/// texts. Lives on the GUI thread.
template <class Row>
class RowModel : public QAbstractTableModel
{
public:
    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }

    const std::vector<Row> &rows() const { return m_rows; }

protected:
    using Key = std::remove_cvref_t<decltype(std::declval<const Row &>().key())>;

    /// Makes the rows equal to `wanted`. Linear in both, however little differs.
    void setRows(std::vector<Row> wanted);

    /// Replaces one row; nothing is emitted if it is the same.
    void setRow(int row, Row value);

    void insertRow(int row, Row value);

    void dropRow(int row) { removeSpan(row, row); }

    /// Adds `rows`, which are sorted by `isBefore` like those that are there. None has a key that is there.
    template <class Before>
    void insertSorted(std::vector<Row> rows, Before isBefore);

    /// Adds `rows` at the end, in one signal.
    void appendRows(std::vector<Row> rows)
    {
        if (!rows.empty())
            insertSpan(rowCount(), std::move(rows));
    }

    /// Drops the first `count` rows.
    void removeFront(std::size_t count)
    {
        if (count > 0)
            removeSpan(0, int(count) - 1);
    }

private:
    void removeRowsNotIn(const std::vector<Row> &wanted);
    void removeSpan(int first, int last);
    void insertSpan(int at, std::vector<Row> rows);

    std::vector<Row> m_rows; // Invariant: no two have the same key.
};

template <class Row>
void RowModel<Row>::setRows(std::vector<Row> wanted)
{
    removeRowsNotIn(wanted);
    std::unordered_set<Key> present;
    for (const Row &row : m_rows)
        present.insert(row.key());

    for (std::size_t at = 0; at < wanted.size();) {
        if (at < m_rows.size() && m_rows[at].key() == wanted[at].key()) {
            setRow(int(at), std::move(wanted[at]));
            ++at;
        } else if (!present.contains(wanted[at].key())) {
            std::size_t end = at + 1;
            while (end < wanted.size() && !present.contains(wanted[end].key()))
                ++end;
            insertSpan(int(at), {wanted.begin() + std::ptrdiff_t(at), wanted.begin() + std::ptrdiff_t(end)});
            at = end;
        } else { // It is further down: it changes places, which is rare.
            const auto found = std::ranges::find(m_rows, wanted[at].key(), &Row::key);
            const int from = int(found - m_rows.begin());
            beginMoveRows({}, from, from, {}, int(at));
            std::rotate(m_rows.begin() + std::ptrdiff_t(at), found, found + 1);
            endMoveRows();
        }
    }
}

template <class Row>
void RowModel<Row>::setRow(int row, Row value)
{
    if (m_rows[std::size_t(row)] == value)
        return;
    m_rows[std::size_t(row)] = std::move(value);
    Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
}

template <class Row>
template <class Before>
void RowModel<Row>::insertSorted(std::vector<Row> rows, Before isBefore)
{
    while (!rows.empty()) { // The last ones first: the places of the others stay as they are.
        const auto at = std::ranges::lower_bound(m_rows, rows.back(), isBefore);
        const auto first =
            at == m_rows.begin() ? rows.begin() : std::ranges::upper_bound(rows, *std::prev(at), isBefore);
        std::vector<Row> span(std::make_move_iterator(first), std::make_move_iterator(rows.end()));
        rows.erase(first, rows.end());
        insertSpan(int(at - m_rows.begin()), std::move(span));
    }
}

template <class Row>
void RowModel<Row>::insertRow(int row, Row value)
{
    beginInsertRows({}, row, row);
    m_rows.insert(m_rows.begin() + row, std::move(value));
    endInsertRows();
}

template <class Row>
void RowModel<Row>::removeRowsNotIn(const std::vector<Row> &wanted)
{
    std::unordered_set<Key> kept;
    for (const Row &row : wanted)
        kept.insert(row.key());
    const auto isGone = [&](int row) { return !kept.contains(m_rows[std::size_t(row)].key()); };

    for (int last = int(m_rows.size()) - 1; last >= 0; --last) {
        if (!isGone(last))
            continue;
        int first = last;
        while (first > 0 && isGone(first - 1))
            --first;
        removeSpan(first, last);
        last = first;
    }
}

template <class Row>
void RowModel<Row>::removeSpan(int first, int last)
{
    beginRemoveRows({}, first, last);
    m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
    endRemoveRows();
}

template <class Row>
void RowModel<Row>::insertSpan(int at, std::vector<Row> rows)
{
    beginInsertRows({}, at, at + int(rows.size()) - 1);
    m_rows.insert(m_rows.begin() + at, std::move_iterator(rows.begin()), std::move_iterator(rows.end()));
    endInsertRows();
}

} // namespace nuages::models
