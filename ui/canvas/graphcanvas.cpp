#include "ui/canvas/graphcanvas.h"

#include "ui/canvas/accessible.h"
#include "ui/canvas/fonts.h"
#include "ui/canvas/route.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QGestureEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QNativeGestureEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace nuages::canvas {

namespace {

constexpr double zoomStep = 1.25; // a key press, or a notch of the wheel
constexpr double wheelNotch = 120; // QWheelEvent::angleDelta of one notch
constexpr int scrollStep = 29; // half a row
constexpr double naturalFontSize = 12;

} // namespace

GraphCanvas::GraphCanvas(QWidget *parent) : QAbstractScrollArea(parent), m_painter(Theme::of(palette()), font())
{
    installAccessibility();
    m_zoom.unit = unitOf(font());
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Graph"));
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->grabGesture(Qt::PinchGesture);
    horizontalScrollBar()->setSingleStep(scrollStep);
    verticalScrollBar()->setSingleStep(scrollStep);
}

void GraphCanvas::setPicture(Picture picture)
{
    Scene next(std::move(picture));
    const bool sameShape = next.size() == m_scene.size();
    const bool sameColumns = next.picture().columns == m_scene.picture().columns;
    const std::vector<QRectF> areas = difference(m_scene, next);
    const bool sameRibbons = next.ribbons() == m_scene.ribbons();
    const Card *before = m_scene.card(m_emphasis.selected);
    const QPointF stood = before ? cardRect(placeOf(*before)).topLeft() : QPointF();
    m_scene = std::move(next);
    const Card *after = before ? m_scene.card(m_emphasis.selected) : nullptr;
    const QPointF moved = after ? cardRect(placeOf(*after)).topLeft() - stood : QPointF();

    if (m_fit && !m_isWalked && !sameShape) {
        fitAgain();
        centre(m_emphasis.selected);
    } else if (after && (!moved.isNull() || !sameShape)) {
        const QPoint value(horizontalScrollBar()->value(), verticalScrollBar()->value());
        scrollFreely(value + QPointF(moved.x() * m_zoom.across(), moved.y() * m_zoom.down()).toPoint());
    } else if (!sameShape) {
        updateScrollBars();
    }
    if (!sameShape || !areas.empty())
        updateWires();
    if (!sameColumns)
        viewport()->update(0, 0, viewport()->width(), header());
    updateScene(areas);
    if (!sameRibbons && GraphPainter::wireBudget(m_zoom.detail()) == 0) // They cross what did not change.
        viewport()->update();
    if (m_emphasis.hovered != 0 && !m_scene.card(m_emphasis.hovered))
        m_emphasis.hovered = 0;
}

void GraphCanvas::select(quint32 id)
{
    if (id == m_emphasis.selected)
        return;
    mark(id);
    centre(id);
}

void GraphCanvas::pick(quint32 id)
{
    if (id == 0 || id == m_emphasis.selected)
        return;
    mark(id);
    bringIntoView(id);
    m_isWalked = true;
    Q_EMIT selected(id);
}

void GraphCanvas::setZoom(double factor, QPointF anchor)
{
    m_fit.reset();
    zoomTo(factor, anchor);
}

void GraphCanvas::zoomIn() { setZoom(m_zoom.factor * zoomStep, middle()); }

void GraphCanvas::zoomOut() { setZoom(m_zoom.factor / zoomStep, middle()); }

void GraphCanvas::fit(double least)
{
    m_fit = least;
    m_isFilled = false;
    m_isWalked = false;
    fitAgain();
}

void GraphCanvas::fill()
{
    m_fit = smallestZoom;
    m_isFilled = true;
    m_isWalked = false;
    fitAgain();
}

