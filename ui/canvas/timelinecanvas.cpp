#include "ui/canvas/timelinecanvas.h"

#include "ui/canvas/accessible.h"
#include "ui/canvas/fonts.h"
#include "ui/canvas/tooltip.h"

#include <QAccessible>
#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>

#include <algorithm>
#include <array>
#include <cmath>

namespace nuages::canvas {

namespace {

constexpr double barRowHeight = 20;
constexpr double titleWidth = 96;
constexpr double axisHeight = 22;
constexpr double tickWidth = 90;
constexpr double namedWidth = 30; // a bar as wide has room for a part of its name
constexpr double barTextSize = 11;
constexpr int solidWidth = 2; // pixels; narrower bars are drawn together
constexpr int rowsANotch = 3;
constexpr qint64 leastSeen = 1'000; // ns
constexpr int scrollSteps = 1'000'000; // of the whole time: nanoseconds are too many for a scroll bar
constexpr double margin = 0.02; // of what is seen, around all

qint64 clamped(qint64 value, qint64 least, qint64 most) { return std::max(least, std::min(value, most)); }

/// The colour of a bar.
const QColor &inkOf(const Theme &theme, const TimeBar &bar)
{
    switch (bar.kind) {
    case TimeBar::Kind::Wait:
        return theme[Outcome::Cancelled].ink;
    case TimeBar::Kind::Request:
        return theme.accent;
    case TimeBar::Kind::Run:
        break;
    }
    return theme[bar.outcome].ink;
}

} // namespace

QString axisText(qint64 ns)
{
    static constexpr std::pair<qint64, const char *> units[] = {
        {1'000'000'000, "s"}, {1'000'000, "ms"}, {1'000, "µs"}, {1, "ns"}};
    for (const auto &[unit, name] : units) {
        if (std::abs(ns) >= unit)
            return QString::number(double(ns) / double(unit), 'g', 6) + QChar(0x202F) + QString::fromUtf8(name);
    }
    return QStringLiteral("0");
}

TimelineCanvas::TimelineCanvas(const TimeSource &source, QWidget *parent)
    : QAbstractScrollArea(parent), m_source(source), m_theme(Theme::of(palette())), m_unit(unitOf(font()))
{
    installAccessibility();
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Time line"));
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    horizontalScrollBar()->setAccessibleName(tr("Time"));
    verticalScrollBar()->setAccessibleName(tr("Threads"));
}

void TimelineCanvas::refresh()
{
    m_cursor.reset();
    m_hovered.reset();
    bool isEmpty = true;
    for (int row = 0; row < m_source.rows(); ++row) {
        const std::span<const TimeBar> bars = m_source.bars(row);
        if (bars.empty())
            continue;
        m_begin = isEmpty ? bars.front().at : std::min(m_begin, bars.front().at);
        m_end = isEmpty ? bars.back().end() : std::max(m_end, bars.back().end());
        isEmpty = false;
    }
    if (isEmpty)
        m_begin = m_end = 0;
    m_end = std::max(m_end, m_begin + 1);
    if (m_showsAll || m_from >= m_end || m_from + m_seen <= m_begin)
        showAll();
    else
        updateScrollBars();
    viewport()->update();
}

bool TimelineCanvas::isThere(TimePlace place) const
{
    return place.row >= 0 && place.row < m_source.rows() && place.bar >= 0
        && place.bar < int(m_source.bars(place.row).size());
}

int TimelineCanvas::barCount() const
{
    int count = 0;
    for (int row = 0; row < m_source.rows(); ++row)
        count += int(m_source.bars(row).size());
    return count;
}

void TimelineCanvas::showAll()
{
    const auto around = qint64(double(m_end - m_begin) * margin) + 1;
    see(m_begin - around, m_end - m_begin + 2 * around);
    m_showsAll = true;
}

/// Shows this much, and never less than can be told apart, or far more than there is.
void TimelineCanvas::see(qint64 from, qint64 ns)
{
    const auto around = qint64(double(m_end - m_begin) * margin) + 1;
    const qint64 most = std::max(leastSeen, m_end - m_begin + 2 * around);
    m_seen = clamped(ns, leastSeen, most);
    m_from = clamped(from, m_begin - around, std::max(m_begin - around, m_end + around - m_seen));
    m_showsAll = false;
    updateScrollBars();
    viewport()->update();
}

void TimelineCanvas::zoom(int steps, int x)
{
    const qint64 kept = timeAt(x);
    const double ns = double(m_seen) * std::pow(0.5, steps);
    const double share = double(x - origin().x()) / std::max(1, roomForBars());
    if (ns >= double(m_end - m_begin) * (1 + 2 * margin))
        showAll();
    else
        see(kept - qint64(ns * share), qint64(ns));
}

void TimelineCanvas::setCurrent(std::optional<TimePlace> place)
{
    m_cursor = place;
    viewport()->update();
    if (!place)
        return;
    const TimeBar &bar = m_source.bars(place->row)[std::size_t(place->bar)];
    if (bar.at < m_from || bar.end() > m_from + m_seen) {
        const qint64 ns = std::max(m_seen, qint64(double(bar.ns) * (1 + 4 * margin)));
        see(bar.at + bar.ns / 2 - ns / 2, ns);
    }
    const int top = place->row * rowHeight();
    const int room = viewport()->height() - origin().y();
    if (top < verticalScrollBar()->value())
        verticalScrollBar()->setValue(top);
    else if (top + rowHeight() > verticalScrollBar()->value() + room)
        verticalScrollBar()->setValue(top + rowHeight() - room);
}

QRect TimelineCanvas::barArea(TimePlace place) const
{
    const TimeBar &bar = m_source.bars(place.row)[std::size_t(place.bar)];
    // Far outside of the view there are more pixels than fit into an int.
    const double far = 100'000;
    const int left = int(std::floor(std::clamp(xOf(bar.at), -far, far)));
    const int right = int(std::floor(std::clamp(xOf(bar.end()), -far, far)));
    const int top = origin().y() + place.row * rowHeight() - verticalScrollBar()->value();
    return {left, top + 1, std::max(1, right - left), rowHeight() - 2};
}

std::optional<TimePlace> TimelineCanvas::barAt(QPoint point) const
{
    if (point.x() < origin().x() || point.y() < origin().y())
        return std::nullopt;
    const int row = (point.y() - origin().y() + verticalScrollBar()->value()) / rowHeight();
    if (row >= m_source.rows())
        return std::nullopt;
    const std::span<const TimeBar> bars = m_source.bars(row);
    std::optional<TimePlace> found;
    // A bar is a pixel wide at least: one that ended a pixel before may be there.
    const auto first = std::ranges::lower_bound(bars, timeAt(point.x() - 1), {}, &TimeBar::end);
    for (int bar = int(first - bars.begin()); bar < int(bars.size()); ++bar) {
        const TimePlace place{.row = row, .bar = bar};
        const QRect area = barArea(place);
        if (area.left() > point.x())
            break;
        const bool isThere = point.x() <= area.right();
        if (isThere && (!found || bars[std::size_t(bar)].ns > bars[std::size_t(found->bar)].ns))
            found = place;
    }
    return found;
}

bool TimelineCanvas::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        hover(std::nullopt);
    const auto wordsAt = [this](QPoint point) {
        const auto place = barAt(point);
        return place ? m_source.wordsAt(*place) : QString();
    };
    return answerToolTip(*event, *viewport(), wordsAt) || QAbstractScrollArea::viewportEvent(event);
}

