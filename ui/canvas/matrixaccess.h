#pragma once

#include "ui/canvas/itemaccess.h"
#include "ui/canvas/matrixcanvas.h"

#include <QAccessibleWidget>
#include <QHash>

namespace nuages::canvas {

/// A cell of a matrix: whatever stands at its place, or that nothing does.
class MatrixCellAccess final : public ItemAccess, public QAccessibleTableCellInterface
{
public:
    MatrixCellAccess(MatrixCanvas *matrix, MatrixPlace place) : ItemAccess(matrix), m_place(place) { }

    MatrixPlace cell() const { return m_place; }

    QAccessible::Role role() const override { return QAccessible::Cell; }
    void *interface_cast(QAccessible::InterfaceType type) override;

    bool isSelected() const override { return isValid() && isCurrent(); }
    QList<QAccessibleInterface *> columnHeaderCells() const override { return {}; } // The table describes them.
    QList<QAccessibleInterface *> rowHeaderCells() const override { return {}; }
    int columnIndex() const override { return m_place.column; }
    int rowIndex() const override { return m_place.row; }
    int columnExtent() const override { return 1; }
    int rowExtent() const override { return 1; }
    QAccessibleInterface *table() const override { return parent(); }

private:
    MatrixCanvas *matrix() const { return static_cast<MatrixCanvas *>(area()); }
    bool exists() const override;
    bool canBePicked() const override;
    bool isCurrent() const override { return matrix()->current() == m_place; }
    QString words() const override;
    QRect place() const override { return matrix()->cellArea(m_place); }
    void goTo() override { matrix()->setCurrent(m_place); }
    void press() override;

    MatrixPlace m_place;
};

/// A matrix as a screen reader sees it: a table, of which one cell may be selected. Cells are made when they are asked
/// for, and are the children, row by row.
class MatrixAccess final : public QAccessibleWidget, public QAccessibleTableInterface
{
public:
    explicit MatrixAccess(MatrixCanvas *matrix) : QAccessibleWidget(matrix, QAccessible::Table) { }
    ~MatrixAccess() override;

    int childCount() const override { return rowCount() * columnCount(); }
    QAccessibleInterface *child(int index) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    QAccessibleInterface *caption() const override { return nullptr; }
    QAccessibleInterface *summary() const override { return nullptr; }
    QAccessibleInterface *cellAt(int row, int column) const override;
    int selectedCellCount() const override { return matrix()->current() ? 1 : 0; }
    QList<QAccessibleInterface *> selectedCells() const override;
    QString columnDescription(int column) const override;
    QString rowDescription(int row) const override;
    int selectedColumnCount() const override { return 0; }
    int selectedRowCount() const override { return 0; }
    int columnCount() const override { return matrix()->source().columns(); }
    int rowCount() const override { return matrix()->source().rows(); }
    QList<int> selectedColumns() const override { return {}; }
    QList<int> selectedRows() const override { return {}; }
    bool isColumnSelected(int) const override { return false; }
    bool isRowSelected(int) const override { return false; }
    bool selectRow(int) override { return false; }
    bool selectColumn(int) override { return false; }
    bool unselectRow(int) override { return false; }
    bool unselectColumn(int) override { return false; }
    void modelChange(QAccessibleTableModelChangeEvent *) override { } // Cells say what is there when they are asked.

private:
    MatrixCanvas *matrix() const { return static_cast<MatrixCanvas *>(widget()); }

    mutable QHash<std::pair<int, int>, QAccessible::Id>
        m_cells; // By row and column; filled by questions, which are const.
};

} // namespace nuages::canvas
