#include "lsp/server/document.h"

#include "lsp/server/editedtext.h"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

namespace nuages::server {

namespace {

source::ColumnUnit unitOf(PositionEncoding encoding)
{
    switch (encoding) {
    case PositionEncoding::Utf8:
        return source::ColumnUnit::Byte;
    case PositionEncoding::Utf16:
        return source::ColumnUnit::Utf16;
    case PositionEncoding::Utf32:
        return source::ColumnUnit::CodePoint;
    }
    std::unreachable();
}

std::uint32_t clamped(std::int64_t number)
{
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(number, 0, std::numeric_limits<std::int32_t>::max()));
}

} // namespace

source::Position toPosition(const source::LineIndex &lines, std::uint32_t offset, PositionEncoding encoding)
{
    if (encoding != PositionEncoding::Utf8)
        return lines.position(offset, unitOf(encoding));
    const source::Position whole = lines.position(offset, source::ColumnUnit::CodePoint);
    return lines.position(lines.offset(whole, source::ColumnUnit::CodePoint), source::ColumnUnit::Byte);
}

Offset toOffset(const source::LineIndex &lines, protocol::Position position, PositionEncoding encoding)
{
    const source::Position wanted{clamped(position.line), clamped(position.character)};
    const std::uint32_t near = lines.offset(wanted, unitOf(encoding));
    const std::uint32_t offset =
        lines.offset(lines.position(near, source::ColumnUnit::CodePoint), source::ColumnUnit::CodePoint);
    const source::Position found = lines.position(offset, unitOf(encoding));
    return {offset, found.line == position.line && found.column == position.character};
}

ChangedText applyChanges(const std::shared_ptr<const source::LineIndex> &before,
                         std::span<const protocol::TextDocumentContentChangeEvent> changes, PositionEncoding encoding)
{
    // Everything before the last full text is gone with it.
    const auto isFull = [](const protocol::TextDocumentContentChangeEvent &change) { return !change.range; };
    const auto full = std::ranges::find_last_if(changes, isFull);
    const bool hasFull = !full.empty();
    EditedText text = hasFull ? EditedText(source::Text(full.front().text)) : EditedText(before->text(), before);
    ChangedText result;
    for (const auto &change : hasFull ? changes.last(full.size() - 1) : changes) {
        Offset start = text.offsetOf(change.range->start, encoding);
        Offset end = text.offsetOf(change.range->end, encoding);
        result.isExact = result.isExact && start.isExact && end.isExact && start.value <= end.value;
        if (start.value > end.value)
            std::swap(start, end);
        text.replace(start.value, end.value, change.text);
    }
    result.text = text.whole();
    return result;
}

} // namespace nuages::server
