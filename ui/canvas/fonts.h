#pragma once

#include <QFont>

namespace nuages::canvas {

/// `base` at a height of `pixels`, with figures that are all of one width, so that numbers below each other line
/// up.
QFont sized(const QFont &base, double pixels, QFont::Weight weight = QFont::Normal);

} // namespace nuages::canvas
