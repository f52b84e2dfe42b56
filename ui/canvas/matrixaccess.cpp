#include "ui/canvas/matrixaccess.h"

namespace nuages::canvas {

bool MatrixCellAccess::isValid() const
{
    return m_matrix && m_place.row < m_matrix->source().rows() && m_place.column < m_matrix->source().columns();
}

bool MatrixCellAccess::isThere() const { return isValid() && m_matrix->source().isThere(m_place.row, m_place.column); }

QAccessibleInterface *MatrixCellAccess::parent() const
{
    return QAccessible::queryAccessibleInterface(m_matrix.data());
}

QString MatrixCellAccess::text(QAccessible::Text kind) const
{
    if (!isValid() || kind != QAccessible::Name)
        return {};
    const MatrixSource &source = m_matrix->source();
    if (isThere())
        return source.wordsAt(m_place.row, m_place.column);
    return MatrixCanvas::tr("%1 %2, no query").arg(source.columnTitle(m_place.column), source.rowTitle(m_place.row));
}

QRect MatrixCellAccess::rect() const
{
    if (!isValid())
        return {};
    const QRect area = m_matrix->cellArea(m_place);
    return {m_matrix->viewport()->mapToGlobal(area.topLeft()), area.size()};
}

QAccessible::State MatrixCellAccess::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    state.focusable = state.selectable = isThere();
    state.selected = isSelected();
    state.focused = state.selected && m_matrix->hasFocus();
    state.offscreen = !m_matrix->viewport()->rect().intersects(m_matrix->cellArea(m_place));
    return state;
}

void *MatrixCellAccess::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TableCellInterface)
        return static_cast<QAccessibleTableCellInterface *>(this);
    if (type == QAccessible::ActionInterface)
        return static_cast<QAccessibleActionInterface *>(this);
    return nullptr;
}

bool MatrixCellAccess::isSelected() const { return isValid() && m_matrix->current() == m_place; }

QStringList MatrixCellAccess::actionNames() const
{
    return isThere() ? QStringList{pressAction(), setFocusAction()} : QStringList();
}

void MatrixCellAccess::doAction(const QString &name)
{
    if (!isThere())
        return;
    if (name == setFocusAction() || name == pressAction()) {
        m_matrix->setFocus();
        m_matrix->setCurrent(m_place);
    }
    if (name == pressAction())
        Q_EMIT m_matrix->activated(m_place.row, m_place.column);
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
    return cell && cell->isValid() ? cell->place().row * columnCount() + cell->place().column : -1;
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
