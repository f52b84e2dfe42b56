#include "ui/models/fileindex.h"

#include "engine/trace/store.h"
#include "ui/models/roles.h"
#include "ui/models/text.h"

#include <functional>
#include <optional>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace nuages::models {

namespace {

constexpr std::size_t portion = 500; // Files of one turn,
constexpr std::size_t readsOfVisit = 16; // each of which may be read so often.
constexpr std::size_t oneByOne = 100; // So many rows are exchanged each by itself.

QString stateText(const trace::FileState &file)
{
    using Status = trace::FileRecord::Status;
    switch (file.status) {
    case Status::Disk:
        return Words::tr("disk");
    case Status::Directory:
        return Words::tr("folder");
    case Status::Absent:
        return Words::tr("absent");
    case Status::Unreadable:
        return Words::tr("unreadable");
    case Status::Overlay:
        break;
    }
    QString text = Words::tr("overlay");
    if (file.version)
        text += Words::tr(" v%1").arg(*file.version);
    if (file.equalsDisk)
        text += *file.equalsDisk ? Words::tr(" = disk") : Words::tr(" ≠ disk");
    return text;
}

/// Queries about something else that read what is known of this file; nullopt if that is not kept of the revision.
std::optional<std::uint32_t> readersOf(const trace::Store &store, std::string_view path, trace::Revision revision)
{
    std::unordered_set<trace::NodeId> found;
    for (const trace::NodeId node : store.nodesOfFile(path)) {
        if (store.state(node).readersSince > revision)
            return std::nullopt;
        for (const trace::NodeId reader : store.readers(node)) {
            if (store.node(reader).file != path)
                found.insert(reader);
        }
    }
    return std::uint32_t(found.size());
}

/// How often what is known of this file is read.
std::size_t readsOf(const trace::Store &store, std::string_view path)
{
    std::size_t reads = 0;
    for (const trace::NodeId node : store.nodesOfFile(path))
        reads += store.readers(node).size();
    return reads;
}

/// Whether anybody had asked for the path by then.
bool wasThere(const trace::Store &store, std::string_view path, trace::Revision revision)
{
    const std::vector<trace::NodeId> nodes = store.nodesOfFile(path);
    return nodes.empty()
        || std::ranges::any_of(nodes, [&](trace::NodeId node) { return store.state(node).born <= revision; });
}

/// The files of which something was set in a revision. One that was looked for then for the first time is none of them.
QSet<QString> filesSetIn(const trace::Store &store, trace::Revision revision)
{
    QSet<QString> files;
    if (const trace::RevisionRecord *record = store.revision(revision)) {
        for (const trace::NodeId input : record->inputs)
            files.insert(toQString(store.node(input).file));
    }
    return files;
}

/// Files of the project, what is none or not there, then likewise outside of it.
int groupOf(const FileRow &row) { return (row.isOutside ? 2 : 0) + (row.isFile ? 0 : 1); }

bool isBefore(const FileRow &left, const FileRow &right)
{
    return std::tuple(groupOf(left), QStringView(left.path)) < std::tuple(groupOf(right), QStringView(right.path));
}

} // namespace

FileIndex::FileIndex(QString root, QObject *parent) : RowModel(parent), m_rootFolder(std::move(root) + u'/') { }

QVariant FileIndex::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const FileRow &row = rows()[std::size_t(index.row())];
    if (role == FileRole)
        return row.path;
    if (role == IsSelectedRole)
        return row.isSelected;
    if (role == OutcomeRole && index.column() == PathColumn) {
        if (row.hasChangedNow)
            return int(trace::Outcome::InputSet);
        return row.isAbsent ? QVariant(int(trace::Outcome::NotChecked)) : QVariant();
    }
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
        return row.readers ? countText(*row.readers) : notKept();
    default:
        return {};
    }
}

QVariant FileIndex::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static const QStringList titles{Words::tr("path"), Words::tr("overlay / disk"), Words::tr("rev"),
                                    Words::tr("durability"), Words::tr("readers")};
    return titles.value(section);
}

std::ptrdiff_t FileIndex::lowerBound(const FileRow &row) const
{
    return std::ranges::lower_bound(rows(), row, isBefore) - rows().begin();
}

int FileIndex::rowOf(const QString &path) const
{
    FileRow row;
    row.path = path;
    row.isOutside = isOutside(path);
    for (const bool isFile : {true, false}) {
        row.isFile = isFile;
        const std::ptrdiff_t at = lowerBound(row);
        if (std::size_t(at) < rows().size() && rows()[std::size_t(at)].path == path)
            return int(at);
    }
    return -1;
}

bool FileIndex::isListed(const trace::Store &store, std::string_view path) const
{
    const bool isAbsent = store.file(path)->status == trace::FileRecord::Status::Absent;
    return m_showsAbsent || !isAbsent || store.changedBefore(path, store.revision()) > 0;
}

FileRow FileIndex::rowFor(const trace::Store &store, std::string_view path) const
{
    using Status = trace::FileRecord::Status;
    const trace::Revision revision = m_past == 0 ? store.revision() : m_past;
    const std::optional<trace::FileState> file = m_past == 0 ? *store.file(path) : store.fileAt(path, revision);
    FileRow row;
    row.path = toQString(path);
    row.shown = shownPath(store, path);
    row.state = file ? stateText(*file) : notKept();
    row.durability = file ? nameOf(file->durability) : notKept();
    row.revision = file ? file->changedAt : store.changedBefore(path, revision);
    row.readers = readersOf(store, path, revision);
    const Status status = file ? file->status : store.file(path)->status; // Where it stands says nothing of then.
    row.isAbsent = file && status == Status::Absent;
    row.isFile = status == Status::Disk || status == Status::Overlay;
    row.isOutside = isOutside(row.path);
    row.hasChangedNow = m_changedNow.contains(row.path);
    row.isSelected = row.path == m_selected;
    return row;
}

