#pragma once

#include "engine/trace/batch.h"
#include "ui/models/rowmodel.h"
#include "ui/models/shares.h"

#include <QString>

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace nuages::trace {
class Store;
}

namespace nuages::models {

class KindGraph;

struct KindRow {
    QString kind;
    std::uint32_t memos = 0;
    Shares shares; ///< In the shown revision.
    bool isKept = true; ///< Else the shares are not known any more.
    bool isSelected = false;

    const QString &key() const { return kind; }
    friend bool operator==(const KindRow &, const KindRow &) = default;
};

/// The queries by kind, in the order of the graph's columns: how many memos there are, and how those fared in the
/// revision that is shown.
class QueryKinds : public RowModel<KindRow>
{
    Q_OBJECT

public:
    enum Column : int { KindColumn, MemosColumn, SharesColumn, ColumnCount };

    using RowModel::RowModel;

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    std::uint64_t memoTotal() const { return m_memoTotal; } ///< Without inputs.

    /// Counts what has come of the revision, so that update() has less to do. No row changes.
    void takeIn(const trace::Store &store, std::uint32_t revision);

    void update(const trace::Store &store, const KindGraph &kinds, std::uint32_t revision, std::uint32_t selectedNode);

private:
    /// The last thing that happened to a node in a revision.
    struct Last {
        std::uint64_t sequence = 0;
        trace::Outcome outcome = trace::Outcome::NotChecked;
    };

    std::uint64_t countThen(const trace::Store &store, const trace::KindTotal &total, std::uint32_t revision);

    std::uint64_t m_memoTotal = 0;
    std::uint32_t m_counted = 0; ///< The revision of what follows, which grows while that is the present one.
    std::size_t m_known = 0; ///< So many of its executions.
    std::vector<Last> m_last; ///< By node.
    std::unordered_map<std::string, std::vector<trace::Revision>>
        m_comings; ///< By kind: the revisions in which its memos or records came up; rising.
    std::uint64_t m_comingsOf = 0; ///< The epoch of the store of which these are true.
    std::vector<Shares> m_shares; ///< Of the nodes that anything happened to, by the number of their kind.
};

} // namespace nuages::models
