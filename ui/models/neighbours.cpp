#include "ui/models/neighbours.h"

#include "engine/trace/store.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

namespace nuages::models {

namespace {

using Side = NeighbourRow::Side;

void append(std::vector<NeighbourRow> &rows, Side side, const trace::Store &store,
            const std::vector<trace::NodeId> &nodes, trace::Revision revision)
{
    std::vector<NeighbourRow> found;
    for (const trace::NodeId node : nodes) {
        if (store.state(node).born > revision)
            continue;
        const std::optional<trace::Outcome> outcome = store.outcomeAt(node, revision);
        found.push_back({side, nameOf(store, node), node, outcome ? int(*outcome) : -1});
    }
    if (side == Side::ReadBy) // The store has them in no order.
        std::ranges::sort(found, {}, &NeighbourRow::name);
    if (found.size() > Neighbours::limit) {
        const std::size_t more = found.size() - Neighbours::limit;
        found.resize(Neighbours::limit);
        found.push_back({side, Words::tr("and %1 more").arg(countText(more)), 0, 0});
    }
    std::ranges::move(found, std::back_inserter(rows));
}

} // namespace

QVariant Neighbours::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const NeighbourRow &row = rows()[std::size_t(index.row())];
    if (role == NodeRole)
        return QVariant::fromValue<quint32>(row.node);
    if (role == OutcomeRole)
        return row.node == 0 || row.outcome < 0 || index.column() != OutcomeColumn ? QVariant() : QVariant(row.outcome);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case SideColumn:
        if (row.side == Side::Path)
            return Words::tr("path");
        return row.side == Side::Reads ? Words::tr("reads") : Words::tr("read by");
    case NameColumn:
        return row.name;
    case OutcomeColumn:
        if (row.node == 0)
            return QString();
        return outcomeText(row.outcome < 0 ? std::nullopt : std::optional(trace::Outcome(row.outcome)));
    default:
        return {};
    }
}

QVariant Neighbours::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static const QStringList titles{Words::tr("side"), Words::tr("query"), Words::tr("outcome")};
    return titles.value(section);
}

void Neighbours::update(const trace::Store &store, std::uint32_t node, std::uint32_t revision,
                        const std::vector<std::uint32_t> &path, const QString &whyNoPath)
{
    std::vector<NeighbourRow> wanted;
    append(wanted, Side::Path, store, path, revision);
    if (!whyNoPath.isEmpty())
        wanted.push_back({Side::Path, whyNoPath, 0, 0});
    if (node != 0) {
        const trace::NodeState &state = store.state(node);
        if (state.readsSince <= revision)
            append(wanted, Side::Reads, store, state.reads, revision);
        else
            wanted.push_back({Side::Reads, notKept(), 0, 0});
        if (state.readersSince <= revision)
            append(wanted, Side::ReadBy, store, state.readers, revision);
        else
            wanted.push_back({Side::ReadBy, notKept(), 0, 0});
    }
    setRows(std::move(wanted));
}

} // namespace nuages::models
