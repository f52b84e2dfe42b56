#include "ui/models/nodedetails.h"

#include "engine/trace/store.h"
#include "engine/trace/values.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

namespace nuages::models {

namespace {

QString revisionText(trace::Revision revision) { return Words::tr("revision %1").arg(revision); }

/// What is said of what happened in the shown revision.
void appendOutcome(std::vector<DetailRow> &rows, const trace::Store &store, trace::NodeId node,
                   trace::Revision revision)
{
    const std::optional<trace::Outcome> outcome = store.outcomeAt(node, revision);
    if (!outcome) {
        rows.push_back({Words::tr("outcome"), notKept()});
        return;
    }
    rows.push_back({Words::tr("outcome"), outcomeText(outcome), int(*outcome)});
    const trace::Execution *last = store.lastUntil(node, revision);
    if (!last || last->revision != revision)
        return;
    if (trace::isExecution(last->outcome)) {
        rows.push_back({Words::tr("reason"), told(trace::nameOf(last->reason))});
        if (last->cause != 0)
            rows.push_back({Words::tr("which"), nameOf(store, last->cause), -1, last->cause});
        rows.push_back({Words::tr("took"), timeText(last->selfNs)});
    }
    if (last->parent != 0)
        rows.push_back({Words::tr("asked by"), nameOf(store, last->parent), -1, last->parent});
    else if (const trace::RequestRecord *request = store.request(last->request))
        rows.push_back({Words::tr("asked by"), toQString(request->method)});
}

/// What is known of a node up to a revision.
struct Past {
    std::optional<trace::Revision> changedAt = std::nullopt;
    std::optional<trace::Revision> verifiedAt = std::nullopt;
    std::uint64_t executed = 0;
    std::uint64_t backdated = 0;
    std::uint64_t validated = 0;
    std::uint64_t totalNs = 0;
    bool isCounted = true; ///< What happened to it since is kept; else the numbers are those of today.
};

/// All that happened after the revision is taken back; it is kept if the revision itself is.
Past pastOf(const trace::Store &store, trace::NodeId node, trace::Revision revision)
{
    const trace::NodeState &state = store.state(node);
    Past past{.executed = state.executed,
              .backdated = state.backdated,
              .validated = state.validated,
              .totalNs = state.totalNs};
    const auto hasSeen = [](const trace::Execution &each) {
        return each.outcome != trace::Outcome::Cancelled && each.outcome != trace::Outcome::Cycle;
    };
    past.isCounted = store.isWholeAfter(revision);
    const auto look = [&](const trace::Execution &each) {
        if (each.revision > revision) {
            const bool hasRun = trace::isExecution(each.outcome);
            past.executed -= hasRun;
            past.backdated -= each.outcome == trace::Outcome::ExecutedBackdated;
            past.validated -= each.outcome == trace::Outcome::Validated || each.outcome == trace::Outcome::NotChecked;
            past.totalNs -= hasRun ? each.selfNs : 0;
            return true;
        }
        if (!past.verifiedAt && hasSeen(each))
            past.verifiedAt = each.revision;
        if (!past.changedAt && trace::isChange(each.outcome))
            past.changedAt = each.revision;
        return !past.changedAt;
    };
    store.walkBack(node, look, past.isCounted ? store.revision() : revision);
    if (state.verifiedAt != 0 && state.verifiedAt <= revision)
        past.verifiedAt = state.verifiedAt;
    const trace::Revision changedAt = std::max(state.changedAt, state.computed); // not before it was there
    if (state.changedAt != 0 && changedAt <= revision)
        past.changedAt = changedAt;
    return past;
}

/// What it had in the shown revision, and before it changed last.
void appendValue(std::vector<DetailRow> &rows, const trace::Store &store, trace::NodeId node, trace::Revision revision,
                 const Past &past)
{
    const trace::Revision computed = store.state(node).computed;
    if (!store.isPrinted(node) || computed == 0 || computed > revision)
        return;
    rows.push_back({Words::tr("value"), toQString(trace::valueInShort(store, node, revision))});
    if (!past.changedAt)
        rows.push_back({Words::tr("before"), notKept()});
    else if (*past.changedAt > computed)
        rows.push_back({Words::tr("before"), toQString(trace::valueInShort(store, node, *past.changedAt - 1))});
}

void appendHistory(std::vector<DetailRow> &rows, const Past &past)
{
    if (past.executed == 0)
        return;
    QString ran = QStringLiteral("%1 ×").arg(countText(past.executed));
    if (past.backdated > 0)
        ran += Words::tr(", same %1 ×").arg(countText(past.backdated));
    rows.push_back({Words::tr("ran"), ran});
    if (past.validated > 0) // Each time it was kept it would have taken what it takes on average.
        rows.push_back({Words::tr("saved so far"), timeText(past.validated * (past.totalNs / past.executed))});
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
        const trace::NodeName named = store.node(node);
        const trace::NodeState &state = store.state(node);
        wanted.push_back({named.isInput ? Words::tr("input") : Words::tr("query"), toQString(named.kind)});
        if (!named.key.empty())
            wanted.push_back({Words::tr("key"), toQString(named.key)});
        if (!named.field.empty())
            wanted.push_back({Words::tr("field"), toQString(named.field)});
        if (revision < state.born) {
            wanted.push_back({Words::tr("outcome"), Words::tr("not there yet")});
            setRows(std::move(wanted));
            return;
        }
        appendOutcome(wanted, store, node, revision);
        const Past past = pastOf(store, node, revision);
        const auto revisionOrNot = [](std::optional<trace::Revision> known) {
            return known ? revisionText(*known) : notKept();
        };
        if (state.changedAt != 0)
            wanted.push_back({Words::tr("changed at"), revisionOrNot(past.changedAt)});
        if (state.verifiedAt != 0)
            wanted.push_back({Words::tr("verified at"), revisionOrNot(past.verifiedAt)});
        appendValue(wanted, store, node, revision, past);
        const bool isAsNow = named.isInput || state.ranIn <= revision; // It has not run since.
        wanted.push_back({Words::tr("durability"), isAsNow ? nameOf(state.durability) : notKept()});
        if (state.isUntracked && isAsNow)
            wanted.push_back({Words::tr("untracked"), Words::tr("reads what the engine cannot see")});
        if (!named.isInput)
            wanted.push_back(
                {Words::tr("reads"), state.readsSince <= revision ? countText(state.reads.size()) : notKept()});
        wanted.push_back(
            {Words::tr("read by"), state.readersSince <= revision ? countText(state.readers.size()) : notKept()});
        if (past.isCounted && store.outcomeAt(node, revision))
            appendHistory(wanted, past);
        else
            wanted.push_back({Words::tr("ran"), notKept()});
    }
    setRows(std::move(wanted));
}

} // namespace nuages::models
