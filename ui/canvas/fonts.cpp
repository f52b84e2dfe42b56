#include "ui/canvas/fonts.h"

#include <QFontInfo>

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

} // namespace nuages::canvas
