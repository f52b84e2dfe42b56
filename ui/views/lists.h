#pragma once

#include <QPersistentModelIndex>
#include <QTableView>
#include <QTreeView>

#include <optional>
#include <vector>

namespace nuages::views {

/// A table as everywhere in the window: whole rows, no grid, rows of one height.
///
/// A row that the user goes to, by mouse or key, is picked(); a row that becomes current because the selection
/// moved elsewhere, or the list has the focus now, is not. Enter picks it.
class Table : public QTableView
{
    Q_OBJECT

public:
    Table(QAbstractItemModel *model, const QString &accessibleName, QWidget *parent = nullptr);

    /// Gives one column the room that is left, and the others what their cells need, at least `widths`.
    /// Where that leaves too little room to read it, those that are `spare` are not shown (see ColumnWidths).
    void setWidths(int stretched, const std::vector<int> &widths, const std::vector<int> &spare = {});

    /// Makes the row current that the selection names; without one nothing changes. Who walks through the list with the
    /// keys is left there until the selection moves, or the focus. One that is current already and was in view is so
    /// again if rows have come above it.
    void follow();
    void follow(const QModelIndex &index);

    /// Brings the current row into view: for when the selection has moved, not for each tick.
    void scrollToCurrent();

Q_SIGNALS:
    void picked(const QModelIndex &index);

protected:
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    bool m_isFollowing = false;
    QPersistentModelIndex m_followed; ///< The row that the selection names.
    std::optional<bool> m_wasInView; ///< The current row, before the first rows came above it since follow().
};

/// The same for a tree, which is always fully open.
class Tree : public QTreeView
{
    Q_OBJECT

public:
    Tree(QAbstractItemModel *model, const QString &accessibleName, QWidget *parent = nullptr);
    void follow();

Q_SIGNALS:
    void picked(const QModelIndex &index);

protected:
    void focusInEvent(QFocusEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void drawBranches(QPainter *, const QRect &, const QModelIndex &) const override { } // The indent says enough.

private:
    bool m_isFollowing = false;
};

} // namespace nuages::views
