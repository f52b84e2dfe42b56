#pragma once

#include "ui/canvas/outcome.h"

#include <QColor>
#include <QPalette>

#include <array>

namespace nuages::canvas {

/// The colours of one outcome: `ink` draws its glyph, bar and border, `tint` lies under its text.
struct OutcomeColours {
    QColor ink;
    QColor tint;

    friend bool operator==(const OutcomeColours &, const OutcomeColours &) = default;
};

/// Every colour of the window by its use. A plain value.
///
/// What is promised, and tested: `text` and `muted` have a contrast of 4.5 with `window`, `panel`, `selection` and
/// every tint; an ink has 3 with its tint and with those three; so has `accent`; `edge` has 3 with window and panel.
struct Theme {
    enum class Kind { Light, Dark, HighContrast };

    Kind kind = Kind::Light;
    QColor window; ///< Behind the panes.
    QColor panel; ///< Panes, tables, the canvas.
    QColor line; ///< Borders and grid.
    QColor text;
    QColor muted; ///< Text of less weight.
    QColor accent; ///< The ring around what is selected, links, the tab in front.
    QColor selection; ///< Behind a selected row.
    QColor edge; ///< Quiet edges.
    std::array<OutcomeColours, outcomeCount> outcomes;

    static Theme light();
    static Theme dark();
    static Theme highContrast(bool isDark); ///< Black and white; patterns and glyphs tell outcomes apart.

    /// The theme for a palette: high contrast if it has as good as only black and white, else dark or light by the
    /// lightness of its window.
    static Theme of(const QPalette &palette);

    const OutcomeColours &operator[](Outcome outcome) const { return outcomes.at(indexOf(outcome)); }

    /// The fill that tells outcomes apart without colour; solid unless the contrast is high.
    Qt::BrushStyle pattern(Outcome outcome) const;

    /// A palette that dresses Qt's own widgets alike. `of()` gives this theme back for it.
    QPalette palette() const;

    friend bool operator==(const Theme &, const Theme &) = default;
};

} // namespace nuages::canvas
