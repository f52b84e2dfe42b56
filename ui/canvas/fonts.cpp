#include "ui/canvas/fonts.h"

namespace nuages::canvas {

QFont sized(const QFont &base, double pixels, QFont::Weight weight)
{
    QFont font(base);
    font.setPixelSize(qRound(pixels));
    font.setWeight(weight);
    font.setFeature("tnum", 1);
    return font;
}

} // namespace nuages::canvas
