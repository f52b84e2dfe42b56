#pragma once

#include <QString>
#include <QStringList>

namespace nuages::views {

/// What the user has chosen for all windows of the program. A plain value; what is not said here is as the desktop
/// has it.
struct Settings {
    QString colours = {}; ///< A name that themeFor() knows; empty: those of the desktop.
    int fontSize = 0; ///< In points; 0: that of the desktop.
    bool moves = true; ///< Panes glide into their places, and the cursor blinks.
    bool followsAtStart = true; ///< A new window shows each answer until something is picked.
    QString editor = {}; ///< See commandFor(); empty: what the desktop opens such files with.
    bool records = true;
    int sessionMegabytes = 512; ///< Of one session.
    int allMegabytes = 2048; ///< Of all that are kept by themselves.
    QString sessionFolder = {}; ///< Where that is; empty: the usual place.

    /// As saved last. What cannot be understood or is out of bounds is as at first.
    static Settings load();
    void save() const;

    /// Whether there is no difference that is seen.
    bool looksLike(const Settings &other) const
    {
        return colours == other.colours && fontSize == other.fontSize && moves == other.moves;
    }

    friend bool operator==(const Settings &, const Settings &) = default;
};

inline constexpr int leastFontSize = 6;
inline constexpr int mostFontSize = 48;
inline constexpr int leastMegabytes = 1;
inline constexpr int mostMegabytes = 1'000'000;

/// The words of an editor's command, in which %f is the file and %l the line, from 1. Without %f the file comes last.
/// Empty for an empty command.
QStringList commandFor(const QString &editor, const QString &file, int line);

} // namespace nuages::views