void TimelineCanvas::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme.panel);
    const QRect room = viewport()->rect().adjusted(0, origin().y(), 0, 0);
    const int scrolled = verticalScrollBar()->value();
    const int first = std::max(0, (event->rect().top() - origin().y() + scrolled) / rowHeight());
    const int last = std::min(m_source.rows(), (event->rect().bottom() - origin().y() + scrolled) / rowHeight() + 1);
    painter.setClipRect(room);
    for (int row = first; row < last; ++row)
        paintRow(painter, row);
    painter.setClipRect(room.adjusted(origin().x(), 0, 0, 0));
    painter.setBrush(Qt::NoBrush);
    if (m_hovered) {
        painter.setPen(QPen(m_theme.muted, 1));
        painter.drawRect(barArea(*m_hovered).adjusted(-1, -1, 0, 0));
    }
    if (m_cursor) {
        painter.setPen(QPen(m_theme.accent, 2));
        painter.drawRect(barArea(*m_cursor).adjusted(-2, 0, 1, 0));
    }
    paintFlow(painter);
    painter.setClipping(false);
    paintAxis(painter);
    if (hasFocus() && !m_cursor) {
        painter.setPen(QPen(m_theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
}

void TimelineCanvas::paintAxis(QPainter &painter)
{
    painter.fillRect(QRect(0, 0, viewport()->width(), origin().y()), m_theme.panel);
    painter.setPen(m_theme.line);
    painter.drawLine(0, origin().y() - 1, viewport()->width(), origin().y() - 1);
    painter.drawLine(origin().x() - 1, 0, origin().x() - 1, viewport()->height());
    const double least = double(m_seen) * pixels(tickWidth) / std::max(1, roomForBars());
    const double power = std::pow(10, std::floor(std::log10(std::max(1.0, least))));
    const double step = least <= power ? power
        : least <= 2 * power           ? 2 * power
        : least <= 5 * power           ? 5 * power
                                       : 10 * power;
    painter.setFont(sized(font(), barTextSize * m_unit));
    painter.setClipRect(QRect(origin().x(), 0, roomForBars(), viewport()->height()));
    const double begin = std::ceil(double(m_from - m_begin) / step);
    for (double tick = begin; tick * step <= double(m_from + m_seen - m_begin); ++tick, ++m_paintedItems) {
        const auto time = qint64(tick * step);
        const int x = int(xOf(m_begin + time));
        painter.setPen(m_theme.line);
        painter.drawLine(x, origin().y() - pixels(5), x, viewport()->height());
        painter.setPen(m_theme.muted);
        painter.drawText(QRect(x + 3, 0, pixels(tickWidth), origin().y() - 2), Qt::AlignLeft | Qt::AlignVCenter,
                         axisText(time));
    }
    painter.setClipping(false);
}

void TimelineCanvas::paintRow(QPainter &painter, int row)
{
    const int top = origin().y() + row * rowHeight() - verticalScrollBar()->value();
    if (const QString title = m_source.rowTitle(row); !title.isEmpty()) {
        painter.setPen(m_theme.line);
        painter.drawLine(0, top, viewport()->width(), top);
        const QFont usual = sized(font(), barTextSize * m_unit);
        painter.setFont(usual);
        painter.setPen(m_theme.text);
        const QRect box(pixels(8), top, origin().x() - pixels(12), rowHeight());
        painter.drawText(box, Qt::AlignVCenter | Qt::AlignLeft, shortened(title, usual, box.width()));
        ++m_paintedItems;
    }
    painter.save();
    painter.setClipRect(QRect(origin().x(), std::max(top, origin().y()), roomForBars(), rowHeight()));
    const std::span<const TimeBar> bars = m_source.bars(row);
    const qint64 end = m_from + m_seen;
    for (std::size_t bar = std::size_t(firstSeen(bars)); bar < bars.size() && bars[bar].at < end; ++m_paintedItems) {
        const TimePlace place{.row = row, .bar = int(bar)};
        const QRect box = barArea(place);
        if (box.width() >= solidWidth) {
            paintBar(painter, place, box);
            ++bar;
            continue;
        }
        // Together with all that follow in the same column of pixels and are as narrow.
        std::size_t next = bar + 1;
        while (next < bars.size() && bars[next].at < end) {
            const QRect other = barArea({.row = row, .bar = int(next)});
            if (other.left() != box.left() || other.width() >= solidWidth)
                break;
            ++next;
        }
        paintColumn(painter, row, box.left(), bars.subspan(bar, next - bar));
        bar = next;
    }
    painter.restore();
}

void TimelineCanvas::paintBar(QPainter &painter, TimePlace place, QRect box)
{
    const TimeBar &bar = m_source.bars(place.row)[std::size_t(place.bar)];
    const QColor &ink = inkOf(m_theme, bar);
    const QRect seen = box.intersected(QRect(origin().x(), box.top(), roomForBars(), box.height()));
    if (bar.kind == TimeBar::Kind::Wait) {
        painter.fillRect(seen, m_theme[Outcome::Cancelled].tint);
        painter.fillRect(seen, QBrush(ink, Qt::BDiagPattern));
    } else if (bar.kind == TimeBar::Kind::Request) {
        painter.fillRect(seen, m_theme.selection);
    } else {
        painter.fillRect(seen, m_theme[bar.outcome].tint);
    }
    const int edge = std::min(3, box.width());
    painter.fillRect(QRect(box.left(), box.top(), edge, box.height()),
                     bar.kind == TimeBar::Kind::Run ? QBrush(ink, m_theme.pattern(bar.outcome)) : QBrush(ink));
    painter.fillRect(QRect(seen.left(), seen.bottom(), seen.width(), 1), ink);
    if (seen.width() < pixels(namedWidth))
        return;
    const QFont usual = sized(font(), barTextSize * m_unit);
    const QRect text = seen.adjusted(edge + 3, 0, -2, 0);
    painter.setFont(usual);
    painter.setPen(m_theme.text);
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft, shortened(m_source.nameAt(place), usual, text.width()));
}

void TimelineCanvas::paintColumn(QPainter &painter, int row, int x, std::span<const TimeBar> bars)
{
    const double ofPixel = double(m_seen) / std::max(1, roomForBars());
    double used = 0;
    const TimeBar *longest = &bars.front();
    for (const TimeBar &bar : bars) {
        used += double(bar.ns);
        if (bar.ns > longest->ns)
            longest = &bar;
    }
    const int most = rowHeight() - 2;
    const int height = std::clamp(int(std::lround(most * used / ofPixel)), std::min(3, most), most);
    const int bottom = origin().y() + (row + 1) * rowHeight() - verticalScrollBar()->value() - 1;
    painter.fillRect(QRect(x, bottom - height, 1, height), inkOf(m_theme, *longest));
}

/// From what led to the bar, and to that, and so on.
void TimelineCanvas::paintFlow(QPainter &painter)
{
    constexpr int most = 50;
    std::optional<TimePlace> place = m_hovered ? m_hovered : m_cursor;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.accent, 1.5));
    for (int step = 0; place && step < most; ++step) {
        const std::optional<TimePlace> cause = m_source.causeOf(*place);
        if (!cause)
            break;
        const QRect from = barArea(*cause);
        const QRect to = barArea(*place);
        const QPointF begin(from.right(), from.center().y());
        const QPointF end(to.left(), to.center().y());
        const double bend = std::max(8.0, std::abs(end.x() - begin.x()) / 3);
        QPainterPath path(begin);
        path.cubicTo(begin + QPointF(bend, 0), end - QPointF(bend, 0), end);
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(path);
        painter.setBrush(m_theme.accent);
        painter.drawPolygon(QPolygonF{end, end + QPointF(-6, -3), end + QPointF(-6, 3)});
        ++m_paintedItems;
        place = cause;
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void TimelineCanvas::resizeEvent(QResizeEvent *) { updateScrollBars(); }

void TimelineCanvas::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        m_theme = Theme::of(palette());
        m_unit = unitOf(font());
        updateScrollBars();
        viewport()->update();
    }
    QAbstractScrollArea::changeEvent(event);
}

