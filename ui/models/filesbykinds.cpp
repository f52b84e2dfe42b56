#include "ui/models/filesbykinds.h"

#include "ui/models/kindgraph.h"
#include "ui/models/text.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

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

void FilesByKinds::update(const trace::Store &store, const KindGraph &kinds, trace::Revision revision)
{
    m_revision = revision;
    const qsizetype before = m_files.size();
    while (m_taken < store.lastNode()) {
        const trace::NodeName node = store.node(++m_taken);
        const int file = numberOf(m_files, toQString(node.file));
        m_nodes[keyOf(file, numberOf(m_kinds, toQString(node.kind)))].push_back(node.id);
    }
    const std::pair now(store.epoch(), revision);
    const bool isOther = m_foldedAt != now && findAbsent(store);
    if (isOther || m_files.size() != before)
        sortRows();
    if (m_columns.size() != std::size_t(m_kinds.size())) {
        m_columns.assign(m_kinds.keyBegin(), m_kinds.keyEnd());
        std::ranges::sort(m_columns, {}, [&](const QString &kind) { return std::pair(kinds.placeOf(kind), kind); });
        m_kindOf.clear();
        for (const QString &kind : m_columns)
            m_kindOf.push_back(m_kinds.value(kind));
    }
    if (m_foldedAt != now) {
        m_foldedAt = now;
        foldCells(store);
    }
}

void FilesByKinds::setOpen(bool isOpen)
{
    if (std::exchange(m_isOpen, isOpen) != isOpen)
        sortRows();
}

/// Whether they are others than before.
bool FilesByKinds::findAbsent(const trace::Store &store)
{
    std::set<int> absent;
    store.visitFiles([&](std::string_view path, const trace::FileState &present) {
        const std::optional<trace::FileState> file =
            m_revision < store.revision() ? store.fileAt(path, m_revision) : std::optional(present);
        if (!file || file->status != trace::FileRecord::Status::Absent)
            return;
        if (const auto known = m_files.constFind(toQString(path)); known != m_files.cend())
            absent.insert(*known);
    });
    return std::exchange(m_absent, absent) != m_absent;
}

void FilesByKinds::sortRows()
{
    using Sorted = std::tuple<int, QString, QString>; // A folder's files stand together: its end sorts before letters.
    enum Rank { Inside, AboutNone, Outside, Absent };
    std::vector<Sorted> sorted;
    for (const auto &[file, number] : std::as_const(m_files).asKeyValueRange()) {
        const bool isInside = file.startsWith(m_rootFolder);
        const QString path = isInside ? file.mid(m_rootFolder.size()) : file;
        const int rank = m_absent.contains(number) ? Absent : file.isEmpty() ? AboutNone : isInside ? Inside : Outside;
        sorted.emplace_back(rank, QString(path).replace(u'/', u'\x01'), file);
    }
    std::ranges::sort(sorted);
    m_rows.clear();
    m_fileOf.clear();
    m_rowOf.clear();
    m_foldRow = -1;
    QString before;
    int group = -1;
    for (const auto &[rank, path, file] : sorted) {
        const bool isInFolder = rank == Inside && path.contains(u'\x01');
        const QString top = QString::number(rank) + (isInFolder ? path.section(u'\x01', 0, 0) : QString());
        group += group < 0 || top != before;
        before = top;
        if (rank == Absent && m_foldRow < 0) {
            m_foldRow = int(m_rows.size());
            m_rows.push_back({.file = {}, .group = group, .isFold = true});
            m_fileOf.push_back(-1);
        }
        m_rowOf.insert(file, rank == Absent && !m_isOpen ? m_foldRow : int(m_rows.size()));
        if (rank == Absent && !m_isOpen)
            continue;
        m_rows.push_back({.file = file, .group = group, .isFold = false});
        m_fileOf.push_back(m_files.value(file));
    }
}

void FilesByKinds::foldCells(const trace::Store &store)
{
    m_foldCells.assign(m_columns.size(), {});
    for (const int file : m_absent) {
        for (std::size_t column = 0; column < m_columns.size(); ++column)
            add(m_foldCells[column], store, file, int(column));
    }
}

int FilesByKinds::rowOf(const QString &file) const { return m_rowOf.value(file, -1); }

int FilesByKinds::columnOf(const QString &kind) const
{
    const auto found = std::ranges::find(m_columns, kind);
    return found == m_columns.end() ? -1 : int(found - m_columns.begin());
}

const std::vector<trace::NodeId> &FilesByKinds::nodesAt(int file, int column) const
{
    static const std::vector<trace::NodeId> none;
    const auto found = m_nodes.find(keyOf(file, m_kindOf[std::size_t(column)]));
    return found == m_nodes.end() ? none : found->second;
}

bool FilesByKinds::isThere(const trace::Store &store, int row, int column) const
{
    if (row == m_foldRow)
        return m_foldCells[std::size_t(column)].count > 0;
    return std::ranges::any_of(nodesAt(m_fileOf[std::size_t(row)], column),
                               [&](trace::NodeId node) { return store.state(node).born <= m_revision; });
}

FilesByKinds::Cell FilesByKinds::cell(const trace::Store &store, int row, int column) const
{
    if (row == m_foldRow)
        return m_foldCells[std::size_t(column)];
    Cell cell;
    add(cell, store, m_fileOf[std::size_t(row)], column);
    return cell;
}

/// Adds the nodes of a file and a kind.
void FilesByKinds::add(Cell &cell, const trace::Store &store, int file, int column) const
{
    const auto weightOf = [](const std::optional<Outcome> &outcome) {
        return outcome ? std::ranges::find(byWeight, *outcome) : byWeight.end();
    };
    for (const trace::NodeId node : nodesAt(file, column)) {
        if (store.state(node).born > m_revision)
            continue;
        const std::optional<Outcome> outcome = store.outcomeAt(node, m_revision);
        ++cell.count;
        if (cell.node == 0 || weightOf(outcome) < weightOf(cell.outcome)) {
            cell.node = node;
            cell.outcome = outcome;
        }
    }
}

} // namespace nuages::models
