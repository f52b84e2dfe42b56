#pragma once

#include "engine/trace/store.h"

#include <QHash>
#include <QString>

#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace nuages::models {

class KindGraph;

/// All nodes by the file that they are about and by their kind. Rows are files: those of the project folder by folder,
/// then what is about no file, then other files. Columns are kinds in their one order.
class FilesByKinds
{
public:
    struct Row {
        QString file; ///< Empty for what is about no file.
        int group = 0; ///< Rows of one folder at the top share it.
    };

    /// What a cell says: the node with the most to say about the change, and how it fared.
    struct Cell {
        trace::NodeId node = 0;
        std::optional<trace::Outcome> outcome; ///< nullopt if that is not kept.
        std::size_t count = 0; ///< Of nodes.
    };

    explicit FilesByKinds(const QString &root) : m_rootFolder(root + u'/') { }

    /// Takes in the nodes that are new since the last time. Cost in proportion to those, and to the files if one of
    /// them is new.
    void update(const trace::Store &store, const KindGraph &kinds);

    const std::vector<Row> &rows() const { return m_rows; }
    const std::vector<QString> &columns() const { return m_columns; }

    int rowOf(const QString &file) const; ///< -1 if there is none.
    int columnOf(const QString &kind) const; ///< -1 if there is none.

    bool isThere(const trace::Store &store, int row, int column, trace::Revision revision) const;
    Cell cell(const trace::Store &store, int row, int column, trace::Revision revision) const;

private:
    const std::vector<trace::NodeId> &nodesAt(int row, int column) const;
    void sortRows();

    QString m_rootFolder;
    trace::NodeId m_taken = 0; ///< The last node that was taken in.
    QHash<QString, int> m_files; ///< Number by name.
    QHash<QString, int> m_kinds; ///< Likewise.
    std::unordered_map<std::uint64_t, std::vector<trace::NodeId>> m_nodes; ///< By number of file and of kind.
    std::vector<Row> m_rows;
    std::vector<int> m_fileOf; ///< By row.
    QHash<QString, int> m_rowOf;
    std::vector<QString> m_columns;
    std::vector<int> m_kindOf; ///< By column.
};

} // namespace nuages::models
