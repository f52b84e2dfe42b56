#pragma once

#include <KSyntaxHighlighting/SyntaxHighlighter>
#include <QColor>

namespace nuages::views {

/// The colours of a theme of KSyntaxHighlighting, where they are too faint for the panel moved until they are not.
class ReadableHighlighter final : public KSyntaxHighlighting::SyntaxHighlighter
{
public:
    using SyntaxHighlighter::SyntaxHighlighter;

    /// The colour below the text. Call it before the definition is set.
    void setGround(const QColor &ground) { m_ground = ground; }

protected:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format &kind) override;

private:
    QColor m_ground = Qt::white;
};

} // namespace nuages::views
