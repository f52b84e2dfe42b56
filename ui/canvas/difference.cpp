#include "ui/canvas/difference.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace nuages::canvas {

namespace {

constexpr double badgeSide = 13;
constexpr double ringWidth = 2;

} // namespace

QString plainWords(Difference difference)
{
    switch (difference) {
    case Difference::Added:
        return QCoreApplication::translate("Difference", "added since A");
    case Difference::Removed:
        return QCoreApplication::translate("Difference", "gone since A");
    case Difference::Changed:
        return QCoreApplication::translate("Difference", "another value than in A");
    case Difference::SameValue:
        return QCoreApplication::translate("Difference", "ran, the value of A");
    case Difference::Unknown:
        break;
    }
    return QCoreApplication::translate("Difference", "not kept since A");
}

DifferenceMark markOf(Difference difference, const Theme &theme)
{
    switch (difference) {
    case Difference::Added:
        return {.sign = u'+', .ink = theme[Outcome::ExecutedNew].ink};
    case Difference::Removed:
        return {.sign = u'−', .ink = theme.muted};
    case Difference::Changed:
        return {.sign = u'≠', .ink = theme[Outcome::ExecutedChanged].ink};
    case Difference::SameValue:
        return {.sign = u'=', .ink = theme[Outcome::ExecutedBackdated].ink};
    case Difference::Unknown:
        break;
    }
    return {.sign = u'?', .ink = theme.muted};
}

void paintDifference(QPainter &painter, const QRectF &box, Difference difference, const Theme &theme)
{
    const auto [sign, ink] = markOf(difference, theme);
    painter.save();
    painter.setPen(QPen(ink, ringWidth));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(box.adjusted(ringWidth / 2, ringWidth / 2, -ringWidth / 2, -ringWidth / 2));
    const double side = std::min(badgeSide, box.height());
    const QRectF badge(box.right() - side, box.top(), side, side);
    painter.fillRect(badge, ink);
    QFont bold = painter.font();
    bold.setPixelSize(std::max(6, int(side) - 2));
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(theme.panel);
    painter.drawText(badge, Qt::AlignCenter, sign);
    painter.restore();
}

} // namespace nuages::canvas
