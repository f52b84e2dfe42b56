#include "ui/views/columns.h"

#include "ui/views/style.h"

#include <QAbstractItemDelegate>
#include <QEvent>
#include <QHeaderView>
#include <QTableView>

#include <algorithm>

namespace nuages::views {

namespace {

constexpr int widerLetters =
    2; // A word may be wider than one that has so many letters more; figures are all of one width.
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
    // The table still has events when it is no more than a widget that ends.
    const bool isTable = watched == m_table;
    if (event->type() == QEvent::Resize && !isTable)
        fit();
    else if (isTable && (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange))
        measureAll();
    return QObject::eventFilter(watched, event);
}

void ColumnWidths::measureAll()
{
    m_table->verticalHeader()->setDefaultSectionSize(heightOfRows());
    m_columns.clear();
    for (int column = 0; column < m_table->model()->columnCount(); ++column) {
        const QHeaderView *header = m_table->horizontalHeader();
        m_table->setColumnHidden(column, false); // A title that is hidden wants no room. fit() hides it again.
        const int least = m_least[std::size_t(column)];
        m_columns.push_back({.wanted = header->isHidden() ? least : std::max(least, header->sectionSizeHint(column)),
                             .longest = 0,
                             .last = {}});
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
        for (int at = 0; at < model->columnCount(); ++at) {
            if (at == m_stretched && m_least[std::size_t(at)] > 0)
                continue;
            Column &column = m_columns[std::size_t(at)];
            const QModelIndex index = model->index(row, at);
            const QString text = index.data().toString();
            if (text.size() + widerLetters < column.longest || text == column.last)
                continue;
            column.longest = std::max(column.longest, text.size());
            column.last = text;
            const QSize hint = m_table->itemDelegateForIndex(index)->sizeHint(option, index);
            column.wanted = std::max(column.wanted, std::min(hint.width(), widest));
        }
    }
}

void ColumnWidths::fit()
{
    const int least = m_least[std::size_t(m_stretched)];
    int left = m_table->viewport()->width() - (least > 0 ? least : m_columns[std::size_t(m_stretched)].wanted);
    for (int column = 0; column < int(m_columns.size()); ++column) {
        if (column == m_stretched)
            continue;
        left -= m_columns[std::size_t(column)].wanted;
        if (m_table->columnWidth(column) != m_columns[std::size_t(column)].wanted && !m_table->isColumnHidden(column))
            m_table->setColumnWidth(column, m_columns[std::size_t(column)].wanted);
    }
    for (const int column : m_spare) {
        const bool isHidden = left < 0;
        if (isHidden)
            left += m_columns[std::size_t(column)].wanted;
        if (m_table->isColumnHidden(column) == isHidden)
            continue;
        m_table->setColumnHidden(column, isHidden);
        if (!isHidden)
            m_table->setColumnWidth(column, m_columns[std::size_t(column)].wanted);
    }
}

} // namespace nuages::views
