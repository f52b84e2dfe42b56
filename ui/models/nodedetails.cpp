#include "ui/models/nodedetails.h"

#include "engine/trace/store.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

namespace nuages::models {

namespace {

QString revisionText(trace::Revision revision) { return QStringLiteral("revision %1").arg(revision); }

/// What is said of what happened in the shown revision.
void appendOutcome(std::vector<DetailRow> &rows, const trace::Store &store, trace::NodeId node,
                   trace::Revision revision)
{
    const std::optional<trace::Outcome> outcome = store.outcomeAt(node, revision);
    if (!outcome) {
        rows.push_back({QStringLiteral("outcome"), QStringLiteral("no longer kept")});
        return;
    }
    rows.push_back({QStringLiteral("outcome"), QString::fromUtf8(trace::nameOf(*outcome)), int(*outcome)});
    const trace::Execution *last = store.lastUntil(node, revision);
    if (!last || last->revision != revision)
        return;
    if (trace::isExecution(last->outcome)) {
        rows.push_back({QStringLiteral("reason"), QString::fromLatin1(trace::nameOf(last->reason))});
        if (last->cause != 0)
            rows.push_back({QStringLiteral("which"), nameOf(store, last->cause), -1, last->cause});
        rows.push_back({QStringLiteral("took"), timeText(last->selfNs)});
    }
    if (last->parent != 0)
        rows.push_back({QStringLiteral("asked by"), nameOf(store, last->parent), -1, last->parent});
    else if (const trace::RequestRecord *request = store.request(last->request))
        rows.push_back({QStringLiteral("asked by"), toQString(request->method)});
}

void appendHistory(std::vector<DetailRow> &rows, const trace::NodeState &state)
{
    if (state.executed == 0)
        return;
    QString ran = QStringLiteral("%1 ×").arg(countText(state.executed));
    if (state.backdated > 0)
        ran += QStringLiteral(", same %1 ×").arg(countText(state.backdated));
    rows.push_back({QStringLiteral("ran"), ran});
    if (state.validated > 0) // Each time it was kept it would have taken what it takes on average.
        rows.push_back({QStringLiteral("saved so far"), timeText(state.validated * (state.totalNs / state.executed))});
}

} // namespace

QVariant NodeDetails::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const DetailRow &row = rows()[std::size_t(index.row())];
    if (role == NodeRole)
        return QVariant::fromValue<quint32>(row.node);
    if (role == OutcomeRole)
        return row.outcome < 0 || index.column() != ValueColumn ? QVariant() : QVariant(row.outcome);
    if (role == Qt::DisplayRole || (role == Qt::ToolTipRole && index.column() == ValueColumn))
        return index.column() == LabelColumn ? row.label : row.value;
    return {};
}

void NodeDetails::update(const trace::Store &store, std::uint32_t node, std::uint32_t revision)
{
    std::vector<DetailRow> wanted;
    if (node != 0) {
        const trace::Node &named = store.node(node);
        const trace::NodeState &state = store.state(node);
        wanted.push_back({named.isInput ? QStringLiteral("input") : QStringLiteral("query"), toQString(named.kind)});
        if (!named.key.empty())
            wanted.push_back({QStringLiteral("key"), toQString(named.key)});
        if (!named.field.empty())
            wanted.push_back({QStringLiteral("field"), toQString(named.field)});
        appendOutcome(wanted, store, node, revision);
        if (state.changedAt != 0)
            wanted.push_back({QStringLiteral("changed at"), revisionText(state.changedAt)});
        if (state.verifiedAt != 0)
            wanted.push_back({QStringLiteral("verified at"), revisionText(state.verifiedAt)});
        wanted.push_back({QStringLiteral("durability"), nameOf(state.durability)});
        if (state.isUntracked)
            wanted.push_back({QStringLiteral("untracked"), QStringLiteral("reads what the engine cannot see")});
        if (!named.isInput)
            wanted.push_back({QStringLiteral("reads"), countText(state.reads.size())});
        wanted.push_back({QStringLiteral("read by"), countText(state.readers.size())});
        appendHistory(wanted, state);
    }
    setRows(std::move(wanted));
}

} // namespace nuages::models