void TimelineCanvas::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_grabbed = event->position().toPoint();
    m_grabbedFrom = m_from;
    m_isDragged = false;
}

void TimelineCanvas::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    if (m_grabbed && (event->buttons() & Qt::LeftButton)) {
        const int by = point.x() - m_grabbed->x();
        m_isDragged = m_isDragged || std::abs(by) >= QApplication::startDragDistance();
        if (m_isDragged)
            see(m_grabbedFrom - qint64(double(by) * double(m_seen) / std::max(1, roomForBars())), m_seen);
        return;
    }
    hover(barAt(point));
}

void TimelineCanvas::mouseReleaseEvent(QMouseEvent *event)
{
    const bool isClick = m_grabbed.has_value() && !m_isDragged;
    m_grabbed.reset();
    const auto place = barAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || !isClick || !place)
        return;
    m_cursor = place; // It is seen: the pointer is on it.
    viewport()->update();
    Q_EMIT activated(place->row, place->bar);
}

void TimelineCanvas::wheelEvent(QWheelEvent *event)
{
    constexpr int notch = 120;
    const QPoint turned = event->angleDelta();
    event->accept();
    if (event->modifiers() & Qt::ControlModifier) {
        if (turned.y() != 0)
            zoom(turned.y() > 0 ? 1 : -1, int(event->position().x()));
    } else if (turned.x() != 0 || (event->modifiers() & Qt::ShiftModifier)) {
        see(m_from - m_seen / 8 * (turned.x() != 0 ? turned.x() : turned.y()) / notch, m_seen);
    } else {
        verticalScrollBar()->setValue(verticalScrollBar()->value() - rowsANotch * rowHeight() * turned.y() / notch);
    }
}

