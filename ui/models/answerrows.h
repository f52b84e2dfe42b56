#pragma once

#include "ui/models/rowmodel.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <functional>
#include <vector>

namespace nuages::trace {
struct Ledger;
class Store;
} // namespace nuages::trace

namespace nuages::models {

struct AnswerCell {
    QString text;
    double number = 0; ///< To sort by.
    bool isFigure = false; ///< Stands to the right.

    AnswerCell(const QString &words) : text(words) { }
    AnswerCell(const QString &figure, double sortedBy) : text(figure), number(sortedBy), isFigure(true) { }
    friend bool operator==(const AnswerCell &, const AnswerCell &) = default;
};

AnswerCell countCell(std::uint64_t count); ///< "2,991"
AnswerCell timeCell(std::uint64_t ns); ///< "0.57 ms"

struct AnswerRow {
    QString name; ///< No other row has it.
    std::vector<AnswerCell> cells; ///< By column.
    std::uint32_t node = 0; ///< Where the row leads to; 0: nowhere.
    std::uint32_t revision = 0; ///< In which; 0: in whichever is shown.
    int outcome = -1; ///< trace::Outcome for a glyph before the first cell; -1: none.

    const QString &key() const { return name; }
    friend bool operator==(const AnswerRow &, const AnswerRow &) = default;
};

/// In which order rows are wanted: by a column, or as they were found.
struct RowOrder {
    int column = -1; ///< None.
    Qt::SortOrder direction = Qt::DescendingOrder;
};

/// Rows that are ready to be shown: in order, and of very many the first.
struct ReadyRows {
    static constexpr std::size_t limit = 1'000; ///< More are not read by anybody; all of them are sorted.

    std::vector<AnswerRow> rows;
    std::size_t all = 0; ///< So many there are.

    ReadyRows() = default;
    ReadyRows(std::vector<AnswerRow> found, RowOrder order); ///< On any thread.
};

/// A table that answers a question about what the engine did. It sorts by any column; before it is asked to, rows stand
/// as they were given.
class AnswerRows : public RowModel<AnswerRow>
{
    Q_OBJECT

public:
    explicit AnswerRows(QStringList titles, QObject *parent = nullptr);

    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_titles.size());
    }
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

    RowOrder order() const { return m_order; }
    void update(ReadyRows ready);
    void update(std::vector<AnswerRow> rows) { update(ReadyRows(std::move(rows), m_order)); }

    std::size_t all() const { return m_all; } ///< Rows, those included that are not shown.
    void setTitles(const QStringList &titles); ///< As many as there are.

Q_SIGNALS:
    /// They are to be found again, in order(): not all of them are here.
    void orderAsked();

private:
    QStringList m_titles;
    RowOrder m_order;
    std::size_t m_all = 0;
};

QStringList ledgerKindTitles();
std::vector<AnswerRow> ledgerKindRows(const trace::Ledger &ledger);
QStringList ledgerEdgeTitles();
std::vector<AnswerRow> ledgerEdgeRows(const trace::Store &store, const trace::Ledger &ledger);
QStringList ledgerFindingTitles();
std::vector<AnswerRow> ledgerFindingRows(const trace::Ledger &ledger);

/// "4 useful in 1.2 ms · 2 in vain in 0.31 ms · 425 checked, 3,201 reads looked at"
QString ledgerSentence(const trace::Ledger &ledger);

} // namespace nuages::models
