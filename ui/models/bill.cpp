#include "ui/models/bill.h"

#include "ui/models/roles.h"
#include "ui/models/text.h"

namespace nuages::models {

namespace {

bool isAlwaysShown(trace::Outcome segment)
{
    using trace::Outcome;
    return segment == Outcome::ExecutedChanged || segment == Outcome::ExecutedBackdated || segment == Outcome::Validated
        || segment == Outcome::NotChecked;
}

} // namespace

QVariant Bill::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const BillRow &row = rows()[std::size_t(index.row())];
    if (role == OutcomeRole && index.column() == OutcomeColumn)
        return int(row.segment);
    if (role == Qt::TextAlignmentRole && index.column() != OutcomeColumn)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case OutcomeColumn:
        return titleOf(row.segment);
    case CountColumn:
        return countText(row.count);
    case TimeColumn:
        return timeText(row.ns);
    default:
        return {};
    }
}

QVariant Bill::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static const QStringList titles{Words::tr("outcome"), Words::tr("queries"), Words::tr("own time")};
    return titles.value(section);
}

void Bill::update(const trace::Store &store, std::uint32_t revision)
{
    QString title;
    QString subtitle;
    std::vector<BillRow> wanted;
    const trace::RevisionRecord *record = store.revision(revision);
    if (record) {
        title = Words::tr("Revision %1").arg(revision);
        subtitle = nameOf(record->durability) + QStringLiteral(" · ")
            + countOf(record->inputs.size(), QT_TRANSLATE_N_NOOP("models", "%1 input(s)"));
        if (record->isThinned)
            subtitle += Words::tr(" · counts only");
        if (record->lost > 0)
            subtitle +=
                QStringLiteral(" · ") + countOf(record->lost, QT_TRANSLATE_N_NOOP("models", "%1 event(s) lost"));
        const ShareTimes ns = timesOf(*record);
        const Shares shares = sharesOf(*record);
        for (const trace::Outcome segment : segments) {
            if (isAlwaysShown(segment) || shares[segment] > 0)
                wanted.push_back({segment, shares[segment], ns.at(trace::indexOf(segment))});
        }
    }
    setRows(std::move(wanted));
    if (title == m_title && subtitle == m_subtitle)
        return;
    m_title = title;
    m_subtitle = subtitle;
    Q_EMIT titleChanged();
}

} // namespace nuages::models
