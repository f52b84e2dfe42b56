#include "ui/models/filesbykinds.h"

#include "ui/models/kindgraph.h"
#include "ui/models/text.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace nuages::models {

namespace {

using trace::Outcome;

/// What says most about a change comes first.
constexpr std::array byWeight = {Outcome::ExecutedChanged,   Outcome::InputSet,  Outcome::ExecutedNew,
                                 Outcome::ExecutedBackdated, Outcome::Cancelled, Outcome::Cycle,
                                 Outcome::Validated,         Outcome::Evicted,   Outcome::NotChecked};

std::uint64_t keyOf(int file, int kind) { return (std::uint64_t(file) << 32) | std::uint32_t(kind); }

int numberOf(QHash<QString, int> &numbers, const QString &name)
{
    const auto known = numbers.constFind(name);
    return known != numbers.cend() ? *known : *numbers.insert(name, int(numbers.size()));
}

} // namespace

void FilesByKinds::update(const trace::Store &store, const KindGraph &kinds)
{
    const qsizetype files = m_files.size();
    while (m_taken < store.lastNode()) {
        const trace::Node &node = store.node(++m_taken);
        const int file = numberOf(m_files, toQString(node.file));
        m_nodes[keyOf(file, numberOf(m_kinds, toQString(node.kind)))].push_back(node.id);
    }
    if (m_files.size() != files)
        sortRows();
    if (m_columns.size() != std::size_t(m_kinds.size())) {
        m_columns.assign(m_kinds.keyBegin(), m_kinds.keyEnd());
        std::ranges::sort(m_columns, {}, [&](const QString &kind) { return std::pair(kinds.placeOf(kind), kind); });
        m_kindOf.clear();
        for (const QString &kind : m_columns)
            m_kindOf.push_back(m_kinds.value(kind));
    }
}

void FilesByKinds::sortRows()
{
    using Sorted = std::tuple<int, QString, QString>; // A folder's files stand together: its end sorts before letters.
    std::vector<Sorted> sorted;
    for (const QString &file : m_files.keys()) {
        const bool isInside = file.startsWith(m_rootFolder);
        const QString path = isInside ? file.mid(m_rootFolder.size()) : file;
        sorted.emplace_back(file.isEmpty() ? 1 : isInside ? 0 : 2, QString(path).replace(u'/', u'\x01'), file);
    }
    std::ranges::sort(sorted);
    m_rows.clear();
    m_fileOf.clear();
    m_rowOf.clear();
    QString before;
    int group = -1;
    for (const auto &[rank, path, file] : sorted) {
        const bool isInFolder = rank == 0 && path.contains(u'\x01');
        const QString top = QString::number(rank) + (isInFolder ? path.section(u'\x01', 0, 0) : QString());
        group += group < 0 || top != before;
        before = top;
        m_rowOf.insert(file, int(m_rows.size()));
        m_rows.push_back({file, group});
        m_fileOf.push_back(m_files.value(file));
    }
}

int FilesByKinds::rowOf(const QString &file) const { return m_rowOf.value(file, -1); }

int FilesByKinds::columnOf(const QString &kind) const
{
    const auto found = std::ranges::find(m_columns, kind);
    return found == m_columns.end() ? -1 : int(found - m_columns.begin());
}

const std::vector<trace::NodeId> &FilesByKinds::nodesAt(int row, int column) const
{
    static const std::vector<trace::NodeId> none;
    const auto found = m_nodes.find(keyOf(m_fileOf[std::size_t(row)], m_kindOf[std::size_t(column)]));
    return found == m_nodes.end() ? none : found->second;
}

bool FilesByKinds::isThere(const trace::Store &store, int row, int column, trace::Revision revision) const
{
    return std::ranges::any_of(nodesAt(row, column),
                               [&](trace::NodeId node) { return store.state(node).born <= revision; });
}

FilesByKinds::Cell FilesByKinds::cell(const trace::Store &store, int row, int column, trace::Revision revision) const
{
    Cell best;
    const auto weightOf = [](const std::optional<Outcome> &outcome) {
        return outcome ? std::ranges::find(byWeight, *outcome) : byWeight.end();
    };
    for (const trace::NodeId node : nodesAt(row, column)) {
        if (store.state(node).born > revision)
            continue;
        const std::optional<Outcome> outcome = store.outcomeAt(node, revision);
        ++best.count;
        if (best.node == 0 || weightOf(outcome) < weightOf(best.outcome)) {
            best.node = node;
            best.outcome = outcome;
        }
    }
    return best;
}

} // namespace nuages::models
