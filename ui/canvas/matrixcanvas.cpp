#include "ui/canvas/matrixcanvas.h"

#include "ui/canvas/accessible.h"
#include "ui/canvas/fonts.h"
#include "ui/canvas/glyph.h"
#include "ui/canvas/tooltip.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace nuages::canvas {

namespace {

constexpr double leastColumnTitle = 60;
constexpr double markSide = 12;
constexpr double headingSize = 11;
constexpr int scrolledRows = 3;

} // namespace

MatrixCanvas::MatrixCanvas(const MatrixSource &source, QWidget *parent)
    : QAbstractScrollArea(parent), m_source(source), m_theme(Theme::of(palette())), m_unit(unitOf(font()))
{
    installAccessibility();
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Matrix"));
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
}

void MatrixCanvas::refresh()
{
    const auto isInside = [this](const std::optional<MatrixPlace> &place) {
        return place && place->row < m_source.rows() && place->column < m_source.columns();
    };
    if (!isInside(m_cursor))
        m_cursor.reset();
    if (!isInside(m_hovered))
        m_hovered.reset();
    updateScrollBars();
    viewport()->update();
}

void MatrixCanvas::setCurrent(std::optional<MatrixPlace> cursor)
{
    m_cursor = cursor;
    viewport()->update();
    if (!cursor)
        return;
    const QRect area = cellArea(*cursor);
    const QRect room = viewport()->rect().adjusted(origin().x(), origin().y(), 0, 0);
    const auto missing = [](int begin, int end, int from, int to) {
        return begin < from ? begin - from : std::max(0, end - to);
    };
    horizontalScrollBar()->setValue(horizontalScrollBar()->value()
                                    + missing(area.left(), area.right(), room.left(), room.right()));
    verticalScrollBar()->setValue(verticalScrollBar()->value()
                                  + missing(area.top(), area.bottom(), room.top(), room.bottom()));
    announceFocus();
}

QSize MatrixCanvas::wholeSize() const
{
    return {pixels(rowTitleWidth) + m_source.columns() * cell().width(),
            pixels(columnTitleHeight) + m_source.rows() * cell().height()};
}

QRect MatrixCanvas::cellArea(MatrixPlace place) const
{
    const QSize size = cell();
    const QPoint scrolled(horizontalScrollBar()->value(), verticalScrollBar()->value());
    return {origin() - scrolled + QPoint(place.column * size.width(), place.row * size.height()), size};
}

std::optional<MatrixPlace> MatrixCanvas::cellAt(QPoint point) const
{
    if (point.x() < origin().x() || point.y() < origin().y())
        return std::nullopt;
    const QPoint inside = point - cellArea({}).topLeft();
    const MatrixPlace place{.row = inside.y() / cell().height(), .column = inside.x() / cell().width()};
    const bool isThere =
        place.row < m_source.rows() && place.column < m_source.columns() && m_source.isThere(place.row, place.column);
    return isThere ? std::optional(place) : std::nullopt;
}

// Control and End means the last cell here, whatever it does in the window around.
bool MatrixCanvas::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto &key = static_cast<const QKeyEvent &>(*event);
        if (key.modifiers() == Qt::ControlModifier && (key.key() == Qt::Key_Home || key.key() == Qt::Key_End)) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

bool MatrixCanvas::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        hover(std::nullopt);
    const auto wordsAt = [this](QPoint point) {
        const auto place = cellAt(point);
        return place ? m_source.wordsAt(place->row, place->column) : QString();
    };
    return answerToolTip(*event, *viewport(), wordsAt) || QAbstractScrollArea::viewportEvent(event);
}

void MatrixCanvas::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme.panel);
    const QPoint zero = origin() - cellArea({}).topLeft(); // The scrolled distance.
    const QSize size = cell();
    const auto seen = [](int from, int length, int step, int count) {
        return std::pair(std::max(0, from / step), std::min(count, (from + std::max(0, length) + step - 1) / step));
    };
    const QRect area = event->rect().intersected(viewport()->rect().adjusted(origin().x(), origin().y(), 0, 0));
    const auto [firstRow, lastRow] =
        seen(zero.y() + area.top() - origin().y(), area.height(), size.height(), m_source.rows());
    const auto [firstColumn, lastColumn] =
        seen(zero.x() + area.left() - origin().x(), area.width(), size.width(), m_source.columns());
    if (!area.isEmpty()) {
        painter.setClipRect(area);
        paintCells(painter, {firstRow, firstColumn}, {lastRow, lastColumn});
    }
    if (event->rect().left() < origin().x()) {
        painter.setClipRect(QRect(0, origin().y(), origin().x(), viewport()->height()));
        paintRowTitles(painter, firstRow, lastRow);
    }
    if (event->rect().top() < origin().y()) {
        painter.setClipRect(QRect(origin().x(), 0, viewport()->width(), origin().y()));
        paintColumnTitles(painter, firstColumn, lastColumn);
    }
    painter.setClipping(false);
    painter.setPen(m_theme.line);
    painter.drawLine(0, origin().y() - 1, viewport()->width(), origin().y() - 1);
    painter.drawLine(origin().x() - 1, 0, origin().x() - 1, viewport()->height());
    if (hasFocus() && !m_cursor) {
        painter.setPen(QPen(m_theme.accent, 2));
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
}

