// How the strip is drawn; revisionstrip.cpp has what it shows and what is done with it.
#include "ui/canvas/fonts.h"
#include "ui/canvas/revisionstrip.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <iterator>

namespace nuages::canvas {

namespace {

constexpr int leastLabelWidth = 40;
constexpr double stripTextSize = 11;
constexpr double labelTextSize = 10;

} // namespace

void RevisionStrip::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), m_theme.panel);
    const QRect bars = barsArea().adjusted(-4, -3, 4, 3);
    const QRegion &region = event->region();
    if (const QRegion exposed = region & bars; !exposed.isEmpty()) {
        painter.save();
        painter.setClipRect(bars, Qt::IntersectClip);
        paintBars(painter, exposed.boundingRect());
        paintFrame(painter);
        paintPins(painter);
        painter.restore();
    }
    if (region.intersects(QRect(0, 0, width(), bars.top()))) {
        paintMarks(painter);
        paintLabels(painter);
    }
    if (region.intersects(QRect(0, height() - captionHeight(), width(), captionHeight()))) {
        paintPosition(painter);
        paintCaption(painter);
    }
    if (hasFocus()) {
        painter.setPen(QPen(m_theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void RevisionStrip::paintBars(QPainter &painter, const QRect &exposed)
{
    const QRect area = barsArea();
    const int gap = m_scale.pitch / 3;
    const double unit = area.height() / m_tallest;
    const auto slotAt = [&](int x) {
        return static_cast<std::size_t>(std::max(0, (x - area.left() + m_offset) / m_scale.pitch));
    };
    const std::size_t first = slotAt(exposed.left());
    const std::size_t last = slotAt(exposed.right()) + 1;
    std::array<std::vector<QRectF>, outcomeCount> parts;
    for (std::size_t slot = first; slot < std::min(last, m_history.slots(m_scale.level)); ++slot) {
        const OutcomeCounts counts = m_history.counts(m_scale.level, slot);
        const OutcomeTimes times = m_history.times(m_scale.level, slot);
        const QRect place = slotArea(slot);
        double bottom = place.bottom() + 1;
        for (const Outcome outcome : stackOrder) {
            const double height = heightOf(counts, times, outcome) * unit;
            if (height <= 0)
                continue;
            bottom -= height;
            parts.at(indexOf(outcome)).emplace_back(place.left() + gap / 2, bottom, m_scale.pitch - gap, height);
        }
    }
    painter.setPen(Qt::NoPen);
    for (const Outcome outcome : allOutcomes) {
        const auto &boxes = parts.at(indexOf(outcome));
        painter.setBrush(QBrush(m_theme[outcome].ink, m_theme.pattern(outcome)));
        painter.drawRects(boxes.data(), static_cast<int>(boxes.size()));
        m_paintedItems += static_cast<qint64>(boxes.size());
    }
}

/// Over every bar in which a big event is.
void RevisionStrip::paintMarks(QPainter &painter)
{
    const QRect area = barsArea();
    const auto &labelled = m_history.labelled();
    const std::size_t first = std::size_t(m_offset / m_scale.pitch) << m_scale.level;
    for (auto next = std::ranges::lower_bound(labelled, first); next != labelled.end();) {
        const std::size_t slot = *next >> m_scale.level;
        const int middle = slotArea(slot).center().x();
        if (middle > area.right())
            break;
        if (middle >= area.left()) {
            painter.fillRect(middle, area.top() - 5, 2, 4, m_theme.muted);
            ++m_paintedItems;
        }
        next = std::ranges::lower_bound(next, labelled.end(), (slot + 1) << m_scale.level);
    }
}

// From the newest to the oldest, shortening a label that would touch the one before, and leaving out what is too short
// then; looks at no label twice that falls on the same pixels.
void RevisionStrip::paintLabels(QPainter &painter)
{
    const QFont font = canvas::sized(this->font(), labelTextSize * m_unit);
    const QFontMetrics metrics(font);
    painter.setFont(font);
    painter.setPen(m_theme.muted);
    const auto &labelled = m_history.labelled();
    const QRect area = barsArea();
    const auto end = std::size_t((m_offset + area.width()) / m_scale.pitch + 1) << m_scale.level;
    int free = width() - stripMargin;
    for (auto next = std::ranges::lower_bound(labelled, end); next != labelled.begin();) {
        const std::size_t index = *--next;
        const Bar &bar = m_history.bar(index);
        const int middle = slotArea(index >> m_scale.level).center().x();
        if (middle < area.left())
            break;
        const int textWidth = metrics.horizontalAdvance(bar.label);
        const int left =
            std::clamp(middle - textWidth / 2, stripMargin, std::max(stripMargin, width() - stripMargin - textWidth));
        QString text = bar.label;
        if (left + textWidth > free) {
            if (middle > free - leastLabelWidth / 2) { // Go on with the first bar of which more than that is free.
                const int slot = std::max(0, (free - leastLabelWidth / 2 - area.left() + m_offset) / m_scale.pitch);
                const std::size_t bound = std::min(index, static_cast<std::size_t>(slot) << m_scale.level);
                next = std::ranges::lower_bound(labelled.begin(), next, bound);
                continue;
            }
            if (free - left < leastLabelWidth)
                continue;
            text = metrics.elidedText(bar.label, Qt::ElideRight, free - left);
        }
        painter.drawText(left, area.top() - 6, text); // above what a new bar erases
        ++m_paintedItems;
        free = left - 8;
    }
}

/// Which part of the history is seen.
void RevisionStrip::paintPosition(QPainter &painter)
{
    if (!m_step)
        return;
    const QRect area = barsArea();
    const QRect track(area.left(), area.bottom() + 4, area.width(), 3);
    const double content = std::max(contentWidth(), 1);
    painter.fillRect(track, m_theme.line);
    painter.fillRect(QRectF(track.left() + track.width() * (m_offset / content), track.top(),
                            std::max(8.0, track.width() * (area.width() / content)), track.height()),
                     m_theme.muted);
}

void RevisionStrip::paintFrame(QPainter &painter)
{
    if (m_history.size() == 0)
        return;
    const QRectF slot = slotArea(currentIndex() >> m_scale.level);
    const double least = std::max(0.0, (6 - slot.width()) / 2); // a bar of 3 px needs a frame that is seen
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(slot.adjusted(-least - 1, -2, least + 1, 2), 2, 2);
    painter.restore();
}

void RevisionStrip::paintCaption(QPainter &painter)
{
    const QFont font = canvas::sized(this->font(), stripTextSize * m_unit);
    const QFontMetrics metrics(font);
    painter.setFont(font);
    const QRect band(stripMargin, height() - captionHeight() + 2, width() - 2 * stripMargin, captionHeight() - 2);
    const QString current = currentInWords();
    painter.setPen(m_theme.muted);
    painter.drawText(band, Qt::AlignRight | Qt::AlignVCenter, current);

    const int end = band.right() - metrics.horizontalAdvance(current) - 16;
    const QString measured = m_measure == Measure::Count ? tr("queries") : tr("own time");
    painter.drawText(band, Qt::AlignLeft | Qt::AlignVCenter, measured);
    int left = band.left() + metrics.horizontalAdvance(measured) + 16;
    const int box = sized(8);
    for (const Outcome outcome : legend()) {
        const QString words = plainWords(outcome);
        const int textWidth = metrics.horizontalAdvance(words);
        if (left + box + 4 + textWidth > end)
            break;
        painter.fillRect(left, band.center().y() - box / 2, box, box,
                         QBrush(m_theme[outcome].ink, m_theme.pattern(outcome)));
        painter.drawText(QRect(left + box + 4, band.top(), textWidth + 4, band.height()), Qt::AlignVCenter, words);
        left += box + 4 + textWidth + 16;
    }
}

} // namespace nuages::canvas
