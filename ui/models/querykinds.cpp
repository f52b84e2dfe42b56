#include "ui/models/querykinds.h"

#include "ui/models/kindgraph.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <string_view>
#include <unordered_map>
#include <utility>

namespace nuages::models {

namespace {

/// The revisions in which memos of a kind, or records of inputs, came up; rising.
std::vector<trace::Revision> comingsOf(const trace::Store &store, const trace::KindTotal &total)
{
    std::vector<trace::Revision> comings;
    std::unordered_map<std::string_view, std::size_t> records; // An input has several fields.
    for (const trace::NodeId node : store.nodesOfKind(total.kind)) {
        const trace::NodeState &state = store.state(node);
        if (!total.isInput) {
            if (state.computed != 0)
                comings.push_back(state.computed);
            continue;
        }
        const auto [record, isNew] = records.try_emplace(store.node(node).key, comings.size());
        if (isNew)
            comings.push_back(state.born);
        else
            comings[record->second] = std::min(comings[record->second], state.born);
    }
    std::ranges::sort(comings);
    return comings;
}

} // namespace

QVariant QueryKinds::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const KindRow &row = rows()[std::size_t(index.row())];
    if (role == SharesRole)
        return QVariant::fromValue(row.shares);
    if (role == IsSelectedRole)
        return row.isSelected;
    if (role == Qt::TextAlignmentRole && index.column() == MemosColumn)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole || (role == Qt::AccessibleTextRole && index.column() == SharesColumn)) {
        if (!row.isKept)
            return row.kind + QStringLiteral(": ") + notKept();
        QStringList parts;
        for (const trace::Outcome segment : segments) {
            if (row.shares[segment] > 0)
                parts << titleOf(segment) + u' ' + countText(row.shares[segment]);
        }
        return row.kind + QStringLiteral(": ") + parts.join(QStringLiteral(", "));
    }
    if (role != Qt::DisplayRole)
        return {};
    if (index.column() == KindColumn)
        return row.kind;
    return index.column() == MemosColumn ? QVariant(countText(row.memos)) : QVariant();
}

QVariant QueryKinds::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static const QStringList titles{Words::tr("query"), Words::tr("memos"), Words::tr("outcome")};
    return titles.value(section);
}

void QueryKinds::takeIn(const trace::Store &store, std::uint32_t revision)
{
    const std::size_t count = store.executionCount(revision);
    if (revision != m_counted || count < m_known) {
        std::ranges::fill(m_shares, Shares());
        m_known = 0;
        m_counted = revision;
        std::ranges::fill(m_last, Last());
    }
    m_last.resize(store.lastNode() + 1);
    m_shares.resize(store.kindCount());
    const auto isCounted = [](trace::Outcome outcome) { return outcome != trace::Outcome::NotChecked; };
    store.visitExecutions(revision, m_known, [&](const trace::Execution &execution) {
        Last &last = m_last[execution.node];
        if (last.sequence > execution.sequence) // Of a slow reader.
            return;
        Shares &shares = m_shares[store.kindNumber(execution.node)];
        if (isCounted(last.outcome))
            --shares[segmentOf(last.outcome)];
        if (isCounted(execution.outcome))
            ++shares[segmentOf(execution.outcome)];
        last = {execution.sequence, execution.outcome};
    });
    m_known = count;
}

/// How many memos or records of a kind there were in a past revision.
std::uint64_t QueryKinds::countThen(const trace::Store &store, const trace::KindTotal &total, std::uint32_t revision)
{
    if (std::exchange(m_comingsOf, store.epoch()) != store.epoch())
        m_comings.clear();
    const auto [known, isNew] = m_comings.try_emplace(total.kind);
    if (isNew)
        known->second = comingsOf(store, total);
    return std::uint64_t(std::ranges::upper_bound(known->second, revision) - known->second.begin());
}

void QueryKinds::update(const trace::Store &store, const KindGraph &kinds, std::uint32_t revision,
                        std::uint32_t selectedNode)
{
    takeIn(store, revision);
    const trace::RevisionRecord *record = store.revision(revision);
    const bool isKept = record && !record->isThinned;
    std::vector<KindRow> wanted;
    m_memoTotal = 0;
    for (const trace::KindTotal &total : store.kinds()) {
        const std::uint64_t memos =
            revision >= store.revision() ? total.memos : std::min(total.memos, countThen(store, total, revision));
        m_memoTotal += total.isInput ? 0 : memos;
        if (memos == 0)
            continue;
        KindRow row;
        row.kind = toQString(total.kind);
        row.memos = std::uint32_t(memos);
        row.isKept = isKept;
        row.isSelected = selectedNode != 0 && store.node(selectedNode).kind == total.kind;
        if (!isKept) {
            wanted.push_back(std::move(row));
            continue;
        }
        if (const auto number = store.kindNumber(total.kind))
            row.shares = m_shares[*number];
        const std::uint32_t looked = row.shares.total(); // An input has several fields, so it may exceed its records.
        row.shares[trace::Outcome::NotChecked] = row.memos > looked ? row.memos - looked : 0;
        wanted.push_back(std::move(row));
    }
    std::ranges::sort(wanted, {}, [&](const KindRow &row) { return std::pair(kinds.placeOf(row.kind), row.kind); });
    setRows(std::move(wanted));
}

} // namespace nuages::models