void MatrixCanvas::paintCells(QPainter &painter, MatrixPlace first, MatrixPlace last)
{
    const double glyph = markSide * m_unit;
    for (int row = first.row; row < last.row; ++row) {
        if (m_source.beginsGroup(row)) {
            const int top = cellArea({.row = row, .column = 0}).top();
            painter.setPen(m_theme.line);
            painter.drawLine(0, top, viewport()->width(), top);
        }
        for (int column = first.column; column < last.column; ++column) {
            if (!m_source.isThere(row, column))
                continue;
            const Outcome outcome = m_source.outcomeAt(row, column);
            const OutcomeColours &colours = m_theme[outcome];
            const QRect box = cellArea({.row = row, .column = column}).adjusted(1, 1, -1, -1);
            painter.fillRect(box, colours.tint);
            painter.fillRect(QRect(box.topLeft(), QSize(3, box.height())),
                             QBrush(colours.ink, m_theme.pattern(outcome)));
            paintGlyph(painter, QRectF(box.right() - glyph - 1, box.center().y() - glyph / 2, glyph, glyph), outcome,
                       colours.ink);
            ++m_paintedItems;
        }
    }
    painter.setBrush(Qt::NoBrush);
    if (m_hovered) {
        painter.setPen(QPen(m_theme.muted, 1));
        painter.drawRect(cellArea(*m_hovered).adjusted(0, 0, -1, -1));
    }
    if (m_cursor) {
        painter.setPen(QPen(m_theme.accent, 2));
        painter.drawRect(cellArea(*m_cursor).adjusted(1, 1, -1, -1));
    }
}

void MatrixCanvas::paintRowTitles(QPainter &painter, int first, int last)
{
    const QFont usual = sized(font(), headingSize * m_unit);
    painter.setFont(usual);
    const std::optional<MatrixPlace> place = m_hovered ? m_hovered : m_cursor;
    for (int row = first; row < last; ++row, ++m_paintedItems) {
        const QRect box(pixels(8), cellArea({.row = row, .column = 0}).top(), origin().x() - pixels(12),
                        cell().height());
        if (m_source.beginsGroup(row)) {
            painter.setPen(m_theme.line);
            painter.drawLine(0, box.top(), origin().x(), box.top());
        }
        painter.setPen(place && place->row == row ? m_theme.accent : m_theme.text);
        painter.drawText(box, Qt::AlignVCenter | Qt::AlignLeft, shortened(m_source.rowTitle(row), usual, box.width()));
    }
}

void MatrixCanvas::paintColumnTitles(QPainter &painter, int first, int last)
{
    const QFont usual = sized(font(), headingSize * m_unit);
    painter.setFont(usual);
    const std::optional<MatrixPlace> place = m_hovered ? m_hovered : m_cursor;
    for (int column = first; column < last; ++column, ++m_paintedItems) {
        painter.save();
        painter.translate(cellArea({.row = 0, .column = column}).center().x(), origin().y() - pixels(6));
        painter.rotate(-90);
        painter.setPen(place && place->column == column ? m_theme.accent : m_theme.text);
        const QRect box(0, -cell().width() / 2, origin().y() - pixels(10), cell().width());
        painter.drawText(box, Qt::AlignVCenter | Qt::AlignLeft,
                         shortened(m_source.columnTitle(column), usual, box.width()));
        painter.restore();
    }
}

void MatrixCanvas::resizeEvent(QResizeEvent *) { updateScrollBars(); }

void MatrixCanvas::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        m_theme = Theme::of(palette());
        m_unit = unitOf(font());
        updateScrollBars();
        viewport()->update();
    }
    QAbstractScrollArea::changeEvent(event);
}

void MatrixCanvas::mouseMoveEvent(QMouseEvent *event) { hover(cellAt(event->position().toPoint())); }

