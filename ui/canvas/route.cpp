#include "ui/canvas/route.h"

#include <cstdlib>

namespace nuages::canvas {

namespace {

// Where a line leaves or enters the lower edge of a card, from its corner.
constexpr double footInset = 14;
constexpr double footCurve = 24;

QPointF leftPort(const QRectF &card) { return {card.left(), card.center().y()}; }
QPointF rightPort(const QRectF &card) { return {card.right(), card.center().y()}; }

/// An S between two points that leaves and arrives sideways.
void bend(QPainterPath &path, QPointF to)
{
    const QPointF from = path.currentPosition();
    const double reach = (to.x() - from.x()) * 0.75;
    path.cubicTo({from.x() + reach, from.y()}, {to.x() - reach, to.y()}, to);
}

QPainterPath alongTheRow(const QRectF &from, const QRectF &to)
{
    const double lane = from.bottom() + rowGap / 2;
    const QPointF start(from.right() - footInset, from.bottom());
    const QPointF end(to.left() + footInset, to.bottom());
    QPainterPath path(start);
    path.cubicTo({start.x() + footCurve / 3, lane}, {start.x() + footCurve / 2, lane}, {start.x() + footCurve, lane});
    path.lineTo(end.x() - footCurve, lane);
    path.cubicTo({end.x() - footCurve / 2, lane}, {end.x() - footCurve / 3, lane}, end);
    return path;
}

QPainterPath overColumns(const QRectF &from, const QRectF &to)
{
    const double lane = to.top() > from.top() ? to.top() - rowGap / 2 : to.bottom() + rowGap / 2;
    QPainterPath path(rightPort(from));
    bend(path, {from.right() + columnGap, lane});
    path.lineTo(to.left() - columnGap, lane);
    bend(path, leftPort(to));
    return path;
}

QPainterPath withinTheColumn(const QRectF &from, const QRectF &to)
{
    const QPointF start = rightPort(from);
    const QPointF end = rightPort(to);
    const double out = start.x() + columnGap * 0.9;
    QPainterPath path(start);
    path.cubicTo({out, start.y()}, {out, end.y()}, end);
    return path;
}

} // namespace

QPainterPath routeOf(const Place &from, const Place &to)
{
    if (to.column < from.column) // only inside a group of kinds that read each other
        return routeOf(to, from);
    const QRectF start = cardRect(from);
    const QRectF end = cardRect(to);
    if (from.column == to.column)
        return withinTheColumn(start, end);
    if (to.column - from.column > 1)
        return from.row == to.row ? alongTheRow(start, end) : overColumns(start, end);
    QPainterPath path(rightPort(start));
    if (from.row == to.row)
        path.lineTo(leftPort(end));
    else
        bend(path, leftPort(end));
    return path;
}

std::vector<QRectF> piecesOf(const QPainterPath &path)
{
    std::vector<QRectF> pieces;
    QPointF last;
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element &element = path.elementAt(i);
        const QPointF point = element;
        if (element.isLineTo()) {
            pieces.push_back(QRectF(last, point).normalized());
        } else if (element.isCurveTo()) { // two more elements follow: the second control point and the end
            const QPointF second = path.elementAt(i + 1);
            const QPointF end = path.elementAt(i + 2);
            const QPolygonF hull{{last, point, second, end}}; // a curve lies inside the hull of its points
            pieces.push_back(hull.boundingRect());
            last = end;
            i += 2;
            continue;
        }
        last = point;
    }
    return pieces;
}

} // namespace nuages::canvas
