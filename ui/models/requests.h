#pragma once

#include "ui/models/rowmodel.h"

#include <QString>

#include <optional>
#include <span>

namespace nuages::trace {
class Store;
}

namespace nuages::models {

struct RequestRow {
    std::uint64_t id = 0; ///< trace's number, not the client's.
    QString method;
    QString document; ///< As shown.
    QString state; ///< "answered", "running", "cancelled".
    std::uint32_t revision = 0; ///< It was answered in.
    std::uint32_t attempts = 0; ///< 2: an edit cancelled the first.
    QString version; ///< Of the document, as the client counts; empty if it was not open.
    QString after; ///< What opened the revision it was answered in: "didChange".
    std::uint64_t ns = 0;
    bool isUnderWay = false; ///< It was in the past revision that is shown: how far it had come is not kept.

    std::uint64_t key() const { return id; }
    friend bool operator==(const RequestRow &, const RequestRow &) = default;
};

/// The requests of the client, oldest first; as many as the store keeps. The server's own work, which is much, comes
/// behind them for who asks for it: one edit has the findings of every template looked for again.
class Requests : public RowModel<RequestRow>
{
    Q_OBJECT

public:
    enum Column : int {
        MethodColumn,
        DocumentColumn,
        VersionColumn,
        StateColumn,
        AfterColumn,
        RevisionColumn,
        AttemptsColumn,
        TimeColumn,
        ColumnCount
    };

    using RowModel::RowModel;

    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : ColumnCount; }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void update(const trace::Store &store, std::span<const std::uint64_t> touched);

    /// The row of a request; -1 if there is none.
    int rowOf(std::uint64_t id) const;

    /// The row of the request of a client that took longest of those that were answered in the revision; -1 if none
    /// was.
    int slowestIn(std::uint32_t revision) const;

    /// Shows those that had arrived by then, as they stood; the present ones for the latest revision.
    void goTo(const trace::Store &store, std::uint32_t revision);

    bool showsOwnWork() const { return m_showsOwnWork; }
    void setShowsOwnWork(const trace::Store &store, bool showsOwnWork);

private:
    std::optional<std::vector<std::uint64_t>> othersBetween(const trace::Store &store, std::uint32_t left,
                                                            std::uint32_t right) const;
    void lookAt(const trace::Store &store, std::uint64_t id);
    void dropForgotten(const trace::Store &store);
    std::optional<RequestRow> rowFor(const trace::Store &store, std::uint64_t id) const;

    std::uint32_t m_past = 0; ///< The past revision that the rows are of; 0 for the present.
    bool m_showsOwnWork = false;
};

} // namespace nuages::models