void GraphCanvas::fitAgain()
{
    const QSizeF size = m_scene.size() * m_zoom.unit;
    const QSizeF room = graphArea().size();
    const double wide = std::min(largestFit, room.width() / size.width());
    const double high = std::min(largestFit, room.height() / size.height());
    const double whole = std::min(wide, high);
    if (m_isFilled && Zoom{.factor = whole, .unit = m_zoom.unit, .width = {}}.detail() != Detail::Full)
        zoomTo(high, {0, double(header())}, wide);
    else
        zoomTo(std::max(whole, *m_fit), {0, double(header())});
    updateScrollBars(); // Also where it was scrolled beyond its end.
}

void GraphCanvas::zoomTo(double factor, QPointF anchor, std::optional<double> width)
{
    const double next = std::clamp(factor, smallestZoom, largestZoom);
    if (next == m_zoom.factor && width == m_zoom.width)
        return;
    const QPointF kept = toScreen().inverted().map(anchor);
    m_zoom.factor = next;
    m_zoom.width = width;
    updateScrollBars();
    const QPointF moved = toScreen().map(kept) - anchor;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + qRound(moved.x()));
    verticalScrollBar()->setValue(verticalScrollBar()->value() + qRound(moved.y()));
    updateWires();
    viewport()->update();
}

void GraphCanvas::paint(QPainter &painter) const
{
    GraphPainter own(m_painter.theme(), sized(font(), naturalFontSize));
    const QRect all(QPoint(), paintSize());
    painter.fillRect(all, own.theme().panel);
    std::vector<int> wires(picture().wires.size());
    std::ranges::generate(wires, [i = 0]() mutable { return i++; });
    const int header = isTitled(picture()) ? headerHeight : 0;
    const QTransform natural = QTransform::fromTranslate(0, header);
    own.paint(painter, m_scene, wires, all, natural, {}, {.selected = m_emphasis.selected});
    own.paintHeader(painter, m_scene, QRect(0, 0, all.width(), header), natural, {});
}

QSize GraphCanvas::paintSize() const
{
    return m_scene.size().toSize() + QSize(0, isTitled(picture()) ? headerHeight : 0);
}

// Of the whole viewport, without scroll bars: else they would come and go with the cards that they are for.
QSize GraphCanvas::cardsSeen(double zoom) const
{
    const QSizeF room = maximumViewportSize() - QSizeF(0, qRound(headerHeight * m_zoom.unit));
    const QSizeF one = sceneSize(1, 1);
    const QSizeF more = sceneSize(2, 2) - one;
    const QSizeF scene = room / (zoom * m_zoom.unit) - one;
    return {std::max(1, 1 + int(std::floor(scene.width() / more.width()))),
            std::max(1, 1 + int(std::floor(scene.height() / more.height())))};
}

QRect GraphCanvas::cardArea(quint32 id) const
{
    const Card *card = m_scene.card(id);
    return card ? toScreen().mapRect(cardRect(placeOf(*card))).toAlignedRect() : QRect();
}

quint32 GraphCanvas::cardAt(QPointF point) const
{
    if (!graphArea().contains(point.toPoint()))
        return 0;
    const Card *card = m_scene.cardAt(toScreen().inverted().map(point));
    return card ? card->id : 0;
}

