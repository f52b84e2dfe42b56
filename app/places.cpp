#include "app/places.h"

#include "engine/source/utf8.h"

#include <algorithm>
#include <string_view>

namespace nuages::app {

Span Places::span(source::Range range)
{
    m_last = at(range.begin);
    m_isCounted = true;
    return {m_last, at(range.end)};
}

SourceLine Places::line(std::uint32_t number) const { return {m_lines.text(), contentOf(number - 1)}; }

source::Range Places::contentOf(std::uint32_t line) const
{
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    source::Range content = m_lines.line(line);
    if (line == 0 && m_lines.text().view().starts_with(byteOrderMark))
        content.begin += static_cast<std::uint32_t>(byteOrderMark.size());
    return content;
}

Position Places::at(std::uint32_t offset) const
{
    const std::uint32_t line = m_lines.position(offset).line;
    Position place{line + 1, 1, contentOf(line).begin};
    if (m_isCounted && m_last.line == place.line && m_last.offset >= place.offset && m_last.offset <= offset)
        place = m_last;
    std::string_view rest = m_lines.text().view().substr(0, offset);
    rest.remove_prefix(std::min<std::size_t>(place.offset, rest.size()));
    for (; !rest.empty(); rest.remove_prefix(source::sequenceLength(rest)))
        ++place.column;
    place.offset = offset;
    return place;
}

} // namespace nuages::app
