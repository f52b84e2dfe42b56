#include "ui/canvas/matrixaccess.h"

namespace nuages::canvas {

bool MatrixCellAccess::exists() const
{
    return m_place.row < matrix()->source().rows() && m_place.column < matrix()->source().columns();
}

bool MatrixCellAccess::canBePicked() const { return matrix()->source().isThere(m_place.row, m_place.column); }

QString MatrixCellAccess::words() const
{
    const MatrixSource &source = matrix()->source();
    if (canBePicked())
        return source.wordsAt(m_place.row, m_place.column);
    return MatrixCanvas::tr("%1 %2, no query").arg(source.columnTitle(m_place.column), source.rowTitle(m_place.row));
}

void *MatrixCellAccess::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::TableCellInterface ? static_cast<QAccessibleTableCellInterface *>(this)
                                                   : ItemAccess::interface_cast(type);
}

void MatrixCellAccess::press()
{
    matrix()->setFocus();
    goTo();
    Q_EMIT matrix()->activated(m_place.row, m_place.column);
}

MatrixAccess::~MatrixAccess()
{
    for (const QAccessible::Id id : std::as_const(m_cells))
        QAccessible::deleteAccessibleInterface(id);
}

QAccessibleInterface *MatrixAccess::child(int index) const
{
    return index < 0 || index >= childCount() ? nullptr : cellAt(index / columnCount(), index % columnCount());
}

QAccessibleInterface *MatrixAccess::childAt(int x, int y) const
{
    const auto place = matrix()->cellAt(matrix()->viewport()->mapFromGlobal(QPoint(x, y)));
    return place ? cellAt(place->row, place->column) : nullptr;
}

QAccessibleInterface *MatrixAccess::focusChild() const
{
    const auto place = matrix()->current();
    return place && matrix()->hasFocus() ? cellAt(place->row, place->column) : nullptr;
}

int MatrixAccess::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *cell = dynamic_cast<const MatrixCellAccess *>(child);
    return cell && cell->isValid() ? cell->cell().row * columnCount() + cell->cell().column : -1;
}

void *MatrixAccess::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TableInterface)
        return static_cast<QAccessibleTableInterface *>(this);
    return QAccessibleWidget::interface_cast(type);
}

QAccessibleInterface *MatrixAccess::cellAt(int row, int column) const
{
    if (row < 0 || column < 0 || row >= rowCount() || column >= columnCount())
        return nullptr;
    if (const auto known = m_cells.constFind({row, column}); known != m_cells.cend())
        return QAccessible::accessibleInterface(*known);
    auto *made = new MatrixCellAccess(matrix(), {.row = row, .column = column}); // owned by the cache of QAccessible
    m_cells.insert({row, column}, QAccessible::registerAccessibleInterface(made));
    return made;
}

QList<QAccessibleInterface *> MatrixAccess::selectedCells() const
{
    const auto place = matrix()->current();
    return place ? QList<QAccessibleInterface *>{cellAt(place->row, place->column)} : QList<QAccessibleInterface *>();
}

QString MatrixAccess::columnDescription(int column) const { return matrix()->source().columnTitle(column); }

QString MatrixAccess::rowDescription(int row) const { return matrix()->source().rowTitle(row); }

} // namespace nuages::canvas
