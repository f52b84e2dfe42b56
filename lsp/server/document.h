#pragma once

#include "engine/source/lineindex.h"
#include "engine/source/text.h"
#include "lsp/protocol/types/basic.h"
#include "lsp/protocol/types/documents.h"

#include <cstdint>
#include <memory>
#include <span>

namespace nuages::server {

/// What the columns of a client count, agreed on at initialize.
enum class PositionEncoding : std::uint8_t { Utf8, Utf16, Utf32 };

/// A byte offset, and whether the position had to be bent to fit the text.
struct Offset {
    std::uint32_t value = 0;
    bool isExact = true;
};

/// Where in the text a position is; never fails. A line beyond the last is the end of the text, a character beyond its
/// line the end of the line before its terminator, one inside a character that character's begin, a negative number 0.
///
/// Source: LSP 3.17, "Position"; the rest is what keeps a server in step with a client that errs.
Offset toOffset(const source::LineIndex &lines, protocol::Position position, PositionEncoding encoding);

/// The position of a byte offset; an offset inside a character gives that character's begin.
source::Position toPosition(const source::LineIndex &lines, std::uint32_t offset, PositionEncoding encoding);

/// A text after a didChange.
struct ChangedText {
    source::Text text;

    /// False if a position had to be bent or a range turned round: the client's text may differ from ours, and the next
    /// save tells.
    bool isExact = true;
};

/// Applies `changes` one after the other, each to the result of the one before, as the client did. Many changes cost
/// little more than one: see EditedText.
///
/// Source: LSP 3.17, "DidChangeTextDocument Notification".
ChangedText applyChanges(const std::shared_ptr<const source::LineIndex> &before,
                         std::span<const protocol::TextDocumentContentChangeEvent> changes, PositionEncoding encoding);

} // namespace nuages::server
