#pragma once

#include <QFont>

namespace nuages::canvas {

/// `base` at a height of `pixels`, with figures that are all of one width, so that numbers below each other line
/// up.
QFont sized(const QFont &base, double pixels, QFont::Weight weight = QFont::Normal);

/// How large `font` is beside the 12 px that sizes of the drawing are given for: what those are multiplied with.
double unitOf(const QFont &font);

/// `text` shortened to `width` pixels: of a path the folders, so that the name of the file is read.
QString shortened(const QString &text, const QFont &font, double width);

} // namespace nuages::canvas
