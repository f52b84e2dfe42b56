#include "ui/canvas/fonts.h"

#include <QFontInfo>
#include <QFontMetricsF>

#include <algorithm>

namespace nuages::canvas {

QFont sized(const QFont &base, double pixels, QFont::Weight weight)
{
    QFont font(base);
    font.setPixelSize(qRound(pixels));
    font.setWeight(weight);
    font.setFeature("tnum", 1);
    return font;
}

double unitOf(const QFont &font) { return std::clamp(QFontInfo(font).pixelSize() / 12.0, 0.5, 4.0); }

QString shortened(const QString &text, const QFont &font, double width)
{
    const QFontMetricsF metrics(font);
    if (metrics.horizontalAdvance(text) <= width)
        return text;
    const QString name = text.sliced(text.lastIndexOf(u'/') + 1);
    const double forFolders = width - metrics.horizontalAdvance(u'/' + name);
    if (name.size() == text.size() || forFolders < metrics.horizontalAdvance(u'…'))
        return metrics.elidedText(name, text.contains(u'.') ? Qt::ElideMiddle : Qt::ElideRight, width);
    return metrics.elidedText(text.chopped(name.size() + 1), Qt::ElideRight, forFolders) + u'/' + name;
}

} // namespace nuages::canvas