void TimelineCanvas::keyPressEvent(QKeyEvent *event)
{
    const auto middle = [this] {
        return m_cursor ? barArea(*m_cursor).center().x() : origin().x() + roomForBars() / 2;
    };
    const auto barsOf = [this](int row) { return int(m_source.bars(row).size()); };
    const TimePlace here = m_cursor.value_or(TimePlace{.row = 0, .bar = -1});
    const auto inThisRow = [&](int bar) {
        return bar >= 0 && here.row < m_source.rows() && bar < barsOf(here.row)
            ? std::optional(TimePlace{.row = here.row, .bar = bar})
            : std::nullopt;
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return go(inThisRow(here.bar - 1));
    case Qt::Key_Right:
        return go(inThisRow(here.bar + 1));
    case Qt::Key_Up:
        return go(m_cursor ? above(*m_cursor, -1) : inThisRow(0));
    case Qt::Key_Down:
        return go(m_cursor ? above(*m_cursor, 1) : inThisRow(0));
    case Qt::Key_Home:
        return go(inThisRow(0));
    case Qt::Key_End:
        return go(here.row < m_source.rows() ? inThisRow(barsOf(here.row) - 1) : std::nullopt);
    case Qt::Key_Backspace:
        return go(m_cursor ? m_source.causeOf(*m_cursor) : std::nullopt);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(1, middle());
    case Qt::Key_Minus:
        return zoom(-1, middle());
    case Qt::Key_0:
        return showAll();
    case Qt::Key_PageUp:
        return see(m_from - m_seen / 2, m_seen);
    case Qt::Key_PageDown:
        return see(m_from + m_seen / 2, m_seen);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_cursor)
            Q_EMIT activated(m_cursor->row, m_cursor->bar);
        return;
    default:
        event->ignore();
    }
}