void MatrixCanvas::mouseReleaseEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    const auto place = cellAt(point);
    if (event->button() != Qt::LeftButton)
        return;
    if (!place) {
        const int row = (point.y() - cellArea({}).top()) / cell().height();
        if (point.x() < origin().x() && point.y() >= origin().y() && row < m_source.rows())
            Q_EMIT titlePicked(row);
        return;
    }
    m_cursor = place; // It is seen: the pointer is on it.
    viewport()->update();
    Q_EMIT activated(place->row, place->column);
}

void MatrixCanvas::keyPressEvent(QKeyEvent *event)
{
    const MatrixPlace end{.row = m_source.rows(), .column = m_source.columns()};
    const MatrixPlace here = m_cursor.value_or(MatrixPlace{.row = 0, .column = -1});
    const bool isAll = event->modifiers().testFlag(Qt::ControlModifier);
    switch (event->key()) {
    case Qt::Key_Left:
        return go(next(here, 0, -1));
    case Qt::Key_Right:
        return go(next(here, 0, 1));
    case Qt::Key_Up:
        return go(next(here, -1, 0));
    case Qt::Key_Down:
        return go(m_cursor ? next(here, 1, 0) : next(here, 0, 1));
    case Qt::Key_PageUp:
        return go(next({.row = std::max(0, here.row - seenRows()) + 1, .column = here.column}, -1, 0));
    case Qt::Key_PageDown:
        return go(next({.row = std::min(end.row - 1, here.row + seenRows()) - 1, .column = here.column}, 1, 0));
    case Qt::Key_Home:
        return go(next({.row = isAll ? 0 : here.row, .column = -1}, 0, 1));
    case Qt::Key_End:
        return go(next({.row = isAll ? end.row - 1 : here.row, .column = end.column}, 0, -1));
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_cursor)
            Q_EMIT activated(m_cursor->row, m_cursor->column);
        return;
    default:
        event->ignore();
    }
}

void MatrixCanvas::focusInEvent(QFocusEvent *)
{
    announceFocus();
    viewport()->update();
}

void MatrixCanvas::focusOutEvent(QFocusEvent *) { viewport()->update(); }

void MatrixCanvas::announceFocus()
{
    if (!m_cursor || !hasFocus())
        return;
    QAccessibleEvent event(this, QAccessible::Focus);
    event.setChild(m_cursor->row * m_source.columns() + m_cursor->column);
    QAccessible::updateAccessibility(&event);
}

int MatrixCanvas::pixels(double natural) const { return qRound(natural * m_unit); }

QSize MatrixCanvas::cell() const { return {pixels(cellWidth), pixels(cellHeight)}; }

// In a low room the titles of the columns leave more than half of it to the rows.
QPoint MatrixCanvas::origin() const
{
    const int high = pixels(columnTitleHeight);
    const int room = viewport()->height();
    const bool isLow = high + m_source.rows() * cell().height() > room;
    return {pixels(rowTitleWidth), isLow ? std::clamp(room * 2 / 5, pixels(leastColumnTitle), high) : high};
}

int MatrixCanvas::seenRows() const { return std::max(1, (viewport()->height() - origin().y()) / cell().height()); }

void MatrixCanvas::updateScrollBars()
{
    const auto set = [](QScrollBar *bar, int whole, int room, int step) {
        bar->setRange(0, std::max(0, whole - room));
        bar->setPageStep(std::max(1, room));
        bar->setSingleStep(step);
    };
    set(horizontalScrollBar(), m_source.columns() * cell().width(), viewport()->width() - origin().x(), cell().width());
    set(verticalScrollBar(), m_source.rows() * cell().height(), viewport()->height() - origin().y(),
        scrolledRows * cell().height());
}

void MatrixCanvas::hover(std::optional<MatrixPlace> place)
{
    if (place == m_hovered)
        return;
    m_hovered = place;
    viewport()->update();
}

/// The next cell that is there in a direction; nullopt if there is none.
std::optional<MatrixPlace> MatrixCanvas::next(MatrixPlace from, int rows, int columns) const
{
    for (MatrixPlace place = from;;) {
        place.row += rows;
        place.column += columns;
        if (place.row < 0 || place.column < 0 || place.row >= m_source.rows() || place.column >= m_source.columns())
            return std::nullopt;
        if (m_source.isThere(place.row, place.column))
            return place;
    }
}

void MatrixCanvas::go(std::optional<MatrixPlace> place)
{
    if (place && place != m_cursor)
        setCurrent(place);
}

} // namespace nuages::canvas
