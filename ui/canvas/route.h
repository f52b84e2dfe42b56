#pragma once

#include "ui/canvas/grid.h"

#include <QPainterPath>

#include <vector>

namespace nuages::canvas {

/// The line of a wire between two places, in the scene. It runs between the cards and never across one: up and down
/// in the gaps between columns, sideways in the gaps between rows.
QPainterPath routeOf(const Place &from, const Place &to);

/// Boxes that together hold the line of `path`, one for each of its pieces. What must be painted again when a wire
/// changes is these, not the box around all of it, which may be the whole graph.
std::vector<QRectF> piecesOf(const QPainterPath &path);

} // namespace nuages::canvas
