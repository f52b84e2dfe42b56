#pragma once

#include "ui/canvas/outcome.h"
#include "ui/canvas/theme.h"

#include <QAbstractScrollArea>
#include <QString>

#include <optional>
#include <span>

class QHelpEvent;

namespace nuages::canvas {

/// A part of a row of a time line.
struct TimeBar {
    enum class Kind { Run, Wait, Request };

    qint64 at = 0; ///< In nanoseconds.
    qint64 ns = 0;
    Kind kind = Kind::Run;
    Outcome outcome = Outcome::NotChecked; ///< Of a run.

    qint64 end() const { return at + ns; }
};

/// A bar by its row and its number in that.
struct TimePlace {
    int row = 0;
    int bar = 0;

    friend bool operator==(const TimePlace &, const TimePlace &) = default;
};

/// What a time line shows. Texts are asked for only of what is seen.
class TimeSource
{
public:
    TimeSource() = default;
    TimeSource(const TimeSource &) = delete;
    TimeSource &operator=(const TimeSource &) = delete;
    virtual ~TimeSource() = default;

    virtual int rows() const = 0;
    virtual QString rowTitle(int row) const = 0; ///< Empty if the row goes on with the one above.
    virtual std::span<const TimeBar> bars(int row) const = 0; ///< By time; none overlaps the next.
    virtual QString nameAt(TimePlace place) const = 0; ///< Stands in the bar.
    virtual QString wordsAt(TimePlace place) const = 0; ///< For the tool tip and for screen readers.
    virtual std::optional<TimePlace> causeOf(TimePlace place) const = 0; ///< The bar that led to this one.
};

/// What happened when: rows of bars over an axis of time. Where bars are too narrow to be told apart, a column of
/// pixels says how much of its time was used, in the colour of what took most of it.
///
/// Keys: Left and Right go to the bar before and after, Up and Down to the bar in another row that is there at the same
/// time or next to it, Home and End to the first and the last of the row; Backspace goes to what led to the bar; + and
/// - zoom around it, 0 shows all; Enter activates, as does a click. The wheel scrolls, with Shift through time; with
/// Control it zooms around the pointer.
///
/// Lives on the GUI thread. Painting costs the bars that are within view, and what it draws is as many as its pixels.
class TimelineCanvas final : public QAbstractScrollArea
{
    Q_OBJECT

public:
    /// `source` must outlive the canvas.
    explicit TimelineCanvas(const TimeSource &source, QWidget *parent = nullptr);

    /// The source says something else than before: what is current is so no longer. Shows all, unless a part was chosen
    /// and something is still in it.
    void refresh();

    const TimeSource &source() const { return m_source; }
    bool isThere(TimePlace place) const;
    int barCount() const; ///< Of all rows.

    std::optional<TimePlace> current() const { return m_cursor; }

    /// Goes to a bar, and brings it into view. Emits nothing.
    void setCurrent(std::optional<TimePlace> place);

    QRect barArea(TimePlace place) const; ///< In the viewport, perhaps outside of it; a pixel wide at least.
    std::optional<TimePlace> barAt(QPoint point) const; ///< Of several in one pixel the longest.

    /// The time that is seen.
    qint64 seenFrom() const { return m_from; }
    qint64 seenNs() const { return m_seen; }

    /// Zooms by steps of two, in if `steps` are more than 0, so that the time at `x` stays where it is.
    void zoom(int steps, int x);
    void showAll();

    qint64 paintedItems() const { return m_paintedItems; } ///< Bars, columns of pixels and titles drawn so far.

Q_SIGNALS:
    void activated(int row, int bar); ///< Enter or a click.

protected:
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    int pixels(double natural) const;
    int rowHeight() const;
    QPoint origin() const; ///< Of the bars: below the axis and beside the titles.
    int roomForBars() const;
    double xOf(qint64 time) const;
    qint64 timeAt(double x) const;
    int firstSeen(std::span<const TimeBar> bars) const;
    void see(qint64 from, qint64 ns);
    void updateScrollBars();
    void hover(std::optional<TimePlace> place);
    void go(std::optional<TimePlace> place);
    std::optional<TimePlace> inRow(int row, qint64 time) const;
    std::optional<TimePlace> above(TimePlace place, int step) const;
    void paintAxis(QPainter &painter);
    void paintRow(QPainter &painter, int row);
    void paintBar(QPainter &painter, TimePlace place, QRect box);
    void paintColumn(QPainter &painter, int row, int x, std::span<const TimeBar> bars);
    void paintFlow(QPainter &painter);

    const TimeSource &m_source;
    Theme m_theme;
    double m_unit;
    qint64 m_begin = 0; ///< Of all.
    qint64 m_end = 1;
    qint64 m_from = 0; ///< Of what is seen.
    qint64 m_seen = 1;
    bool m_showsAll = true;
    bool m_isSettingBars = false; ///< The scroll bars are set, and not moved by the user.
    std::optional<TimePlace> m_cursor;
    std::optional<TimePlace> m_hovered;
    std::optional<QPoint> m_grabbed; ///< Where time was taken hold of to be dragged.
    qint64 m_grabbedFrom = 0;
    bool m_isDragged = false;
    qint64 m_paintedItems = 0;
};

/// "2 ms", "1.5 µs": a time that stands on the axis.
QString axisText(qint64 ns);

} // namespace nuages::canvas
