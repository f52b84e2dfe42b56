#include "ui/canvas/cardpainter.h"

#include "ui/canvas/fonts.h"
#include "ui/canvas/glyph.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace nuages::canvas {

namespace {

constexpr double titleSize = 11;
constexpr double subtitleSize = 10;
constexpr double leastTitle = 9.5; // Text gets no smaller than that when a card does; the tool tip has what is cut.
constexpr double leastSubtitle = 8;
constexpr double markTitleSize = 10;
constexpr double leastMarkTitle = 9;
constexpr double signSize = 9;
constexpr double textInset = 10; // from the left edge; the bar is the first 4 of them
constexpr double glyphBox = 12;
constexpr double glyphMargin = 4;
constexpr double sharesHeight = 4;
constexpr qsizetype keptTexts = 4096;

/// Which outcome a box shows that stands for several cards: the one that says most about the change.
constexpr std::array<int, outcomeCount> weights = {0, 2, 6, 8, 5, 7, 4, 3, 1};

template <typename Use>
void forEachOutcome(const std::vector<const Card *> &cards, Use use)
{
    std::array<std::vector<const Card *>, outcomeCount> groups;
    for (const Card *card : cards)
        groups.at(indexOf(card->outcome)).push_back(card);
    for (const Outcome outcome : allOutcomes) {
        if (!groups.at(indexOf(outcome)).empty())
            use(outcome, groups.at(indexOf(outcome)));
    }
}

QPainterPath leftBar(const QRectF &box, double width, double radius)
{
    QPainterPath card;
    card.addRoundedRect(box, radius, radius);
    QPainterPath bar;
    bar.addRect(QRectF(box.topLeft(), QSizeF(width, box.height())));
    return card.intersected(bar);
}

} // namespace

Detail Zoom::detail() const
{
    const double height = cardHeight * down();
    if (height < 2)
        return Detail::Density;
    if (height < 8)
        return Detail::Blocks;
    return height < 24 || width ? Detail::Marks : Detail::Full; // Two lines are not stretched.
}

CardPainter::CardPainter(const Theme &theme, const QFont &font)
    : m_theme(theme), m_unit(unitOf(font)), m_title(sized(font, titleSize)), m_subtitle(sized(font, subtitleSize))
{
}

int CardPainter::paint(QPainter &painter, const std::vector<const Card *> &cards, const QTransform &toScreen,
                       Detail detail)
{
    painter.save();
    int painted = static_cast<int>(cards.size());
    switch (detail) {
    case Detail::Density:
        painted = paintBoxes(painter, cards, toScreen, 2);
        break;
    case Detail::Blocks:
        painted = paintBoxes(painter, cards, toScreen, 0);
        break;
    case Detail::Marks:
        paintMarks(painter, cards, toScreen);
        break;
    case Detail::Full:
        painter.setTransform(toScreen, true);
        paintFull(painter, cards, toScreen.m22() / m_unit);
        break;
    }
    painter.restore();
    return painted;
}

/// How the nodes of a card fared, as a stacked bar along its lower edge.
void CardPainter::paintShares(QPainter &painter, const Card &card, const QRectF &box) const
{
    const double total = std::accumulate(card.shares.begin(), card.shares.end(), 0.0);
    if (total == 0)
        return;
    const double height = std::min(sharesHeight, box.height() / 4);
    double left = box.left();
    for (const Outcome outcome : allOutcomes) {
        const double width = box.width() * card.shares.at(indexOf(outcome)) / total;
        if (width > 0)
            painter.fillRect(QRectF(left, box.bottom() - height, width, height),
                             QBrush(m_theme[outcome].ink, m_theme.pattern(outcome)));
        left += width;
    }
}

/// That it is pinned, as a filled corner; that there is more behind it, as the edge of another card.
void CardPainter::paintSigns(QPainter &painter, const Card &card, const QRectF &box) const
{
    const double size = std::min(signSize, box.height() / 3);
    if (card.isPinned) {
        QPainterPath corner(box.topRight());
        corner.lineTo(box.topRight() - QPointF(size, 0));
        corner.lineTo(box.topRight() + QPointF(0, size));
        painter.fillPath(corner, m_theme.accent);
    }
    if (card.isCollapsed) {
        painter.setPen(QPen(m_theme[card.outcome].ink, 1));
        const QPointF behind(box.height() * collapsedEdge / cardHeight, box.height() * collapsedEdge / cardHeight);
        painter.drawPolyline(QPolygonF{box.topRight() + behind, box.bottomRight() + behind, box.bottomLeft() + behind});
    }
}

