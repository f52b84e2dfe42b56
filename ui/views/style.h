#pragma once

#include "ui/canvas/theme.h"

class QApplication;

namespace nuages::views {

/// Height of a row in every table and tree, in pixels.
inline constexpr int heightOfRows = 24;

/// Dresses the whole application in `theme`: Fusion, the palette, and what a palette cannot say.
void dress(QApplication &application, const canvas::Theme &theme);

/// The theme for this session: "light" or "dark" if `wanted` says so, else what the desktop prefers.
canvas::Theme themeFor(const QString &wanted);

} // namespace nuages::views
