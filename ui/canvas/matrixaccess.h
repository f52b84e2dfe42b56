#pragma once

#include "ui/canvas/matrixcanvas.h"

#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

namespace nuages::canvas {

/// A cell of a matrix as a screen reader sees it: whatever stands at its place, or that nothing does.
class MatrixCellAccess final : public QAccessibleInterface,
                               public QAccessibleTableCellInterface,
                               public QAccessibleActionInterface
{
public:
    MatrixCellAccess(MatrixCanvas *matrix, MatrixPlace place) : m_matrix(matrix), m_place(place) { }

    MatrixPlace place() const { return m_place; }

    bool isValid() const override;
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override;
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString &) override { }
    QRect rect() const override;
    QAccessible::Role role() const override { return QAccessible::Cell; }
    QAccessible::State state() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    bool isSelected() const override;
    QList<QAccessibleInterface *> columnHeaderCells() const override { return {}; } // The table describes them.
    QList<QAccessibleInterface *> rowHeaderCells() const override { return {}; }
    int columnIndex() const override { return m_place.column; }
    int rowIndex() const override { return m_place.row; }
    int columnExtent() const override { return 1; }
    int rowExtent() const override { return 1; }
    QAccessibleInterface *table() const override { return parent(); }

    QStringList actionNames() const override;
    void doAction(const QString &name) override;
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    bool isThere() const;

    QPointer<MatrixCanvas> m_matrix;
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
