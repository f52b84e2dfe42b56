#pragma once

#include <QObject>
#include <QString>

#include <vector>

class QTableView;

namespace nuages::views {

/// Keeps the columns of a table as wide as what stands in them, so that no figure is ever shortened.
///
/// One column gets the room that is left. A column grows with the widest text that it has had and does not shrink
/// again, so that it stays where it is while figures change; cost in proportion to the rows that a signal of the model
/// names. Where the stretched column would be narrower than it may be, spare ones are hidden, in their order.
class ColumnWidths final : public QObject
{
    Q_OBJECT

public:
    /// `least` are the smallest widths, by column; of the stretched one 0 is as much as its texts need. The columns
    /// live as long as the table.
    ColumnWidths(QTableView *table, int stretched, std::vector<int> least, std::vector<int> spare);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// What is known of a column.
    struct Column {
        int wanted = 0; ///< The width of the widest text that it has had.
        qsizetype longest = 0; ///< Of its texts, in characters: much shorter ones are not measured.
        QString last; ///< Measured last: many rows say the same.
    };

    void measureAll();
    void measure(int firstRow, int lastRow);
    void fit();

    QTableView *m_table;
    int m_stretched;
    std::vector<int> m_least;
    std::vector<int> m_spare;
    std::vector<Column> m_columns;
};

} // namespace nuages::views