void TimelineCanvas::focusInEvent(QFocusEvent *) { viewport()->update(); }

void TimelineCanvas::focusOutEvent(QFocusEvent *) { viewport()->update(); }

void TimelineCanvas::scrollContentsBy(int dx, int)
{
    if (dx != 0 && !m_isSettingBars) {
        const double all = double(m_end - m_begin) * (1 + 2 * margin);
        const auto start = double(m_begin) - double(m_end - m_begin) * margin;
        m_from = qint64(start + all * horizontalScrollBar()->value() / scrollSteps);
        m_showsAll = false;
    }
    viewport()->update();
}

int TimelineCanvas::pixels(double natural) const { return qRound(natural * m_unit); }

int TimelineCanvas::rowHeight() const { return pixels(barRowHeight); }

QPoint TimelineCanvas::origin() const { return {pixels(titleWidth), pixels(axisHeight)}; }

int TimelineCanvas::roomForBars() const { return std::max(1, viewport()->width() - origin().x()); }

double TimelineCanvas::xOf(qint64 time) const
{
    return origin().x() + double(time - m_from) / double(m_seen) * roomForBars();
}

qint64 TimelineCanvas::timeAt(double x) const
{
    return m_from + qint64((x - origin().x()) / roomForBars() * double(m_seen));
}

