#pragma once

#include <QFont>

namespace nuages::canvas {

/// `base` at a height of `pixels`, with figures that are all of one width, so that numbers below each other line
/// up.
QFont sized(const QFont &base, double pixels, QFont::Weight weight = QFont::Normal);

/// How large `font` is beside the 12 px that sizes of the drawing are given for: what those are multiplied with.
double unitOf(const QFont &font);

} // namespace nuages::canvas
