#include "ui/views/readablehighlighter.h"

#include "ui/canvas/contrast.h"

#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Theme>
#include <QTextBlock>
#include <QTextCharFormat>
#include <QTextDocument>

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

// KSyntaxHighlighting leaves in each line it has coloured the state in which the next one begins, as user data.

ReadableHighlighter::ReadableHighlighter(QTextDocument *document) : SyntaxHighlighter(document)
{
    m_next.setSingleShot(true);
    m_next.callOnTimeout([this] { colourPortion(); });
}

void ReadableHighlighter::colour(const KSyntaxHighlighting::Definition &definition,
                                 const KSyntaxHighlighting::Theme &theme, const QColor &ground)
{
    m_ground = ground;
    setTheme(theme);
    for (QTextBlock line = document()->begin(); line.isValid(); line = line.next())
        line.setUserData(nullptr);
    m_newLinesLeft = 0; // What setDefinition() would colour at once has to wait.
    setDefinition(definition);
    colourPortion();
}

void ReadableHighlighter::colourPortion()
{
    m_newLinesLeft = portion;
    for (QTextBlock line = document()->begin(); line.isValid() && m_newLinesLeft > 0; line = line.next()) {
        if (!line.userData())
            rehighlightBlock(line);
    }
    if (m_newLinesLeft == 0)
        m_next.start(0);
}

void ReadableHighlighter::highlightBlock(const QString &text)
{
    const QTextBlock line = currentBlock();
    const bool isNew = !line.userData();
    const bool isAfterPlain = line.previous().isValid() && !line.previous().userData();
    if (isNew && (m_newLinesLeft == 0 || isAfterPlain)) {
        m_next.start(0);
        return;
    }
    m_newLinesLeft -= isNew;
    SyntaxHighlighter::highlightBlock(text);
    // The library goes on to the next line only where a line that it knows has come to end otherwise.
    if (const QTextBlock next = line.next(); isNew && next.isValid() && next.userData())
        QMetaObject::invokeMethod(this, [this, next] { rehighlightBlock(next); }, Qt::QueuedConnection);
}

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
