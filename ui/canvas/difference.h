#pragma once

#include "ui/canvas/theme.h"

#include <QRectF>
#include <QString>

#include <optional>

class QPainter;

namespace nuages::canvas {

/// How a node differs between two revisions that are compared, A and B.
enum class Difference {
    Added, ///< It is there in B, and was not in A.
    Removed, ///< The other way round.
    Changed, ///< Its value is another, or an input was set.
    SameValue, ///< It ran in B, and its value is the one of A.
    Unknown, ///< What happened in between is not kept.
};

/// "added since A": in plain words.
QString plainWords(Difference difference);

/// A sign and a colour of a difference.
struct DifferenceMark {
    QChar sign;
    QColor ink;
};
DifferenceMark markOf(Difference difference, const Theme &theme);

/// Draws the mark over the left edge of a card that fills `box`, and a line around it.
void paintDifference(QPainter &painter, const QRectF &box, Difference difference, const Theme &theme);

} // namespace nuages::canvas
