#pragma once

#include "ui/canvas/outcome.h"

#include <QPainterPath>

class QColor;
class QPainter;
class QRectF;

namespace nuages::canvas {

/// The mark of an outcome, drawn in a square of 12 × 12.
///
/// Marks are shapes and not characters, so that they look the same whatever font there is.
struct Glyph {
    enum class Drawn { Filled, Stroked };

    QPainterPath path;
    Drawn drawn = Drawn::Stroked;
};

/// The glyph of `outcome`. Only ExecutedChanged and InputSet share one: both are where a change passes on.
const Glyph &glyphOf(Outcome outcome);

/// Draws the glyph of `outcome` into the middle of `box`, as large as fits.
void paintGlyph(QPainter &painter, const QRectF &box, Outcome outcome, const QColor &colour);

} // namespace nuages::canvas
