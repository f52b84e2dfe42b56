#pragma once

#include "lsp/protocol/types/documents.h"

#include <QString>

#include <optional>

class QTextDocument;

namespace nuages::views {

/// The text of an open document as the server was last told it; turns what a QTextDocument says about a change into
/// the incremental edit that a language server is sent.
///
/// QTextDocument tells where it changed, but not what was there before, counts its final block separator now and then,
/// and tells changes of format as if they were changes of text. So the old text is kept here, and what both texts have
/// in common is left out of the edit. Positions are UTF-16 units in lines, as LSP counts by default, and never between
/// the two halves of a surrogate pair.
///
/// Lines are those of the pane. A file with CRLF has the same lines, so positions hold for it too, and inserted line
/// breaks are told with CRLF.
class ToldText
{
public:
    /// Begins with `text`, as it was told in didOpen.
    explicit ToldText(const QString &text);

    /// True if the lines of a QTextDocument with this text are those of LSP: no lone carriage return, and none of the
    /// code points that Qt takes for the end of a paragraph. Other texts must not be edited in a pane.
    static bool canFollow(const QString &text);

    /// What to tell the server so that it has the text of `document` too; nullopt if it has it already. The arguments
    /// are those of QTextDocument::contentsChange().
    std::optional<protocol::TextDocumentContentChangeEvent> follow(const QTextDocument &document, qsizetype from,
                                                                   qsizetype removed, qsizetype added);

    /// With line feeds for all line ends.
    const QString &text() const { return m_text; }

private:
    protocol::Position positionOf(qsizetype offset) const;

    QString m_text; // Invariant: no carriage return.
    bool m_endsLinesWithCrLf = false;
};

/// The text of `document` with line feeds between blocks; unlike toPlainText() it keeps no-break spaces.
QString textOf(const QTextDocument &document);

} // namespace nuages::views
