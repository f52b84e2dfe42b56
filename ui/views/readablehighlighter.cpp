#include "ui/views/readablehighlighter.h"

#include "ui/canvas/contrast.h"

#include <QTextCharFormat>

#include <cmath>

namespace nuages::views {

namespace {

/// `colour`, moved towards black or white until text in it can be read on `ground`.
QColor readableOn(const QColor &ground, const QColor &colour)
{
    constexpr int steps = 20;
    const float end = canvas::contrast(Qt::white, ground) > canvas::contrast(Qt::black, ground) ? 1 : 0;
    QColor moved = colour;
    for (int step = 1; step <= steps && canvas::contrast(moved, ground) < canvas::textContrast; ++step) {
        const float part = float(step) / steps;
        moved.setRgbF(std::lerp(colour.redF(), end, part), std::lerp(colour.greenF(), end, part),
                      std::lerp(colour.blueF(), end, part));
    }
    return moved;
}

} // namespace

void ReadableHighlighter::applyFormat(int offset, int length, const KSyntaxHighlighting::Format &kind)
{
    SyntaxHighlighter::applyFormat(offset, length, kind);
    QTextCharFormat look = format(offset);
    if (length == 0 || !look.hasProperty(QTextFormat::ForegroundBrush))
        return;
    look.setForeground(readableOn(m_ground, look.foreground().color()));
    setFormat(offset, length, look);
}

} // namespace nuages::views
