#pragma once

#include "ui/models/rowmodel.h"

#include <QSet>
#include <QString>

#include <optional>
#include <set>
#include <string_view>
#include <vector>

namespace nuages::trace {
struct Changes;
class Store;
} // namespace nuages::trace

namespace nuages::models {

struct FileRow {
    QString path; ///< Absolute.
    QString shown; ///< Relative to the project where it is below it.
    QString state; ///< "overlay v17 ≠ disk", "disk", "absent".
    QString durability;
    std::uint32_t revision = 0; ///< The last one that changed it.
    std::optional<std::uint32_t> readers; ///< None if it is not kept.
    bool isAbsent = false;
    bool isFile = true; ///< On the disk or open; no folder, nor absent.
    bool isOutside = false; ///< Not below the project's folder.
    bool hasChangedNow = false; ///< Set in the revision that is shown.
    bool isSelected = false;

    const QString &key() const { return path; }
    friend bool operator==(const FileRow &, const FileRow &) = default;
};

/// The paths that the engine knows: the project's files, its folders and what cannot be read, then what lies outside;
/// each sorted by path. Those that were only looked for and never there, for most projects many times as many, are rows
/// when they are wanted.
///
/// What the filter of the selection hides is hidden by a QSortFilterProxyModel over it.
class FileIndex : public RowModel<FileRow>
{
    Q_OBJECT

public:
    enum Column : int { PathColumn, StateColumn, RevisionColumn, DurabilityColumn, ReadersColumn, ColumnCount };

    explicit FileIndex(QString root, QObject *parent = nullptr);

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// The row of an absolute path; -1 if it is not there.
    int rowOf(const QString &path) const;

    /// Remembers files of which the row may differ, for update(): those told of, and those whose readers may be others.
    /// What is no row costs no more than a look.
    void touch(const trace::Store &store, const trace::Changes &changes);

    /// Looks again at those that were touched; of very many at a portion, and isBehind() until the last one. A folder
    /// that thousands read costs as much as hundreds of others.
    void update(const trace::Store &store);
    bool isBehind() const { return !m_touched.empty(); }

    /// Marks what the selection names and what was set in its revision; looks only at rows whose mark may differ. At a
    /// past revision the rows are as they were then, and come back for the present one.
    void mark(const trace::Store &store, const QString &selected, std::uint32_t revision);

    /// How many paths were looked at since the beginning.
    std::uint64_t looks() const { return m_looks; }

    /// Whether absent paths are rows; false at first.
    void setShowsAbsent(const trace::Store &store, bool showsAbsent);

private:
    /// A path that is a row in some revision, and revisions around the one that is shown in which it is the same row.
    struct Listed {
        std::string_view path;
        std::uint32_t first = 0;
        std::uint32_t end = 0; ///< Behind the last one.
    };

    static Listed listedAt(const trace::Store &store, std::string_view path, std::uint32_t revision);
    bool isListed(const trace::Store &store, std::string_view path) const;
    bool isOutside(const QString &path) const { return !path.startsWith(m_rootFolder); }
    std::ptrdiff_t lowerBound(const FileRow &row) const;
    FileRow rowFor(const trace::Store &store, std::string_view path) const;
    void goTo(const trace::Store &store, std::uint32_t revision);
    void lookAt(const trace::Store &store, std::string_view path, std::vector<FileRow> &placed);

    std::set<std::string_view> m_touched; ///< The store keeps them.
    QString m_rootFolder; ///< With a slash at its end.
    bool m_showsAbsent = false;
    std::uint32_t m_past = 0; ///< The past revision that the rows are of; 0 for the present.
    std::vector<Listed> m_listed; ///< While a past revision is shown.
    std::uint64_t m_listedOf = 0; ///< The epoch of the store of which that is true.
    std::uint64_t m_looks = 0;
    QString m_selected;
    QSet<QString> m_changedNow; ///< Paths.
};

} // namespace nuages::models