void FileIndex::touch(const trace::Store &store, const trace::Changes &changes)
{
    m_touched.insert(changes.touchedFiles.begin(), changes.touchedFiles.end());
    std::vector<std::string_view> others = changes.newFiles;
    for (const trace::NodeId node : changes.rereadNodes)
        others.push_back(store.node(node).file);
    // The store has each path once, so that the place tells them apart.
    std::ranges::sort(others, std::less(), &std::string_view::data);
    others.erase(std::ranges::unique(others, {}, &std::string_view::data).begin(), others.end());
    for (const std::string_view path : others) {
        if (store.file(path) && isListed(store, path))
            m_touched.insert(path);
    }
}

/// Brings the row of a path up to date; one that is new, or goes elsewhere, is put into `placed`.
void FileIndex::lookAt(const trace::Store &store, std::string_view path, std::vector<FileRow> &placed)
{
    ++m_looks;
    const int at = rowOf(toQString(path));
    if (m_past != 0 && !wasThere(store, path, m_past)) {
        if (at >= 0)
            dropRow(at);
        return;
    }
    if (at < 0 && !isListed(store, path))
        return;
    FileRow row = rowFor(store, path);
    if (at >= 0 && rows()[std::size_t(at)].isFile == row.isFile) {
        setRow(at, std::move(row));
        return;
    }
    if (at >= 0)
        dropRow(at);
    placed.push_back(std::move(row));
}

void FileIndex::update(const trace::Store &store)
{
    std::vector<FileRow> placed; // They are new, or go elsewhere.
    for (std::size_t visited = 0; !m_touched.empty() && visited < portion;) {
        const std::string_view path = m_touched.extract(m_touched.begin()).value();
        visited += 1 + readsOf(store, path) / readsOfVisit;
        lookAt(store, path, placed);
    }
    std::ranges::sort(placed, isBefore);
    insertSorted(std::move(placed), isBefore);
}

/// All that rowFor() and wasThere() ask of a path says the same between the nearest revisions in which any of it turns.
FileIndex::Listed FileIndex::listedAt(const trace::Store &store, std::string_view path, std::uint32_t revision)
{
    const auto [first, end] = store.turnsOfFile(path, revision);
    Listed listed{.path = path, .first = first, .end = end};
    for (const trace::NodeId node : store.nodesOfFile(path)) {
        for (const trace::Revision turn : {store.state(node).born, store.state(node).readersSince}) {
            if (turn <= revision)
                listed.first = std::max(listed.first, turn);
            else
                listed.end = std::min(listed.end, turn);
        }
    }
    return listed;
}

/// From one past revision to another, only paths of which the row may differ are looked at.
void FileIndex::goTo(const trace::Store &store, std::uint32_t revision)
{
    const auto isSame = [revision](const Listed &each) { return each.first <= revision && revision < each.end; };
    const bool isStep = m_past != 0 && revision != 0 && m_listedOf == store.epoch() && !m_listed.empty()
        && m_listed.size() - std::size_t(std::ranges::count_if(m_listed, isSame)) <= oneByOne;
    m_past = revision;
    std::vector<FileRow> placed;
    if (isStep) {
        for (Listed &each : m_listed) {
            if (isSame(each))
                continue;
            lookAt(store, each.path, placed);
            each = listedAt(store, each.path, revision);
        }
        std::ranges::sort(placed, isBefore);
        insertSorted(std::move(placed), isBefore);
        return;
    }
    m_listed.clear();
    m_listedOf = store.epoch();
    store.visitFiles([&](std::string_view path, const trace::FileState & /*file*/) {
        ++m_looks;
        if (!isListed(store, path))
            return;
        if (m_past != 0)
            m_listed.push_back(listedAt(store, path, m_past));
        if (m_past == 0 || wasThere(store, path, m_past))
            placed.push_back(rowFor(store, path));
    });
    std::ranges::sort(placed, isBefore);
    setRows(std::move(placed));
}

void FileIndex::setShowsAbsent(const trace::Store &store, bool showsAbsent)
{
    if (std::exchange(m_showsAbsent, showsAbsent) == showsAbsent)
        return;
    m_listed.clear();
    goTo(store, m_past);
}

void FileIndex::mark(const trace::Store &store, const QString &selected, std::uint32_t revision)
{
    if (const trace::Revision past = revision < store.revision() ? revision : 0; past != m_past)
        goTo(store, past);
    QSet<QString> marked = std::exchange(m_changedNow, filesSetIn(store, revision));
    marked += m_changedNow;
    marked << std::exchange(m_selected, selected) << selected;
    for (const QString &path : marked) {
        const int at = rowOf(path);
        if (at < 0)
            continue;
        FileRow row = rows()[std::size_t(at)];
        row.isSelected = path == m_selected;
        row.hasChangedNow = m_changedNow.contains(path);
        setRow(at, std::move(row));
    }
}

} // namespace nuages::models
