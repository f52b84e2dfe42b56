#pragma once

#include "ui/canvas/theme.h"

#include <QLatin1StringView>
#include <QPalette>
#include <QSize>

#include <functional>

class QApplication;
class QScreen;

namespace nuages::views {

struct Settings;

/// Height of a row in every table and tree, in pixels: as the application's font needs it.
int heightOfRows();

/// The size of the window where there is room for it.
inline constexpr QSize usualSize(1600, 1000);

/// The size of the window when it is first opened on `screen`: no larger than what panels and the frame of a window
/// leave.
QSize firstSizeOn(const QScreen &screen);

/// The name of the desktop file and of the icon in a desktop's theme.
inline constexpr QLatin1StringView desktopName("org.nuages.Inspector");

/// Dresses the whole application in `theme`: Fusion, the palette, what a palette cannot say, and the icon. The font is
/// that of the desktop.
void dress(QApplication &application, const canvas::Theme &theme);

/// The colours of the desktop, whatever the application wears.
QPalette paletteOfDesktop();

/// Dresses it as the desktop is, now and whenever the desktop changes: between light and dark, and to high contrast and
/// back. `palette` says what its colours are. Another call replaces this one.
void dressAsDesktop(QApplication &application, std::function<QPalette()> palette = paletteOfDesktop);

/// Gives the application the colours, the font and the motion of the settings, at any time; what they leave to the
/// desktop is as it was before the first call.
void apply(const Settings &settings, QApplication &application);

/// The theme of this name: "light", "dark" or "high-contrast"; else what the desktop prefers.
canvas::Theme themeFor(const QString &wanted);

} // namespace nuages::views
