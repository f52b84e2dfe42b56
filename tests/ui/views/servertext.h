#pragma once

#include "lsp/protocol/types/documents.h"

#include <QString>

namespace nuages::tests {

/// A server's side of a document: knows only the edits, and counts lines by itself.
class ServerText
{
public:
    explicit ServerText(const QString &text) : m_text(text) { }

    const QString &text() const { return m_text; }

    /// Returns false, and keeps its text, if the edit has no range, or one that is not in the text or cuts a
    /// surrogate pair.
    bool apply(const protocol::TextDocumentContentChangeEvent &edit)
    {
        if (!edit.range)
            return false;
        const qsizetype start = offsetOf(edit.range->start);
        const qsizetype end = offsetOf(edit.range->end);
        if (start < 0 || start > end || isInsidePair(start) || isInsidePair(end))
            return false;
        m_text = m_text.left(start) + QString::fromStdString(edit.text) + m_text.mid(end);
        return true;
    }

private:
    /// Of a position in UTF-16 units; -1 if there is no such line or it is shorter.
    qsizetype offsetOf(const protocol::Position &position) const
    {
        qsizetype start = 0;
        for (auto line = position.line; line > 0; --line) {
            const qsizetype end = m_text.indexOf(u'\n', start);
            if (end < 0)
                return -1;
            start = end + 1;
        }
        const qsizetype end = m_text.indexOf(u'\n', start);
        qsizetype length = (end < 0 ? m_text.size() : end) - start;
        if (end > start && m_text[end - 1] == u'\r')
            --length;
        return position.character <= length ? start + qsizetype(position.character) : -1;
    }

    bool isInsidePair(qsizetype offset) const
    {
        return offset > 0 && offset < m_text.size() && m_text[offset - 1].isHighSurrogate();
    }

    QString m_text;
};

} // namespace nuages::tests