bool GraphCanvas::viewportEvent(QEvent *event)
{
    switch (event->type()) {
    case QEvent::Leave:
        hover(0);
        break;
    case QEvent::ToolTip:
        showToolTip(static_cast<const QHelpEvent &>(*event));
        return true;
    case QEvent::NativeGesture:
        nativeZoom(static_cast<const QNativeGestureEvent &>(*event));
        return true;
    case QEvent::Gesture:
        if (pinch(static_cast<const QGestureEvent &>(*event)))
            return true;
        break;
    default:
        break;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void GraphCanvas::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.setClipRegion(event->region());
    painter.fillRect(event->rect(), m_painter.theme().panel);

    if (const QRegion exposed = event->region() & graphArea(); !exposed.isEmpty()) {
        painter.save();
        painter.setClipRegion(exposed);
        const Painted painted = m_painter.paint(painter, m_scene, m_quiet, exposed, toScreen(), m_zoom, m_emphasis);
        m_paintedItems += painted.cards + painted.wires;
        painter.restore();
    }

    const QRect band(0, 0, viewport()->width(), header());
    if (event->region().intersects(band)) {
        const bool hidden = m_wiresInView > 0 && m_quiet.empty();
        const QString note = hidden
            ? tr("%1 edges are too many to draw: only the change and those of the selected card are", nullptr,
                 int(m_wiresInView))
                  .arg(QLocale().toString(m_wiresInView))
            : QString();
        m_painter.paintHeader(painter, m_scene, band, toScreen(), note);
    }
    if (hasFocus() && !m_scene.card(m_emphasis.selected)) { // else the ring of the card shows the focus
        painter.setPen(QPen(m_painter.theme().accent, 2));
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
}

void GraphCanvas::resizeEvent(QResizeEvent *)
{
    if (m_fit && !m_isWalked) {
        fitAgain();
        centre(m_emphasis.selected);
    } else if (m_isWalked) { // A pane beside it needs another height: no reason to move a card.
        scrollFreely({horizontalScrollBar()->value(), verticalScrollBar()->value()});
    } else {
        updateScrollBars();
    }
    updateWires();
    Q_EMIT roomChanged();
}

void GraphCanvas::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        m_painter = GraphPainter(Theme::of(palette()), font());
        m_zoom.unit = unitOf(font());
        updateScrollBars();
        updateWires();
        viewport()->update();
        Q_EMIT roomChanged();
    }
    QAbstractScrollArea::changeEvent(event);
}

// The pixels that stay are moved, not painted; the header moves only sideways and is painted.
void GraphCanvas::scrollContentsBy(int dx, int dy)
{
    const bool hadWires = !m_quiet.empty();
    const int before = m_wiresInView;
    updateWires();
    if (hadWires == m_quiet.empty() && (hadWires || before > 0)) {
        viewport()->update();
        return;
    }
    viewport()->scroll(dx, dy, graphArea());
    if (dx != 0 || before != m_wiresInView)
        viewport()->update(0, 0, viewport()->width(), header());
}

void GraphCanvas::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return;
    const quint32 id = cardAt(event->position());
    if (id != 0 && event->button() == Qt::LeftButton) {
        if (event->modifiers() & Qt::ControlModifier) {
            if (id != m_emphasis.selected)
                Q_EMIT pathAsked(id);
        } else if (id != m_emphasis.selected) {
            mark(id); // It is seen: the pointer is on it, and stays there.
            m_isWalked = true;
            Q_EMIT selected(id);
        }
        return;
    }
    m_fit.reset();
    m_drag = event->position().toPoint();
    viewport()->setCursor(Qt::ClosedHandCursor);
}

void GraphCanvas::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_drag) {
        hover(cardAt(event->position()));
        return;
    }
    const QPoint moved = event->position().toPoint() - *m_drag;
    m_drag = event->position().toPoint();
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - moved.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - moved.y());
}

void GraphCanvas::mouseReleaseEvent(QMouseEvent *)
{
    m_drag.reset();
    viewport()->unsetCursor();
}

void GraphCanvas::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (const quint32 id = cardAt(event->position()); id != 0)
        Q_EMIT activated(id);
}

void GraphCanvas::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers() & Qt::ControlModifier) {
        setZoom(m_zoom.factor * std::pow(zoomStep, event->angleDelta().y() / wheelNotch), event->position());
        event->accept();
    } else {
        m_fit.reset();
        QAbstractScrollArea::wheelEvent(event);
    }
}

