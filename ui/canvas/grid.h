#pragma once

#include "ui/canvas/layout.h"

#include <QRectF>
#include <QSizeF>

namespace nuages::canvas {

/// Sizes of the graph at zoom 1, in pixels. Every space is a multiple of 4.
inline constexpr double cardWidth = 126;
inline constexpr double cardHeight = 34;
inline constexpr double cardRadius = 5;
inline constexpr double outcomeBarWidth = 4;
inline constexpr double collapsedEdge = 3; ///< So far a collapsed card seems to have others behind it.
inline constexpr double columnGap = 24;
inline constexpr double rowGap = 24;
inline constexpr double sceneMargin = 16; ///< Around all cards.

/// Where the card at `place` lies in the scene, whose origin is the top left of its margin.
QRectF cardRect(const Place &place);

/// The room that so many columns and rows take, margins included.
QSizeF sceneSize(int columns, int rows);

/// The columns and the rows that have a part in `area`: first ones, and one past the last ones; the gap behind a card
/// counts to it.
struct GridRange {
    Place begin;
    Place end;

    bool contains(const Place &place) const
    {
        return place.column >= begin.column && place.column < end.column && place.row >= begin.row
            && place.row < end.row;
    }
};
GridRange gridRange(const QRectF &area);

} // namespace nuages::canvas
