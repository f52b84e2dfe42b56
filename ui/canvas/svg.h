#pragma once

#include "ui/canvas/outcome.h"

#include <QColor>
#include <QFont>
#include <QPainterPath>
#include <QPointF>
#include <QString>

namespace nuages::canvas {

/// Elements of an SVG file.
QString svgNumber(double value);
QString svgPathData(const QPainterPath &path);
QString svgBegin(QSizeF size, const QFont &font, const QColor &ground);

/// A line of text, shortened to `room` pixels.
QString svgText(QPointF at, const QFont &font, const QColor &colour, const QString &text, double room);

/// The mark of an outcome, in a square of 12 × 12 whose corner is `at`.
QString svgGlyph(QPointF at, Outcome outcome, const QColor &colour);

} // namespace nuages::canvas
