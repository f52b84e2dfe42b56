#pragma once

#include "ui/canvas/theme.h"

#include <QLatin1StringView>

class QApplication;

namespace nuages::views {

/// Height of a row in every table and tree, in pixels.
inline constexpr int heightOfRows = 24;

/// The name of the desktop file and of the icon in a desktop's theme.
inline constexpr QLatin1StringView desktopName("org.nuages.Inspector");

/// Dresses the whole application in `theme`: Fusion, the palette, what a palette cannot say, and the icon.
void dress(QApplication &application, const canvas::Theme &theme);

/// The theme for this session: "light" or "dark" if `wanted` says so, else what the desktop prefers.
canvas::Theme themeFor(const QString &wanted);

} // namespace nuages::views
