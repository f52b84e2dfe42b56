#pragma once

namespace nuages::canvas {

/// Makes Qt know how the canvases are told to a screen reader. Each calls it; the second call does nothing.
///
/// A graph has its cards as children, ordered by column and row, each with its place, its name in words and the
/// cards that it flows to and from. A strip has a value, the current revision. A time line has its bars as children.
void installAccessibility();

} // namespace nuages::canvas
