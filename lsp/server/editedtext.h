#pragma once

#include "lsp/server/document.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::server {

/// A text to which many changes are applied one after the other.
///
/// It is kept in pieces, of which a change makes anew only those that it touches; so a change costs a walk over the
/// numbers of the pieces and the lines of one, not of the text.
class EditedText
{
public:
    /// `lines` are those of `text`, if they are known.
    explicit EditedText(source::Text text, std::shared_ptr<const source::LineIndex> lines = nullptr);

    /// As toOffset() of the whole text.
    Offset offsetOf(protocol::Position position, PositionEncoding encoding);

    /// Puts `bytes` in the place of those from `begin` to `end`.
    void replace(std::size_t begin, std::size_t end, std::string_view bytes);

    source::Text whole() const;

    /// Bytes whose lines were counted so far, which is most of the work; for tests.
    std::size_t countedBytes() const { return m_countedBytes; }

private:
    /// Invariant: never empty, unless it is the only one; no character and no line end goes on in the next one.
    struct Piece {
        source::Text text;
        std::shared_ptr<const source::LineIndex> lines = nullptr; ///< Made when they are first asked for.

        std::size_t size() const { return text.view().size(); }
    };

    const source::LineIndex &linesOf(Piece &piece);
    static std::vector<Piece> cut(std::string_view bytes);

    std::vector<Piece> m_pieces; // Invariant: never empty.
    std::size_t m_countedBytes = 0;
};

} // namespace nuages::server
