#include "ui/canvas/graphpainter.h"

#include "ui/canvas/fonts.h"
#include "ui/canvas/route.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <set>

namespace nuages::canvas {

namespace {

constexpr int fullBudget = 1500;
constexpr int marksBudget = 1000;
constexpr double pathWidth = 2;
constexpr double selectionRingWidth = 2;

bool touches(const QRegion &exposed, const QRectF &area)
{
    return exposed.intersects(area.toAlignedRect().adjusted(-2, -2, 2, 2));
}

/// The cards with a part in `exposed`, column by column and from top to bottom.
std::vector<const Card *> cardsIn(const Scene &scene, const QRegion &exposed, const QTransform &toScreen)
{
    std::vector<const Card *> found;
    const GridRange range = gridRange(toScreen.inverted().mapRect(QRectF(exposed.boundingRect())));
    for (int column = range.begin.column; column < range.end.column; ++column) {
        for (const Card &card : scene.cardsIn(column, range.begin.row, range.end.row)) {
            if (touches(exposed, toScreen.mapRect(areaOf(card))))
                found.push_back(&card);
        }
    }
    return found;
}

void paintRing(QPainter &painter, const QRectF &card, const QColor &colour, double width)
{
    painter.setPen(QPen(colour, width));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(card, cardRadius, cardRadius);
}

} // namespace

int GraphPainter::wireBudget(Detail detail)
{
    switch (detail) {
    case Detail::Full:
        return fullBudget;
    case Detail::Marks:
        return marksBudget;
    case Detail::Blocks:
    case Detail::Density:
        break;
    }
    return 0;
}

GraphPainter::GraphPainter(const Theme &theme, const QFont &font)
    : m_cards(theme, font), m_unit(unitOf(font)), m_columnTitle(sized(font, 12 * m_unit, QFont::DemiBold)),
      m_columnSubtitle(sized(font, 10 * m_unit))
{
}

Painted GraphPainter::paint(QPainter &painter, const Scene &scene, const std::vector<int> &quiet,
                            const QRegion &exposed, const QTransform &toScreen, const Zoom &zoom,
                            const Emphasis &emphasis)
{
    Painted painted;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (zoom.detail() == Detail::Blocks || zoom.detail() == Detail::Density)
        painted.wires += paintRibbons(painter, scene, toScreen);
    painted.wires += paintWires(painter, scene, quiet, exposed, toScreen, QPen(theme().edge, 1));

    const std::vector<const Card *> cards = cardsIn(scene, exposed, toScreen);
    painted.cards = m_cards.paint(painter, cards, toScreen, zoom.detail());

    for (const quint32 id : std::set{emphasis.hovered, emphasis.selected}) {
        const int card = scene.indexOf(id);
        if (card < 0)
            continue;
        const std::span<const int> wires = scene.wiresAt(card);
        const auto count = std::min(wires.size(), static_cast<std::size_t>(fullBudget));
        painted.wires += paintWires(painter, scene, wires.first(count), exposed, toScreen, QPen(theme().muted, 1.25));
    }
    painted.wires += paintWires(painter, scene, scene.path(), exposed, toScreen,
                                QPen(theme()[Outcome::ExecutedChanged].ink, pathWidth));

    if (const Card *hovered = scene.card(emphasis.hovered); hovered && emphasis.hovered != emphasis.selected)
        paintRing(painter, toScreen.mapRect(cardRect(placeOf(*hovered))), theme().muted, 1);
    if (const Card *selected = scene.card(emphasis.selected))
        paintRing(painter, toScreen.mapRect(cardRect(placeOf(*selected))), theme().accent, selectionRingWidth);
    painter.restore();
    return painted;
}

/// As wide as log2(1 + n) for n edges: at most one for each pair of columns.
int GraphPainter::paintRibbons(QPainter &painter, const Scene &scene, const QTransform &toScreen) const
{
    painter.setBrush(Qt::NoBrush);
    const auto centre = [&](int column, double row) {
        const QRectF card = cardRect({.column = column, .row = 0});
        return toScreen.map(card.center() + QPointF(0, row * (cardHeight + rowGap)));
    };
    for (const Scene::Ribbon &ribbon : scene.ribbons()) {
        const QPointF from = centre(ribbon.from, ribbon.fromRow);
        const QPointF to = centre(ribbon.to, ribbon.toRow);
        QPainterPath path(from);
        path.cubicTo({(from.x() + to.x()) / 2, from.y()}, {(from.x() + to.x()) / 2, to.y()}, to);
        painter.setPen(QPen(theme().edge, std::log2(1.0 + ribbon.wires)));
        painter.drawPath(path);
    }
    return static_cast<int>(scene.ribbons().size());
}

int GraphPainter::paintWires(QPainter &painter, const Scene &scene, std::span<const int> wires, const QRegion &exposed,
                             const QTransform &toScreen, const QPen &pen) const
{
    painter.setBrush(Qt::NoBrush);
    const QRectF area = exposed.boundingRect();
    int painted = 0;
    for (const int wire : wires) {
        const QRectF ends = cardRect(scene.from(wire)).united(cardRect(scene.to(wire)));
        const QRectF around = ends.adjusted(-columnGap, -rowGap, columnGap, rowGap);
        if (!toScreen.mapRect(around).intersects(area))
            continue;
        const QPainterPath path = toScreen.map(routeOf(scene.from(wire), scene.to(wire)));
        const auto isExposed = [&](const QRectF &piece) { return touches(exposed, piece); };
        if (std::ranges::none_of(piecesOf(path), isExposed))
            continue;
        QPen wide = pen;
        wide.setWidthF(widthOf(scene.picture().wires[static_cast<std::size_t>(wire)], pen.widthF()));
        painter.setPen(wide);
        painter.drawPath(path);
        ++painted;
    }
    return painted;
}

void GraphPainter::paintHeader(QPainter &painter, const Scene &scene, const QRect &band, const QTransform &toScreen,
                               const QString &note)
{
    painter.save();
    painter.setClipRect(band, Qt::IntersectClip);
    painter.fillRect(band, theme().panel);
    for (int i = 0; const Column &column : scene.picture().columns) {
        const QRectF card = toScreen.mapRect(cardRect({.column = i++, .row = 0}));
        if (card.right() < band.left() || card.left() > band.right())
            continue;
        const double room = card.width() + (columnGap - 4) * toScreen.m11();
        painter.setFont(m_columnTitle);
        painter.setPen(theme().text);
        painter.drawText(QPointF(card.left(), band.top() + 32 * m_unit),
                         m_cards.fitted(column.title, m_columnTitle, room));
        painter.setFont(m_columnSubtitle);
        painter.setPen(theme().muted);
        painter.drawText(QPointF(card.left(), band.top() + 48 * m_unit),
                         m_cards.fitted(column.subtitle, m_columnSubtitle, room));
    }
    if (!note.isEmpty()) {
        painter.setFont(m_columnSubtitle);
        painter.setPen(theme().muted);
        painter.drawText(band.adjusted(0, 4, -8, 0), Qt::AlignRight | Qt::AlignTop, note);
    }
    painter.restore();
}

} // namespace nuages::canvas
