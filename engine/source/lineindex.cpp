#include "engine/source/lineindex.h"

#include "engine/source/utf8.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace nuages::source {

namespace {

std::uint32_t columnsOf(std::size_t sequence, ColumnUnit unit)
{
    switch (unit) {
    case ColumnUnit::Byte:
        return static_cast<std::uint32_t>(sequence);
    case ColumnUnit::CodePoint:
        return 1;
    case ColumnUnit::Utf16:
        return sequence == 4 ? 2 : 1; // only four bytes reach beyond the basic plane
    }
    std::unreachable();
}

} // namespace

LineIndex::LineIndex(Text text) : m_text(std::move(text)), m_starts{0}
{
    const std::string_view bytes = m_text.view();
    for (std::size_t at = bytes.find_first_of("\r\n"); at != bytes.npos; at = bytes.find_first_of("\r\n", at)) {
        at += bytes.substr(at).starts_with("\r\n") ? 2 : 1;
        m_starts.push_back(static_cast<std::uint32_t>(at));
    }
}

Range LineIndex::line(std::uint32_t line) const
{
    assert(line < lineCount());
    const std::string_view bytes = m_text.view();
    const std::uint32_t begin = m_starts[line];
    std::uint32_t end = line + 1 < lineCount() ? m_starts[line + 1] : static_cast<std::uint32_t>(bytes.size());
    if (line + 1 < lineCount()) {
        end -= 1;
        if (bytes[end] == '\n' && end > begin && bytes[end - 1] == '\r')
            end -= 1;
    }
    return {begin, end};
}

Position LineIndex::position(std::uint32_t offset, ColumnUnit unit) const
{
    const std::string_view bytes = m_text.view();
    offset = std::min(offset, static_cast<std::uint32_t>(bytes.size()));
    const auto next = std::ranges::upper_bound(m_starts, offset);
    const auto line = static_cast<std::uint32_t>(next - m_starts.begin() - 1);
    const std::uint32_t begin = m_starts[line];
    if (unit == ColumnUnit::Byte)
        return {line, offset - begin};

    std::uint32_t column = 0;
    for (std::size_t at = begin; at < offset;) {
        const std::size_t sequence = sequenceLength(bytes.substr(at));
        if (at + sequence > offset)
            break;
        at += sequence;
        column += columnsOf(sequence, unit);
    }
    return {line, column};
}

std::uint32_t LineIndex::offset(Position position, ColumnUnit unit) const
{
    const std::string_view bytes = m_text.view();
    if (position.line >= lineCount())
        return static_cast<std::uint32_t>(bytes.size());
    const Range content = line(position.line);
    if (unit == ColumnUnit::Byte)
        return content.begin + std::min(position.column, content.size());

    std::uint32_t column = 0;
    std::size_t at = content.begin;
    while (at < content.end) {
        const std::size_t sequence = sequenceLength(bytes.substr(at, content.end - at));
        column += columnsOf(sequence, unit);
        if (column > position.column)
            break;
        at += sequence;
    }
    return static_cast<std::uint32_t>(at);
}

} // namespace nuages::source
