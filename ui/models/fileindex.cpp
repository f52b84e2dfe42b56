#include "ui/models/fileindex.h"

#include "engine/trace/store.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <map>
#include <unordered_set>

namespace nuages::models {

namespace {

QString stateText(const trace::FileRecord &file)
{
    using Status = trace::FileRecord::Status;
    switch (file.status) {
    case Status::Disk:
        return QStringLiteral("disk");
    case Status::Directory:
        return QStringLiteral("folder");
    case Status::Absent:
        return QStringLiteral("absent");
    case Status::Unreadable:
        return QStringLiteral("unreadable");
    case Status::Overlay:
        break;
    }
    QString text = QStringLiteral("overlay");
    if (file.version)
        text += QStringLiteral(" v%1").arg(*file.version);
    if (file.equalsDisk)
        text += *file.equalsDisk ? QStringLiteral(" = disk") : QStringLiteral(" ≠ disk");
    return text;
}

/// Queries about something else that read what is known of this file.
std::uint32_t readersOf(const trace::Store &store, const std::string &path)
{
    std::unordered_set<trace::NodeId> found;
    for (const trace::NodeId node : store.nodesOfFile(path)) {
        for (const trace::NodeId reader : store.readers(node)) {
            if (store.node(reader).file != path)
                found.insert(reader);
        }
    }
    return std::uint32_t(found.size());
}

/// In the first revision no file has changed: it is how all of them were found.
bool isChangeIn(std::uint32_t shown, std::uint32_t changedAt) { return shown > 1 && changedAt == shown; }

} // namespace

FileIndex::FileIndex(QString root, QObject *parent) : RowModel(parent), m_root(std::move(root)) { }

QVariant FileIndex::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const FileRow &row = rows()[std::size_t(index.row())];
    if (role == FileRole)
        return row.path;
    if (role == IsSelectedRole)
        return row.isSelected;
    if (role == OutcomeRole && row.hasChangedNow)
        return int(trace::Outcome::InputSet);
    if (role == OutcomeRole && row.isAbsent)
        return int(trace::Outcome::NotChecked);
    if (role == Qt::ToolTipRole)
        return row.path;
    const bool isNumber = index.column() == RevisionColumn || index.column() == ReadersColumn;
    if (role == Qt::TextAlignmentRole && isNumber)
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case PathColumn:
        return row.shown;
    case StateColumn:
        return row.state;
    case RevisionColumn:
        return countText(row.revision);
    case DurabilityColumn:
        return row.durability;
    case ReadersColumn:
        return countText(row.readers);
    default:
        return {};
    }
}

QVariant FileIndex::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static const QStringList titles{QStringLiteral("path"), QStringLiteral("overlay / disk"), QStringLiteral("rev"),
                                    QStringLiteral("durability"), QStringLiteral("readers")};
    return titles.value(section);
}

bool FileIndex::isBefore(const FileRow &left, const FileRow &right) const
{
    const bool isLeftOutside = !left.path.startsWith(m_root);
    const bool isRightOutside = !right.path.startsWith(m_root);
    return std::tie(isLeftOutside, left.path) < std::tie(isRightOutside, right.path);
}

std::ptrdiff_t FileIndex::lowerBound(const FileRow &row) const
{
    const auto at = std::ranges::lower_bound(
        rows(), row, [this](const FileRow &left, const FileRow &right) { return isBefore(left, right); });
    return at - rows().begin();
}

int FileIndex::rowOf(const QString &path) const
{
    FileRow row;
    row.path = path;
    const std::ptrdiff_t at = lowerBound(row);
    return std::size_t(at) < rows().size() && rows()[std::size_t(at)].path == path ? int(at) : -1;
}

FileRow FileIndex::rowFor(const trace::Store &store, const std::string &path) const
{
    const trace::FileRecord &file = *store.file(path);
    FileRow row;
    row.path = toQString(path);
    row.shown = shownPath(store, path);
    row.state = stateText(file);
    row.durability = nameOf(file.durability);
    row.revision = file.changedAt;
    row.readers = readersOf(store, path);
    row.isAbsent = file.status == trace::FileRecord::Status::Absent;
    row.hasChangedNow = isChangeIn(m_revision, file.changedAt);
    row.isSelected = row.path == m_selected;
    return row;
}

void FileIndex::update(const trace::Store &store, std::span<const std::string> touched)
{
    std::vector<FileRow> added;
    for (const std::string &path : touched) {
        if (!store.file(path))
            continue;
        FileRow row = rowFor(store, path);
        if (const int at = rowOf(row.path); at >= 0)
            setRow(at, std::move(row));
        else
            added.push_back(std::move(row));
    }
    if (added.empty())
        return;
    const auto before = [this](const FileRow &left, const FileRow &right) { return isBefore(left, right); };
    std::ranges::sort(added, before);
    std::vector<FileRow> all;
    std::ranges::merge(rows(), added, std::back_inserter(all), before);
    setRows(std::move(all));
}

void FileIndex::mark(const QString &selected, std::uint32_t revision)
{
    if (selected == m_selected && revision == m_revision)
        return;
    m_selected = selected;
    m_revision = revision;
    for (std::size_t at = 0; at < rows().size(); ++at) {
        const FileRow &row = rows()[at];
        const bool isSelected = row.path == selected;
        const bool hasChangedNow = isChangeIn(revision, row.revision);
        if (isSelected == row.isSelected && hasChangedNow == row.hasChangedNow)
            continue;
        FileRow marked = row;
        marked.isSelected = isSelected;
        marked.hasChangedNow = hasChangedNow;
        setRow(int(at), std::move(marked));
    }
}

} // namespace nuages::models
