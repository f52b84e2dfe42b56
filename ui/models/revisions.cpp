#include "ui/models/revisions.h"

#include "engine/trace/store.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

namespace nuages::models {

namespace {

/// A keystroke and the opening of a file are not: they are low, and set one file.
bool isBigEvent(const trace::Store &store, const trace::RevisionRecord &record)
{
    if (record.label.empty() || record.inputs.empty())
        return false;
    if (record.durability > trace::Durability::Low)
        return true;
    return std::ranges::any_of(record.inputs, [&](trace::NodeId input) {
        return store.node(input).file != store.node(record.inputs.front()).file;
    });
}

} // namespace

QVariant Revisions::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RevisionRow &row = rows()[std::size_t(index.row())];
    if (role == RevisionRole)
        return QVariant::fromValue<quint32>(row.revision);
    if (role == SharesRole)
        return QVariant::fromValue(row.shares);
    if (role != Qt::DisplayRole)
        return {};
    if (index.column() == RevisionColumn)
        return countText(row.revision);
    return index.column() == LabelColumn ? QVariant(row.label) : QVariant();
}

QVariant Revisions::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static const QStringList titles{Words::tr("revision"), Words::tr("edit"), Words::tr("outcome")};
    return titles.value(section);
}

void Revisions::update(const trace::Store &store, std::span<const std::uint32_t> touched)
{
    for (const std::uint32_t revision : touched) {
        const trace::RevisionRecord *record = store.revision(revision);
        const bool isOlderThanAll = rows().size() >= limit && revision < rows().front().revision;
        if (!record || isOlderThanAll)
            continue;
        RevisionRow wanted{revision,         labelOf(store, *record),    sharesOf(*record),
                           timesOf(*record), isBigEvent(store, *record), record->isThinned};
        const auto at = std::ranges::lower_bound(rows(), revision, {}, &RevisionRow::revision);
        const int row = int(at - rows().begin());
        if (at != rows().end() && at->revision == revision)
            setRow(row, std::move(wanted));
        else
            insertRow(row, std::move(wanted));
    }
    if (rows().size() > limit)
        removeFront(rows().size() - limit);
}

} // namespace nuages::models
