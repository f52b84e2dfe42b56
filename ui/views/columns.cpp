#include "ui/views/columns.h"

#include "ui/views/style.h"

#include <QAbstractItemDelegate>
#include <QEvent>
#include <QHeaderView>
#include <QTableView>

#include <algorithm>

namespace nuages::views {

namespace {

constexpr int widestInCharacters = 40; // A text may be long; it has a tool tip.

} // namespace

ColumnWidths::ColumnWidths(QTableView *table, int stretched, std::vector<int> least, std::vector<int> spare)
    : QObject(table), m_table(table), m_stretched(stretched), m_least(std::move(least)), m_spare(std::move(spare))
{
    const QAbstractItemModel *model = table->model();
    m_least.resize(std::size_t(model->columnCount()));
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->horizontalHeader()->setSectionResizeMode(stretched, QHeaderView::Stretch);
    connect(model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int first, int last) {
        measure(first, last);
        fit();
    });
    connect(model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &first, const QModelIndex &last) {
        measure(first.row(), last.row());
        fit();
    });
    connect(model, &QAbstractItemModel::modelReset, this, &ColumnWidths::measureAll);
    table->installEventFilter(this);
    table->viewport()->installEventFilter(this); // Its room is known before that of the table is.
    measureAll();
}

bool ColumnWidths::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table->viewport()) {
        if (event->type() == QEvent::Resize)
            fit();
    } else if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        measureAll();
    }
    return QObject::eventFilter(watched, event);
}

void ColumnWidths::measureAll()
{
    m_table->verticalHeader()->setDefaultSectionSize(heightOfRows());
    m_wanted = m_least;
    if (!m_table->horizontalHeader()->isHidden()) {
        for (int column = 0; column < m_table->model()->columnCount(); ++column) {
            int &wanted = m_wanted[std::size_t(column)];
            wanted = std::max(wanted, m_table->horizontalHeader()->sectionSizeHint(column));
        }
    }
    measure(0, m_table->model()->rowCount() - 1);
    fit();
}

void ColumnWidths::measure(int firstRow, int lastRow)
{
    const QAbstractItemModel *model = m_table->model();
    QStyleOptionViewItem option;
    option.initFrom(m_table);
    const int widest = widestInCharacters * option.fontMetrics.averageCharWidth();
    for (int row = firstRow; row <= lastRow; ++row) {
        for (int column = 0; column < model->columnCount(); ++column) {
            int &wanted = m_wanted[std::size_t(column)];
            if (column == m_stretched && m_least[std::size_t(column)] > 0)
                continue;
            const QModelIndex index = model->index(row, column);
            const QSize hint = m_table->itemDelegateForIndex(index)->sizeHint(option, index);
            wanted = std::max(wanted, std::min(hint.width(), widest));
        }
    }
}

void ColumnWidths::fit()
{
    const int least = m_least[std::size_t(m_stretched)];
    int left = m_table->viewport()->width() - (least > 0 ? least : m_wanted[std::size_t(m_stretched)]);
    for (int column = 0; column < int(m_wanted.size()); ++column) {
        if (column == m_stretched)
            continue;
        left -= m_wanted[std::size_t(column)];
        if (m_table->columnWidth(column) != m_wanted[std::size_t(column)] && !m_table->isColumnHidden(column))
            m_table->setColumnWidth(column, m_wanted[std::size_t(column)]);
    }
    for (const int column : m_spare) {
        const bool isHidden = left < 0;
        if (isHidden)
            left += m_wanted[std::size_t(column)];
        if (m_table->isColumnHidden(column) == isHidden)
            continue;
        m_table->setColumnHidden(column, isHidden);
        if (!isHidden)
            m_table->setColumnWidth(column, m_wanted[std::size_t(column)]);
    }
}

} // namespace nuages::views
