#pragma once

#include "ui/models/rowmodel.h"

#include <QSet>
#include <QString>

#include <optional>
#include <span>

namespace nuages::trace {
class Store;
}

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

/// Every path that the engine knows: the project's files, what it looked for and is no file, then what lies outside;
/// each sorted by path.
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

    /// Looks again at the files that a batch touched, each named once.
    void update(const trace::Store &store, std::span<const std::string> touched);

    /// Marks what the selection names and what was set in its revision; looks only at rows whose mark may differ. At a
    /// past revision the rows are as they were then, and come back for the present one.
    void mark(const trace::Store &store, const QString &selected, std::uint32_t revision);

private:
    bool isOutside(const QString &path) const { return !path.startsWith(m_rootFolder); }
    std::ptrdiff_t lowerBound(const FileRow &row) const;
    FileRow rowFor(const trace::Store &store, const std::string &path) const;
    void goTo(const trace::Store &store, std::uint32_t revision);

    QString m_rootFolder; ///< With a slash at its end.
    std::uint32_t m_past = 0; ///< The past revision that the rows are of; 0 for the present.
    QString m_selected;
    QSet<QString> m_changedNow; ///< Paths.
};

} // namespace nuages::models
