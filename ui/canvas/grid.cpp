#include "ui/canvas/grid.h"

#include <cmath>

namespace nuages::canvas {

namespace {

constexpr double columnStep = cardWidth + columnGap;
constexpr double rowStep = cardHeight + rowGap;

int step(double position, double size) { return static_cast<int>(std::floor((position - sceneMargin) / size)); }

} // namespace

QRectF cardRect(const Place &place)
{
    return {sceneMargin + place.column * columnStep, sceneMargin + place.row * rowStep, cardWidth, cardHeight};
}

QSizeF sceneSize(int columns, int rows)
{
    return {2 * sceneMargin + columns * columnStep - columnGap, 2 * sceneMargin + rows * rowStep - rowGap};
}

GridRange gridRange(const QRectF &area)
{
    return {.begin = {.column = step(area.left(), columnStep), .row = step(area.top(), rowStep)},
            .end = {.column = step(area.right(), columnStep) + 1, .row = step(area.bottom(), rowStep) + 1}};
}

} // namespace nuages::canvas
