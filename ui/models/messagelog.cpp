#include "ui/models/messagelog.h"

#include "ui/models/text.h"

#include <utility>

namespace nuages::models {

QVariant MessageLog::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const MessageRow &row = rows()[std::size_t(index.row())];
    if (role == Qt::ToolTipRole && index.column() == TextColumn)
        return row.text;
    if (role == Qt::TextAlignmentRole && (index.column() == TimeColumn || index.column() == SizeColumn))
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case TimeColumn:
        return QString::number(double(row.at - m_begin) / 1e9, 'f', 3);
    case SenderColumn:
        return row.isFromServer ? Words::tr("server") : Words::tr("client");
    case MethodColumn:
        return row.method;
    case KindColumn:
        return row.kind;
    case SizeColumn:
        return countText(std::uint64_t(row.bytes));
    case TextColumn:
        return row.text;
    default:
        return {};
    }
}

QVariant MessageLog::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static const QStringList titles{QStringLiteral("s"), Words::tr("from"),  Words::tr("method"),
                                    Words::tr("kind"),   Words::tr("bytes"), Words::tr("message")};
    return titles.value(section);
}

void MessageLog::append(MessageRow row)
{
    constexpr std::size_t atOnce = capacity / 10; // Rows are removed in portions, since each removal moves all.
    if (m_last == 0)
        m_begin = row.at;
    row.number = ++m_last;
    if (rows().size() >= capacity)
        removeFront(atOnce);
    std::vector<MessageRow> added;
    added.push_back(std::move(row));
    appendRows(std::move(added));
}

} // namespace nuages::models
