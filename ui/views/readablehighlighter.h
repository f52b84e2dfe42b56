#pragma once

#include <KSyntaxHighlighting/SyntaxHighlighter>
#include <QColor>
#include <QTimer>

namespace nuages::views {

/// Colours a document: a theme of KSyntaxHighlighting, where its colours are too faint for the panel moved until they
/// are not.
///
/// Of a long document it colours a portion of lines at a time, from the first on, and other events are served between
/// one and the next. What is typed is coloured at once.
class ReadableHighlighter final : public KSyntaxHighlighting::SyntaxHighlighter
{
public:
    static constexpr int portion = 300; // lines

    explicit ReadableHighlighter(QTextDocument *document);

    /// Colours all of the document, which was perhaps coloured otherwise. `ground` is the colour below the text.
    void colour(const KSyntaxHighlighting::Definition &definition, const KSyntaxHighlighting::Theme &theme,
                const QColor &ground);

    bool isColouring() const { return m_next.isActive(); } ///< Some lines are still plain.

protected:
    void highlightBlock(const QString &text) override;
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format &kind) override;

private:
    void colourPortion();

    QColor m_ground = Qt::white;
    int m_newLinesLeft = portion; ///< So many lines that were never coloured may be coloured in this turn.
    QTimer m_next; ///< Runs while there are lines that have to wait.
};

} // namespace nuages::views
