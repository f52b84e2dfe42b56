#pragma once

#include <QColor>

namespace nuages::canvas {

/// The lowest contrast that text may have with what is behind it, and that a glyph or a border may have.
///
/// Source: WCAG 2.2, success criteria 1.4.3 and 1.4.11.
inline constexpr double textContrast = 4.5;
inline constexpr double glyphContrast = 3.0;

/// The relative luminance of an opaque colour: 0 for black, 1 for white.
///
/// Source: WCAG 2.2, definition of relative luminance, for sRGB.
double luminance(const QColor &colour);

/// How well two opaque colours are told apart: from 1 (not at all) to 21 (black and white); their order is of no
/// matter.
double contrast(const QColor &one, const QColor &other);

} // namespace nuages::canvas
