#pragma once

#include "ui/canvas/outcome.h"
#include "ui/canvas/theme.h"

#include <QAbstractScrollArea>
#include <QString>

#include <optional>

namespace nuages::canvas {

/// What a matrix shows. It is asked for what is seen and for nothing else.
class MatrixSource
{
public:
    MatrixSource() = default;
    MatrixSource(const MatrixSource &) = delete;
    MatrixSource &operator=(const MatrixSource &) = delete;
    virtual ~MatrixSource() = default;

    virtual int rows() const = 0;
    virtual int columns() const = 0;
    virtual QString rowTitle(int row) const = 0;
    virtual QString columnTitle(int column) const = 0;
    virtual bool beginsGroup(int row) const = 0; ///< A line is drawn above it.
    virtual bool isThere(int row, int column) const = 0;
    virtual Outcome outcomeAt(int row, int column) const = 0; ///< Of a cell that is there.
    virtual QString wordsAt(int row, int column) const = 0; ///< For the tool tip and for screen readers.
};

/// A cell of a matrix.
struct MatrixPlace {
    int row = 0;
    int column = 0;

    friend bool operator==(const MatrixPlace &, const MatrixPlace &) = default;
};

/// Outcomes by row and column, in cells of one size below titles that stay. To a screen reader it is a table.
///
/// Keys: the arrows go to the next cell that is there, Page Up and Page Down by as many rows as are seen, Home and End
/// to the first and the last cell of the row, with Control to those of all; Enter activates, as does a click.
///
/// Lives on the GUI thread. Costs what is seen, however many rows there are.
class MatrixCanvas final : public QAbstractScrollArea
{
    Q_OBJECT

public:
    /// Sizes for a font of 12 px.
    static constexpr double cellWidth = 22;
    static constexpr double cellHeight = 18;
    static constexpr double rowTitleWidth = 236;
    static constexpr double columnTitleHeight = 136;

    /// `source` must outlive the canvas.
    explicit MatrixCanvas(const MatrixSource &source, QWidget *parent = nullptr);

    /// The source says something else than before.
    void refresh();

    const MatrixSource &source() const { return m_source; }

    std::optional<MatrixPlace> current() const { return m_cursor; }

    /// Goes to a cell, brings it into view and says so to a screen reader. Emits nothing.
    void setCurrent(std::optional<MatrixPlace> cursor);

    QSize wholeSize() const; ///< In which there is nothing to scroll.
    QRect cellArea(MatrixPlace place) const; ///< In the viewport, perhaps outside of it.
    std::optional<MatrixPlace> cellAt(QPoint point) const; ///< One that is there, at a point of the viewport.

    qint64 paintedItems() const { return m_paintedItems; } ///< Cells and titles drawn since it was made.

Q_SIGNALS:
    void activated(int row, int column); ///< Enter or a click.
    void titlePicked(int row); ///< A click on the title of a row.

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    int pixels(double natural) const;
    QSize cell() const;
    QPoint origin() const; ///< Of the cells: below and beside the titles.
    int seenRows() const;
    void updateScrollBars();
    void announceFocus();
    void hover(std::optional<MatrixPlace> place);
    std::optional<MatrixPlace> next(MatrixPlace from, int rows, int columns) const;
    void go(std::optional<MatrixPlace> place);
    void paintCells(QPainter &painter, MatrixPlace first, MatrixPlace last);
    void paintRowTitles(QPainter &painter, int first, int last);
    void paintColumnTitles(QPainter &painter, int first, int last);

    const MatrixSource &m_source;
    Theme m_theme;
    double m_unit;
    std::optional<MatrixPlace> m_cursor;
    std::optional<MatrixPlace> m_hovered;
    qint64 m_paintedItems = 0;
};

} // namespace nuages::canvas