void GraphCanvas::keyPressEvent(QKeyEvent *event)
{
    const quint32 id = m_scene.card(m_emphasis.selected) ? m_emphasis.selected : 0;
    if (const std::optional<Step> way = stepOf(*event)) {
        step(*way);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (id != 0)
            Q_EMIT activated(id);
        break;
    case Qt::Key_Space:
        if (id != 0)
            Q_EMIT expandAsked(id);
        break;
    case Qt::Key_C:
        if (id != 0)
            Q_EMIT collapseAsked(id);
        break;
    case Qt::Key_P:
        if (id != 0)
            Q_EMIT pinAsked(id);
        break;
    case Qt::Key_F:
        fit();
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomIn();
        break;
    case Qt::Key_Minus:
        zoomOut();
        break;
    case Qt::Key_0:
        setZoom(1, middle());
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void GraphCanvas::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    const quint32 id = isByKey ? m_emphasis.selected : cardAt(event->pos());
    if (!m_scene.card(id))
        return;
    Q_EMIT menuAsked(id, isByKey ? viewport()->mapToGlobal(cardArea(id).center()) : event->globalPos());
}

void GraphCanvas::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    announceFocus();
    viewport()->update();
}

void GraphCanvas::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

QTransform GraphCanvas::toScreen() const
{
    return {m_zoom.across(),
            0,
            0,
            m_zoom.down(),
            static_cast<double>(-horizontalScrollBar()->value()),
            static_cast<double>(header() - verticalScrollBar()->value())};
}

int GraphCanvas::header() const
{
    return picture().columns.empty() || isTitled(picture()) ? qRound(headerHeight * m_zoom.unit) : 0;
}

QRect GraphCanvas::graphArea() const { return viewport()->rect().adjusted(0, header(), 0, 0); }

QPointF GraphCanvas::middle() const { return QRectF(graphArea()).center(); }

void GraphCanvas::updateScrollBars()
{
    const QSize room = graphArea().size();
    const QSizeF size = m_scene.size();
    const int width = qCeil(size.width() * m_zoom.across());
    const int height = qCeil(size.height() * m_zoom.down());
    horizontalScrollBar()->setRange(0, std::max(0, width - room.width()));
    horizontalScrollBar()->setPageStep(room.width());
    verticalScrollBar()->setRange(0, std::max(0, height - room.height()));
    verticalScrollBar()->setPageStep(room.height());
}

/// Scrolls beyond the ends of the graph where it must, so that a card can stay where it is.
void GraphCanvas::scrollFreely(QPoint to)
{
    const QSize room = graphArea().size();
    const QSizeF size = m_scene.size();
    const auto scroll = [](QScrollBar &bar, double content, int seen, int value) {
        bar.setRange(std::min(0, value), std::max({0, qCeil(content) - seen, value}));
        bar.setPageStep(seen);
        bar.setValue(value);
    };
    scroll(*horizontalScrollBar(), size.width() * m_zoom.across(), room.width(), to.x());
    scroll(*verticalScrollBar(), size.height() * m_zoom.down(), room.height(), to.y());
}

void GraphCanvas::mark(quint32 id)
{
    updateAround(m_emphasis.selected);
    m_emphasis.selected = id;
    updateAround(id);
    announceFocus();
}

// More edges than the budget would be a grey cloud, and slow: then only those that say something are drawn.
void GraphCanvas::updateWires()
{
    const int budget = GraphPainter::wireBudget(m_zoom.detail());
    m_quiet = m_scene.wiresIn(gridRange(toScreen().inverted().mapRect(QRectF(graphArea()))));
    m_wiresInView = static_cast<int>(m_quiet.size());
    if (m_wiresInView > budget)
        m_quiet.clear();
}

void GraphCanvas::updateScene(const std::vector<QRectF> &areas)
{
    QRegion dirty;
    for (const QRectF &area : areas)
        dirty += toScreen().mapRect(area).toAlignedRect().adjusted(-2, -2, 2, 2) & graphArea();
    viewport()->update(dirty);
}

