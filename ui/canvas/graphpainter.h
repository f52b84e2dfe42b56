#pragma once

#include "ui/canvas/cardpainter.h"

#include <QRegion>

namespace nuages::canvas {

/// Height of the band with the names of the columns at the natural size; it is not zoomed.
inline constexpr int headerHeight = 56;

/// Which cards stand out.
struct Emphasis {
    quint32 selected = 0;
    quint32 hovered = 0;

    friend bool operator==(const Emphasis &, const Emphasis &) = default;
};

/// What one frame drew.
struct Painted {
    int cards = 0;
    int wires = 0; ///< And ribbons.
};

/// Draws a scene: quiet edges, or from far away one ribbon for all edges between two columns, cards, the edges of the
/// cards that stand out, the path of the change, the names of the columns. Knows no widget, so a picture can go to a
/// file as well.
class GraphPainter
{
public:
    /// Never more antialiased edges in one frame, per detail; where there would be more, only the path and the edges
    /// of what is selected or hovered are drawn.
    static int wireBudget(Detail detail);

    GraphPainter(const Theme &theme, const QFont &font);

    const Theme &theme() const { return m_cards.theme(); }

    /// Draws what of `scene` lies in `exposed`, in coordinates of the screen, which `toScreen` maps the scene to.
    /// `quiet` are the wires to draw without emphasis.
    Painted paint(QPainter &painter, const Scene &scene, const std::vector<int> &quiet, const QRegion &exposed,
                  const QTransform &toScreen, const Zoom &zoom, const Emphasis &emphasis);

    /// Draws the names of the columns into `band`; `note` stands at its right end.
    void paintHeader(QPainter &painter, const Scene &scene, const QRect &band, const QTransform &toScreen,
                     const QString &note);

private:
    int paintWires(QPainter &painter, const Scene &scene, std::span<const int> wires, const QRegion &exposed,
                   const QTransform &toScreen, const QPen &pen) const;

    int paintRibbons(QPainter &painter, const Scene &scene, const QTransform &toScreen) const;

    CardPainter m_cards;
    double m_unit;
    QFont m_columnTitle;
    QFont m_columnSubtitle;
};

} // namespace nuages::canvas
