#include "ui/views/lists.h"

#include "ui/models/roles.h"
#include "ui/views/columns.h"
#include "ui/views/delegates.h"
#include "ui/views/style.h"

#include <QFocusEvent>
#include <QHeaderView>

#include <utility>

namespace nuages::views {

namespace {

QModelIndex selectedBelow(const QAbstractItemModel &model, const QModelIndex &parent)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        if (index.data(models::IsSelectedRole).toBool())
            return index;
        const QModelIndex below = selectedBelow(model, index);
        if (below.isValid())
            return below;
    }
    return {};
}

template <class View>
void dressView(View &view, QAbstractItemModel *model, const QString &accessibleName)
{
    view.setModel(model);
    view.setItemDelegate(new CellDelegate(&view));
    view.setAccessibleName(accessibleName);
    view.setSelectionBehavior(QAbstractItemView::SelectRows);
    view.setSelectionMode(QAbstractItemView::SingleSelection);
    view.setTextElideMode(Qt::ElideMiddle); // "Diagnostics(…/base.html)"
    view.setEditTriggers(QAbstractItemView::NoEditTriggers);
    view.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view.setTabKeyNavigation(false);
    view.setMouseTracking(true);
    view.setFrameShape(QFrame::NoFrame);
}

} // namespace

Table::Table(QAbstractItemModel *model, const QString &accessibleName, QWidget *parent) : QTableView(parent)
{
    dressView(*this, model, accessibleName);
    setShowGrid(false);
    setWordWrap(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(heightOfRows());
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setMinimumSectionSize(24);
    connect(this, &QAbstractItemView::clicked, this, &Table::picked);
    connect(this, &QAbstractItemView::activated, this, &Table::picked);
    connect(model, &QAbstractItemModel::rowsAboutToBeInserted, this, [this](const QModelIndex &, int first) {
        if (!m_wasInView && currentIndex().isValid() && first <= currentIndex().row())
            m_wasInView = viewport()->rect().intersects(visualRect(currentIndex()));
    });
}

void Table::setWidths(int stretched, const std::vector<int> &widths, const std::vector<int> &spare)
{
    new ColumnWidths(this, stretched, widths, spare); // The table owns it.
}

void Table::follow() { follow(selectedBelow(*model(), {})); }

void Table::follow(const QModelIndex &index)
{
    const bool hasMoved = m_followed != index;
    m_followed = index;
    m_isFollowing = true;
    if (index.isValid() && index.row() != currentIndex().row() && (hasMoved || !hasFocus()))
        setCurrentIndex(index);
    m_isFollowing = false;
    if (std::exchange(m_wasInView, std::nullopt).value_or(false))
        scrollToCurrent();
}

void Table::scrollToCurrent()
{
    if (!currentIndex().isValid())
        return;
    executeDelayedItemsLayout(); // Else it scrolls no further than before rows came.
    scrollTo(currentIndex());
}

/// Without a current row the first becomes that.
void Table::focusInEvent(QFocusEvent *event)
{
    m_isFollowing = true;
    QTableView::focusInEvent(event);
    m_isFollowing = false;
}

void Table::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    const bool comesBack = event->reason() == Qt::PopupFocusReason || event->reason() == Qt::ActiveWindowFocusReason;
    if (m_followed.isValid() && !comesBack)
        follow(m_followed);
}

void Table::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (!m_isFollowing && hasFocus() && current.isValid() && current.row() != previous.row())
        Q_EMIT picked(current);
}

Tree::Tree(QAbstractItemModel *model, const QString &accessibleName, QWidget *parent) : QTreeView(parent)
{
    dressView(*this, model, accessibleName);
    setHeaderHidden(true);
    setItemsExpandable(false);
    setRootIsDecorated(false);
    setIndentation(16);
    setUniformRowHeights(true);
    header()->setStretchLastSection(false);
    expandAll();
    connect(this, &QAbstractItemView::clicked, this, &Tree::picked);
    connect(this, &QAbstractItemView::activated, this, &Tree::picked);
}

void Tree::follow()
{
    const QModelIndex index = selectedBelow(*model(), {});
    m_isFollowing = true;
    if (index.isValid() && index != currentIndex())
        setCurrentIndex(index);
    m_isFollowing = false;
}

void Tree::focusInEvent(QFocusEvent *event)
{
    m_isFollowing = true;
    QTreeView::focusInEvent(event);
    m_isFollowing = false;
}

void Tree::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    if (!m_isFollowing && hasFocus() && current.isValid())
        Q_EMIT picked(current);
}

void Tree::rowsInserted(const QModelIndex &parent, int start, int end)
{
    QTreeView::rowsInserted(parent, start, end);
    for (int row = start; row <= end; ++row)
        expandRecursively(model()->index(row, 0, parent));
    if (parent.isValid())
        expand(parent);
}

} // namespace nuages::views
