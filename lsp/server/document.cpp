#include "lsp/server/document.h"

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
    const source::Position whole = lines.position(offset, source::ColumnUnit::CodePoint);
    if (encoding == PositionEncoding::Utf32)
        return whole;
    return lines.position(lines.offset(whole, source::ColumnUnit::CodePoint), unitOf(encoding));
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

ChangedText applyChanges(source::Text text, std::span<const protocol::TextDocumentContentChangeEvent> changes,
                         PositionEncoding encoding)
{
    // Everything before the last full text is gone with it.
    const auto full = std::ranges::find_last_if(
        changes, [](const protocol::TextDocumentContentChangeEvent &change) { return !change.range; });
    ChangedText result{std::move(text)};
    for (const protocol::TextDocumentContentChangeEvent &change : full.empty() ? changes : changes.last(full.size())) {
        if (!change.range) {
            result.text = source::Text(change.text);
            continue;
        }
        const source::LineIndex lines(result.text);
        Offset start = toOffset(lines, change.range->start, encoding);
        Offset end = toOffset(lines, change.range->end, encoding);
        result.isExact = result.isExact && start.isExact && end.isExact && start.value <= end.value;
        if (start.value > end.value)
            std::swap(start, end);
        std::string bytes(result.text.view());
        bytes.replace(start.value, end.value - start.value, change.text);
        result.text = source::Text(std::move(bytes));
    }
    return result;
}

} // namespace nuages::server
