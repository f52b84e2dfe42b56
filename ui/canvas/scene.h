#pragma once

#include "ui/canvas/grid.h"
#include "ui/canvas/picture.h"

#include <QHash>
#include <QPointF>

#include <span>
#include <vector>

namespace nuages::canvas {

inline Place placeOf(const Card &card) { return {.column = card.column, .row = card.row}; }

/// What a card covers: a collapsed one has the edge of another behind it.
inline QRectF areaOf(const Card &card)
{
    const double behind = card.isCollapsed ? collapsedEdge + 1 : 0;
    return cardRect(placeOf(card)).adjusted(0, 0, behind, behind);
}

/// A picture, ordered so that what lies in an area is found without looking at the rest. Immutable.
class Scene
{
public:
    Scene() = default;
    explicit Scene(Picture picture);

    /// Its cards are sorted by column and row, its wires by their ends.
    const Picture &picture() const { return m_picture; }

    QSizeF size() const;
    int rows() const { return m_rows; }

    /// An index into the cards of the picture; -1 if there is no such card.
    int indexOf(quint32 id) const { return m_index.value(id, -1); }
    const Card *card(quint32 id) const;
    const Card *cardAt(QPointF point) const;

    /// The cards of one column whose rows are in [begin, end), from top to bottom.
    std::span<const Card> cardsIn(int column, int begin, int end) const;

    /// Indices of the wires that end or begin at a card, both directions in one.
    std::span<const int> wiresAt(int card) const;

    /// Indices of the wires on the path of the change.
    std::span<const int> path() const { return m_path; }

    /// Where the two ends of a wire stand, by the index of the wire.
    Place from(int wire) const { return m_ends[static_cast<std::size_t>(wire)].from; }
    Place to(int wire) const { return m_ends[static_cast<std::size_t>(wire)].to; }

    /// All wires from one column to another as one: where they begin and end on average, in rows.
    struct Ribbon {
        int from = 0; ///< Column.
        int to = 0;
        double fromRow = 0;
        double toRow = 0;
        int wires = 0;

        friend bool operator==(const Ribbon &, const Ribbon &) = default;
    };
    const std::vector<Ribbon> &ribbons() const { return m_ribbons; }

    /// Indices of the wires that may have a part in `range`. Looks at every wire.
    std::vector<int> wiresIn(const GridRange &range) const;

private:
    void bundle();

    struct Ends {
        Place from;
        Place to;
    };

    Picture m_picture;
    QHash<quint32, int> m_index;
    std::vector<int> m_columnBegin; // By column, with one more at the end: where its cards begin.
    std::vector<Ends> m_ends; // By wire.
    std::vector<int> m_wiresBegin; // By card, with one more at the end: where its part of m_wires begins.
    std::vector<int> m_wires;
    std::vector<int> m_path;
    std::vector<Ribbon> m_ribbons; // By columns.
    int m_rows = 0;
};

/// The areas in which two pictures of one canvas differ. Empty if they look the same.
std::vector<QRectF> difference(const Scene &before, const Scene &after);

} // namespace nuages::canvas
