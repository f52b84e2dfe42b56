#pragma once

#include "ui/canvas/scene.h"

namespace nuages::canvas {

/// The ways of the arrow keys: along the edges against the change and with it, up and down in a column; with Ctrl to
/// the columns beside it and to the ends of its own. So every card is reached.
enum class Step { ToRead, ToReader, Up, Down, ColumnBefore, ColumnAfter, First, Last };

/// The card that a key press leads to from the card `id`; `id` itself where there is no way on.
///
/// Along the edges the path of the change comes first, then the nearest row, then the nearest column; of two at the
/// same distance the upper one. Of another column it is the card in the nearest row.
quint32 stepFrom(const Scene &scene, quint32 id, Step step);

} // namespace nuages::canvas