void GraphCanvas::updateAround(quint32 id)
{
    const Card *card = m_scene.card(id);
    if (!card)
        return;
    std::vector<QRectF> areas{cardRect(placeOf(*card))};
    for (const int wire : m_scene.wiresAt(m_scene.indexOf(id))) {
        const std::vector<QRectF> pieces = piecesOf(routeOf(m_scene.from(wire), m_scene.to(wire)));
        areas.insert(areas.end(), pieces.begin(), pieces.end());
    }
    updateScene(areas);
}

void GraphCanvas::hover(quint32 id)
{
    if (id == m_emphasis.hovered)
        return;
    updateAround(m_emphasis.hovered);
    m_emphasis.hovered = id;
    updateAround(id);
}

std::optional<Step> GraphCanvas::stepOf(const QKeyEvent &event) const
{
    const bool isFar = event.modifiers().testFlag(Qt::ControlModifier);
    switch (event.key()) {
    case Qt::Key_Left:
        return isFar ? Step::ColumnBefore : Step::ToRead;
    case Qt::Key_Right:
        return isFar ? Step::ColumnAfter : Step::ToReader;
    case Qt::Key_Up:
        return isFar ? Step::First : Step::Up;
    case Qt::Key_Down:
        return isFar ? Step::Last : Step::Down;
    default:
        return std::nullopt;
    }
}

void GraphCanvas::step(Step step)
{
    if (picture().cards.empty())
        return;
    if (m_scene.card(m_emphasis.selected))
        pick(stepFrom(m_scene, m_emphasis.selected, step));
    else
        pick(picture().cards.front().id);
}

void GraphCanvas::bringIntoView(quint32 id)
{
    const QRect card = cardArea(id);
    if (card.isNull())
        return;
    const QRect room = graphArea().adjusted(16, 16, -16, -16);
    const auto moveBy = [](int low, int high, int from, int to) {
        return low < from ? low - from : std::max(0, high - to);
    };
    horizontalScrollBar()->setValue(horizontalScrollBar()->value()
                                    + moveBy(card.left(), card.right(), room.left(), room.right()));
    verticalScrollBar()->setValue(verticalScrollBar()->value()
                                  + moveBy(card.top(), card.bottom(), room.top(), room.bottom()));
}

/// Where it is not seen, or the row on either side is not.
void GraphCanvas::centre(quint32 id)
{
    const QRect card = cardArea(id);
    const int row = qRound((cardHeight + rowGap) * m_zoom.down());
    const QRect seen = graphArea();
    if (card.isNull())
        return;
    const QPoint away = card.center() - seen.center();
    if (card.left() < seen.left() || card.right() > seen.right())
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() + away.x());
    if (card.top() - row < seen.top() || card.bottom() + row > seen.bottom())
        verticalScrollBar()->setValue(verticalScrollBar()->value() + away.y());
}

void GraphCanvas::announceFocus()
{
    const int index = m_scene.indexOf(m_emphasis.selected);
    if (index < 0 || !hasFocus())
        return;
    QAccessibleEvent event(this, QAccessible::Focus);
    event.setChild(index);
    QAccessible::updateAccessibility(&event);
}

void GraphCanvas::nativeZoom(const QNativeGestureEvent &event)
{
    if (event.gestureType() == Qt::ZoomNativeGesture)
        setZoom(m_zoom.factor * (1 + event.value()), event.position());
}

bool GraphCanvas::pinch(const QGestureEvent &event)
{
    const auto *pinch = static_cast<const QPinchGesture *>(event.gesture(Qt::PinchGesture));
    if (!pinch)
        return false;
    if (pinch->changeFlags() & QPinchGesture::ScaleFactorChanged)
        setZoom(m_zoom.factor * pinch->scaleFactor(), viewport()->mapFromGlobal(pinch->centerPoint()));
    return true;
}

void GraphCanvas::showToolTip(const QHelpEvent &event)
{
    const Card *card = m_scene.card(cardAt(event.pos()));
    if (card)
        QToolTip::showText(event.globalPos(), inWords(picture(), *card), viewport(), cardArea(card->id));
    else
        QToolTip::hideText();
}

} // namespace nuages::canvas
