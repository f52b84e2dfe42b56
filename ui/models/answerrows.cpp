#include "ui/models/answerrows.h"

#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <algorithm>
#include <utility>

namespace nuages::models {

AnswerCell countCell(std::uint64_t count) { return {countText(count), double(count)}; }

AnswerCell timeCell(std::uint64_t ns) { return {timeText(ns), double(ns)}; }

ReadyRows::ReadyRows(std::vector<AnswerRow> found, RowOrder order) : rows(std::move(found)), all(rows.size())
{
    if (order.column >= 0) {
        std::ranges::stable_sort(rows, [order](const AnswerRow &a, const AnswerRow &b) {
            const AnswerRow &first = order.direction == Qt::AscendingOrder ? a : b;
            const AnswerRow &second = order.direction == Qt::AscendingOrder ? b : a;
            const AnswerCell &left = first.cells[std::size_t(order.column)];
            const AnswerCell &right = second.cells[std::size_t(order.column)];
            return left.isFigure ? left.number < right.number : left.text < right.text;
        });
    }
    if (rows.size() > limit)
        rows.erase(rows.begin() + limit, rows.end());
}

AnswerRows::AnswerRows(QStringList titles, QObject *parent) : RowModel(parent), m_titles(std::move(titles)) { }

QVariant AnswerRows::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const AnswerRow &row = rows()[std::size_t(index.row())];
    const AnswerCell &cell = row.cells[std::size_t(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((cell.isFigure ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case OutcomeRole:
        return index.column() == 0 && row.outcome >= 0 ? QVariant(row.outcome) : QVariant();
    case NodeRole:
        return QVariant::fromValue<quint32>(row.node);
    case RevisionRole:
        return QVariant::fromValue<quint32>(row.revision);
    default:
        return {};
    }
}

QVariant AnswerRows::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::InitialSortOrderRole) // What is most, at the first click.
        return QVariant::fromValue(Qt::DescendingOrder);
    return role == Qt::DisplayRole ? QVariant(m_titles.value(section)) : QVariant();
}

void AnswerRows::sort(int column, Qt::SortOrder order)
{
    m_order = {column, order};
    if (m_all > rows().size())
        Q_EMIT orderAsked();
    else
        update(rows());
}

void AnswerRows::update(ReadyRows ready)
{
    m_all = ready.all;
    setRows(std::move(ready.rows));
}

void AnswerRows::setTitles(const QStringList &titles)
{
    if (titles == m_titles)
        return;
    m_titles = titles;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

} // namespace nuages::models