void CardPainter::paintFull(QPainter &painter, const std::vector<const Card *> &cards, double factor)
{
    painter.setRenderHint(QPainter::Antialiasing);
    forEachOutcome(cards, [&](Outcome outcome, const auto &group) {
        const auto &[ink, tint] = m_theme[outcome];
        painter.setPen(QPen(ink, 1));
        painter.setBrush(tint);
        for (const Card *card : group) {
            const QRectF box = cardRect(placeOf(*card)).adjusted(0.5, 0.5, -0.5, -0.5);
            painter.drawRoundedRect(box, cardRadius, cardRadius);
        }
        for (const Card *card : group) {
            const QRectF box = cardRect(placeOf(*card));
            painter.fillPath(leftBar(box, outcomeBarWidth, cardRadius), QBrush(ink, m_theme.pattern(outcome)));
            const QRectF glyph(box.right() - glyphMargin - glyphBox, box.center().y() - glyphBox / 2, glyphBox,
                               glyphBox);
            paintGlyph(painter, glyph, outcome, ink);
        }
    });
    for (const Card *card : cards) {
        paintShares(painter, *card, cardRect(placeOf(*card)));
        paintSigns(painter, *card, cardRect(placeOf(*card)));
        if (card->difference)
            paintDifference(painter, cardRect(placeOf(*card)), *card->difference, m_theme);
    }
    const double room = cardWidth - textInset - glyphBox - glyphMargin;
    const QFont title = sized(m_title, std::max(titleSize, leastTitle / factor));
    painter.setFont(title);
    painter.setPen(m_theme.text);
    for (const Card *card : cards)
        painter.drawText(cardRect(placeOf(*card)).topLeft() + QPointF(textInset, 15), fitted(card->title, title, room));
    const QFont subtitle = sized(m_subtitle, std::max(subtitleSize, leastSubtitle / factor));
    painter.setFont(subtitle);
    painter.setPen(m_theme.muted);
    for (const Card *card : cards)
        painter.drawText(cardRect(placeOf(*card)).topLeft() + QPointF(textInset, 28),
                         fitted(subtitleOf(*card), subtitle, room));
}

void CardPainter::paintMarks(QPainter &painter, const std::vector<const Card *> &cards, const QTransform &toScreen)
{
    const double height = toScreen.mapRect(cardRect({})).height();
    const double glyph = std::min(glyphBox * m_unit, height - 2);
    const QFont font = sized(m_title, std::clamp(height / m_unit - 3, leastMarkTitle, markTitleSize) * m_unit);
    const bool named = height >= leastNamed * m_unit;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font);
    forEachOutcome(cards, [&](Outcome outcome, const auto &group) {
        const auto &[ink, tint] = m_theme[outcome];
        for (const Card *card : group) {
            const QRectF box = toScreen.mapRect(cardRect(placeOf(*card)));
            painter.setPen(QPen(ink, 1));
            painter.setBrush(tint);
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
            painter.fillRect(QRectF(box.topLeft(), QSizeF(3, box.height())), QBrush(ink, m_theme.pattern(outcome)));
            paintShares(painter, *card, box);
            paintSigns(painter, *card, box);
            const QPointF centre(box.right() - glyph / 2 - 3, box.center().y());
            paintGlyph(painter, QRectF(centre.x() - glyph / 2, centre.y() - glyph / 2, glyph, glyph), outcome, ink);
            if (named) {
                painter.setPen(m_theme.text);
                painter.drawText(QPointF(box.left() + 6, box.center().y() + 3.5 * m_unit),
                                 fitted(card->title, font, box.width() - 12 - glyph));
            }
            if (card->difference)
                paintDifference(painter, box, *card->difference, m_theme);
        }
    });
}

int CardPainter::paintBoxes(QPainter &painter, const std::vector<const Card *> &cards, const QTransform &toScreen,
                            double mergeBelow)
{
    painter.setRenderHint(QPainter::Antialiasing, false); // Half-covered pixels would draw stripes.
    std::array<std::vector<QRectF>, outcomeCount> boxes;
    int painted = 0;
    for (std::size_t i = 0; i < cards.size(); ++painted) { // one turn a box
        QRectF box = toScreen.mapRect(cardRect(placeOf(*cards[i])));
        Outcome shown = cards[i]->outcome;
        const double end = std::floor(box.top() / std::max(mergeBelow, 1.0) + 1) * mergeBelow;
        std::size_t next = i + 1;
        for (; next < cards.size() && cards[next]->column == cards[i]->column; ++next) {
            const QRectF other = toScreen.mapRect(cardRect(placeOf(*cards[next])));
            if (other.top() >= end)
                break;
            box = box.united(other);
            if (weights.at(indexOf(cards[next]->outcome)) > weights.at(indexOf(shown)))
                shown = cards[next]->outcome;
        }
        box.setHeight(std::max(box.height(), 1.0));
        boxes.at(indexOf(shown)).push_back(box);
        i = next;
    }
    painter.setPen(Qt::NoPen);
    for (const Outcome outcome : allOutcomes) {
        painter.setBrush(QBrush(m_theme[outcome].ink, m_theme.pattern(outcome)));
        const auto &group = boxes.at(indexOf(outcome));
        painter.drawRects(group.data(), static_cast<int>(group.size()));
    }
    return painted;
}

QString CardPainter::fitted(const QString &text, const QFont &font, double width)
{
    const Fitting key{.text = text, .pixels = static_cast<int>(width), .fontSize = font.pixelSize()};
    const auto kept = m_fitted.constFind(key);
    if (kept != m_fitted.cend())
        return *kept;
    if (m_fitted.size() >= keptTexts)
        m_fitted.clear();
    return *m_fitted.insert(key, shortened(text, font, width));
}

} // namespace nuages::canvas
