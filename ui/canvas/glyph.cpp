#include "ui/canvas/glyph.h"

#include <QPainter>

#include <algorithm>
#include <array>

namespace nuages::canvas {

namespace {

constexpr double glyphSide = 12;
constexpr double glyphPen = 1.4;

void line(QPainterPath &path, QPointF from, QPointF to)
{
    path.moveTo(from);
    path.lineTo(to);
}

QPainterPath scissors()
{
    QPainterPath path;
    path.addEllipse(QPointF(2.6, 3.2), 1.7, 1.7);
    path.addEllipse(QPointF(2.6, 8.8), 1.7, 1.7);
    line(path, {4.0, 4.2}, {10.9, 8.8});
    line(path, {4.0, 7.8}, {10.9, 3.2});
    return path;
}

QPainterPath roundArrow()
{
    QPainterPath path;
    path.arcMoveTo(QRectF(2, 2, 8, 8), 40);
    path.arcTo(QRectF(2, 2, 8, 8), 40, 290);
    line(path, {9.2, 0.8}, {9.1, 3.5});
    line(path, {9.1, 3.5}, {6.4, 3.4});
    return path;
}

Glyph makeGlyph(Outcome outcome)
{
    QPainterPath path;
    switch (outcome) {
    case Outcome::ExecutedChanged:
    case Outcome::InputSet:
        path.addEllipse(QPointF(6, 6), 4, 4);
        return {.path = path, .drawn = Glyph::Drawn::Filled};
    case Outcome::ExecutedBackdated:
        return {.path = scissors()};
    case Outcome::ExecutedNew:
        line(path, {6, 2}, {6, 10});
        line(path, {2, 6}, {10, 6});
        break;
    case Outcome::Validated:
        path.moveTo(2.2, 6.4);
        path.lineTo(4.9, 9.2);
        path.lineTo(9.8, 3.0);
        break;
    case Outcome::NotChecked:
        line(path, {3.5, 6}, {8.5, 6});
        break;
    case Outcome::Cancelled:
        line(path, {3, 3}, {9, 9});
        line(path, {9, 3}, {3, 9});
        break;
    case Outcome::Cycle:
        return {.path = roundArrow()};
    case Outcome::Evicted:
        path.addEllipse(QPointF(6, 6), 3.6, 3.6);
        break;
    }
    return {.path = path};
}

} // namespace

const Glyph &glyphOf(Outcome outcome)
{
    static const std::array<Glyph, outcomeCount> glyphs = [] {
        std::array<Glyph, outcomeCount> all;
        std::ranges::transform(allOutcomes, all.begin(), makeGlyph);
        return all;
    }();
    return glyphs.at(indexOf(outcome));
}

void paintGlyph(QPainter &painter, const QRectF &box, Outcome outcome, const QColor &colour)
{
    const Glyph &glyph = glyphOf(outcome);
    const double scale = std::min(box.width(), box.height()) / glyphSide;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(box.center());
    painter.scale(scale, scale);
    painter.translate(-glyphSide / 2, -glyphSide / 2);
    if (glyph.drawn == Glyph::Drawn::Filled)
        painter.fillPath(glyph.path, colour);
    else
        painter.strokePath(glyph.path, QPen(colour, glyphPen, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.restore();
}

} // namespace nuages::canvas
