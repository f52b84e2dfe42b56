#pragma once

#include "engine/trace/store.h"

#include <QHash>
#include <QString>

#include <cstdint>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace nuages::models {

class KindGraph;

/// All nodes by the file that they are about and by their kind. Rows are files: those of the project folder by folder,
/// then what is about no file, then other files, and last, folded into one row, paths that were only looked for.
/// Columns are kinds in their one order.
class FilesByKinds
{
public:
    struct Row {
        QString file; ///< Empty for what is about no file, and of the fold.
        int group = 0; ///< Rows of one folder at the top share it.
        bool isFold = false; ///< It stands for all absent paths; if it is open they follow it.
    };

    /// What a cell says: the node with the most to say about the change, and how it fared.
    struct Cell {
        trace::NodeId node = 0;
        std::optional<trace::Outcome> outcome; ///< nullopt if that is not kept.
        std::size_t count = 0; ///< Of nodes.
    };

    explicit FilesByKinds(const QString &root) : m_rootFolder(root + u'/') { }

    /// Goes to a revision, and takes in the nodes that are new since the last time. Cost in proportion to those, to the
    /// nodes of absent paths, and to the files if one of them is new or is there now or no longer.
    void update(const trace::Store &store, const KindGraph &kinds, trace::Revision revision);

    bool isOpen() const { return m_isOpen; }
    void setOpen(bool isOpen); ///< Shows the absent paths one by one.
    std::size_t absentCount() const { return m_absent.size(); }

    const std::vector<Row> &rows() const { return m_rows; }
    const std::vector<QString> &columns() const { return m_columns; }

    int rowOf(const QString &file) const; ///< -1 if there is none; the fold if that hides it.
    int foldRow() const { return m_foldRow; } ///< -1 if no path is absent.
    int columnOf(const QString &kind) const; ///< -1 if there is none.

    /// Of the revision that it was updated to.
    bool isThere(const trace::Store &store, int row, int column) const;
    Cell cell(const trace::Store &store, int row, int column) const;

private:
    const std::vector<trace::NodeId> &nodesAt(int file, int column) const;
    void add(Cell &cell, const trace::Store &store, int file, int column) const;
    bool findAbsent(const trace::Store &store);
    void sortRows();
    void foldCells(const trace::Store &store);

    QString m_rootFolder;
    trace::Revision m_revision = 0;
    bool m_isOpen = false;
    std::set<int> m_absent; ///< Numbers of files.
    int m_foldRow = -1;
    std::vector<Cell> m_foldCells; ///< By column.
    std::pair<std::uint64_t, trace::Revision> m_foldedAt; ///< Epoch and revision that they are of.
    trace::NodeId m_taken = 0; ///< The last node that was taken in.
    QHash<QString, int> m_files; ///< Number by name.
    QHash<QString, int> m_kinds; ///< Likewise.
    std::unordered_map<std::uint64_t, std::vector<trace::NodeId>> m_nodes; ///< By number of file and of kind.
    std::vector<Row> m_rows;
    std::vector<int> m_fileOf; ///< By row; -1 for the fold.
    QHash<QString, int> m_rowOf;
    std::vector<QString> m_columns;
    std::vector<int> m_kindOf; ///< By column.
};

} // namespace nuages::models
