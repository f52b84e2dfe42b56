// The revisions of a strip that are marked by name.
#include "ui/canvas/fonts.h"
#include "ui/canvas/revisionstrip.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace nuages::canvas {

namespace {

constexpr int pinSide = 14;
constexpr double pinTextSize = 10;

} // namespace

void RevisionStrip::setPins(std::vector<RevisionPin> pins)
{
    if (pins == m_pins)
        return;
    m_pins = std::move(pins);
    update();
}

/// " · A" for a revision that is marked so.
QString RevisionStrip::pinsInWords(quint64 revision) const
{
    QString words;
    for (const RevisionPin &pin : m_pins) {
        if (pin.revision == revision)
            words += u" · "_s + pin.name;
    }
    return words;
}

/// A line through the bar with the name at its foot; of two at one bar the second stands beside the first.
void RevisionStrip::paintPins(QPainter &painter)
{
    const int side = sized(pinSide);
    int beside = 0;
    for (const RevisionPin &pin : m_pins) {
        const QRect bar = barArea(pin.revision);
        if (bar.isNull())
            continue;
        painter.setPen(QPen(m_theme.accent, 1, Qt::DashLine));
        painter.drawLine(bar.center().x(), barsArea().top(), bar.center().x(), barsArea().bottom());
        const QRect flag(bar.center().x() + beside * side, barsArea().bottom() - side, side, side);
        painter.fillRect(flag, m_theme.accent);
        painter.setFont(canvas::sized(font(), pinTextSize * m_unit, QFont::DemiBold));
        painter.setPen(m_theme.panel);
        painter.drawText(flag, Qt::AlignCenter, pin.name);
        ++m_paintedItems;
        beside = &pin != &m_pins.back() && (&pin + 1)->revision == pin.revision ? beside + 1 : 0;
    }
}

} // namespace nuages::canvas
