#include "engine/source/lineindex.h"

#include "engine/source/utf8.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <iterator>
#include <string_view>
#include <utility>

namespace nuages::source {

namespace {

/// The first byte at or after `at` that is not ASCII; the size of `bytes` if there is none.
std::size_t findForeign(std::string_view bytes, std::size_t at)
{
    for (; at + sizeof(std::uint64_t) <= bytes.size(); at += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, sizeof word);
        if ((word & 0x8080'8080'8080'8080) != 0)
            break;
    }
    while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80)
        ++at;
    return at;
}

} // namespace

LineIndex::LineIndex(Text text) : m_text(std::move(text)), m_starts{0}
{
    const std::string_view bytes = m_text.view();
    for (std::size_t at = bytes.find_first_of("\r\n"); at != bytes.npos; at = bytes.find_first_of("\r\n", at)) {
        at += bytes.substr(at).starts_with("\r\n") ? 2 : 1;
        m_starts.push_back(static_cast<std::uint32_t>(at));
    }
    if (findForeign(bytes, 0) < bytes.size())
        mark();
}

/// Sets all marks.
void LineIndex::mark()
{
    const auto size = static_cast<std::uint32_t>(m_text.view().size());
    m_marks.reserve(size / markPitch + 1);
    Mark at;
    for (std::uint32_t boundary = 0; boundary <= size; boundary += markPitch) {
        while (at.byte < boundary) {
            at = pastAscii(at, boundary);
            if (at.byte < boundary)
                at = stepped(at);
        }
        m_marks.push_back(at);
    }
}

/// Behind the ASCII bytes that are there, but not beyond `end`.
LineIndex::Mark LineIndex::pastAscii(Mark mark, std::uint32_t end) const
{
    const auto to = static_cast<std::uint32_t>(findForeign(m_text.view().substr(0, end), mark.byte));
    const std::uint32_t count = to - mark.byte;
    return {to, mark.codePoints + count, mark.utf16 + count};
}

/// Behind the sequence that begins there.
LineIndex::Mark LineIndex::stepped(Mark mark) const
{
    const auto sequence = static_cast<std::uint32_t>(sequenceLength(m_text.view().substr(mark.byte)));
    // Only four bytes reach beyond the basic plane.
    return {mark.byte + sequence, mark.codePoints + 1, mark.utf16 + (sequence == 4 ? 2 : 1)};
}

/// The begin of the sequence that `offset` is in.
LineIndex::Mark LineIndex::markAt(std::uint32_t offset) const
{
    if (m_marks.empty())
        return {offset, offset, offset};
    auto near = m_marks.begin() + offset / markPitch;
    if (near->byte > offset)
        --near; // a sequence stands across the boundary
    Mark at = pastAscii(*near, offset);
    while (at.byte < offset) {
        const Mark next = pastAscii(stepped(at), offset);
        if (next.byte > offset)
            break;
        at = next;
    }
    return at;
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
    offset = std::min(offset, static_cast<std::uint32_t>(m_text.view().size()));
    const auto next = std::ranges::upper_bound(m_starts, offset);
    const auto line = static_cast<std::uint32_t>(next - m_starts.begin() - 1);
    const std::uint32_t begin = m_starts[line];
    if (unit == ColumnUnit::Byte)
        return {line, offset - begin};

    return {line, markAt(offset).columns(unit) - markAt(begin).columns(unit)};
}

std::uint32_t LineIndex::offset(Position position, ColumnUnit unit) const
{
    if (position.line >= lineCount())
        return static_cast<std::uint32_t>(m_text.view().size());
    const Range content = line(position.line);
    if (unit == ColumnUnit::Byte || m_marks.empty())
        return content.begin + std::min(position.column, content.size());

    Mark at = markAt(content.begin);
    const std::uint32_t wanted = at.columns(unit) + position.column;
    const auto later =
        std::ranges::upper_bound(m_marks, wanted, {}, [unit](const Mark &mark) { return mark.columns(unit); });
    if (const Mark &near = *std::prev(later); near.byte > at.byte)
        at = near;
    while (at.byte < content.end) {
        const Mark next = stepped(at);
        if (next.columns(unit) > wanted)
            break;
        at = next;
    }
    return std::min(at.byte, content.end);
}

} // namespace nuages::source