/// The first bar that ends in what is seen, or after it.
int TimelineCanvas::firstSeen(std::span<const TimeBar> bars) const
{
    return int(std::ranges::lower_bound(bars, m_from, {}, &TimeBar::end) - bars.begin());
}

void TimelineCanvas::updateScrollBars()
{
    m_isSettingBars = true;
    const double all = double(m_end - m_begin) * (1 + 2 * margin);
    const auto steps = [all](double ns) { return int(std::clamp(ns / all, 0.0, 1.0) * scrollSteps); };
    const int page = steps(double(m_seen));
    horizontalScrollBar()->setRange(0, scrollSteps - page);
    horizontalScrollBar()->setPageStep(std::max(1, page));
    horizontalScrollBar()->setSingleStep(std::max(1, page / 8));
    horizontalScrollBar()->setValue(steps(double(m_from - m_begin) + double(m_end - m_begin) * margin));
    const int room = std::max(1, viewport()->height() - origin().y());
    verticalScrollBar()->setRange(0, std::max(0, m_source.rows() * rowHeight() - room));
    verticalScrollBar()->setPageStep(room);
    verticalScrollBar()->setSingleStep(rowHeight());
    m_isSettingBars = false;
}

void TimelineCanvas::hover(std::optional<TimePlace> place)
{
    if (place == m_hovered)
        return;
    m_hovered = place;
    viewport()->update();
}

void TimelineCanvas::go(std::optional<TimePlace> place)
{
    if (!place || place == m_cursor)
        return;
    setCurrent(place);
    QAccessibleAnnouncementEvent event(this, m_source.wordsAt(*place));
    QAccessible::updateAccessibility(&event);
}

/// The bar of a row that is there at a time, else the one next to it.
std::optional<TimePlace> TimelineCanvas::inRow(int row, qint64 time) const
{
    const std::span<const TimeBar> bars = m_source.bars(row);
    if (bars.empty())
        return std::nullopt;
    const auto after = std::ranges::upper_bound(bars, time, {}, &TimeBar::at);
    if (after == bars.begin())
        return TimePlace{.row = row, .bar = 0};
    const auto before = std::prev(after);
    const bool isNearer = after != bars.end() && before->end() < time && after->at - time < time - before->end();
    return TimePlace{.row = row, .bar = int((isNearer ? after : before) - bars.begin())};
}

/// The bar at about the same time in the next row that has one, downwards if `step` is 1.
std::optional<TimePlace> TimelineCanvas::above(TimePlace place, int step) const
{
    const TimeBar &bar = m_source.bars(place.row)[std::size_t(place.bar)];
    for (int row = place.row + step; row >= 0 && row < m_source.rows(); row += step) {
        if (const auto found = inRow(row, bar.at))
            return found;
    }
    return std::nullopt;
}

} // namespace nuages::canvas
