#include "lsp/server/editedtext.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace nuages::server {

namespace {

constexpr std::size_t pieceSize = 2048; // bytes, about

/// Whether a character or a line end may go on from `before` to `after`, which are neighbours.
bool belongTogether(char before, char after)
{
    const bool isContinuation = (static_cast<unsigned char>(after) & 0xC0) == 0x80;
    return isContinuation || (before == '\r' && after == '\n');
}

} // namespace

EditedText::EditedText(source::Text text, std::shared_ptr<const source::LineIndex> lines)
{
    m_pieces.push_back({std::move(text), std::move(lines)});
}

const source::LineIndex &EditedText::linesOf(Piece &piece)
{
    if (!piece.lines) {
        piece.lines = std::make_shared<const source::LineIndex>(piece.text);
        m_countedBytes += piece.size();
    }
    return *piece.lines;
}

std::vector<EditedText::Piece> EditedText::cut(std::string_view bytes)
{
    std::vector<Piece> pieces;
    while (!bytes.empty()) {
        std::size_t size = std::min(pieceSize, bytes.size());
        while (size < bytes.size() && belongTogether(bytes[size - 1], bytes[size]))
            ++size;
        pieces.push_back({source::Text(std::string(bytes.substr(0, size)))});
        bytes.remove_prefix(size);
    }
    return pieces;
}

Offset EditedText::offsetOf(protocol::Position position, PositionEncoding encoding)
{
    std::size_t begin = 0; // of the piece
    const bool isBent = position.line < 0 || position.character < 0;
    position.line = std::max<std::int64_t>(position.line, 0);
    position.character = std::max<std::int64_t>(position.character, 0);
    for (std::size_t i = 0; i < m_pieces.size(); begin += m_pieces[i].size(), ++i) {
        const source::LineIndex &lines = linesOf(m_pieces[i]);
        const std::uint32_t lastLine = lines.lineCount() - 1;
        const bool isLast = i + 1 == m_pieces.size();
        if (position.line > lastLine && !isLast) {
            position.line -= lastLine;
            continue;
        }
        if (position.line == lastLine && !isLast) {
            // The line goes on in the next piece.
            const auto size = static_cast<std::uint32_t>(m_pieces[i].size());
            const std::uint32_t columns = toPosition(lines, size, encoding).column;
            if (position.character >= columns) {
                position.line = 0;
                position.character -= columns;
                continue;
            }
        }
        const Offset found = toOffset(lines, position, encoding);
        return {static_cast<std::uint32_t>(begin + found.value), found.isExact && !isBent};
    }
    std::unreachable();
}

void EditedText::replace(std::size_t begin, std::size_t end, std::string_view bytes)
{
    std::size_t first = 0;
    std::size_t firstBegin = 0;
    while (first + 1 < m_pieces.size() && firstBegin + m_pieces[first].size() <= begin)
        firstBegin += m_pieces[first++].size();
    std::size_t last = first; // the first piece behind
    std::size_t lastEnd = firstBegin;
    std::string touched;
    const auto takeNext = [&] {
        touched += m_pieces[last].text.view();
        lastEnd += m_pieces[last++].size();
    };
    do
        takeNext();
    while (lastEnd < end);
    touched.replace(begin - firstBegin, end - begin, bytes);
    // What is at the edges may have become neighbours.
    const auto goesOn = [&] {
        return last < m_pieces.size()
            && (touched.empty() || belongTogether(touched.back(), m_pieces[last].text.view().front()));
    };
    while (goesOn())
        takeNext();
    while (first > 0 && !touched.empty() && belongTogether(m_pieces[first - 1].text.view().back(), touched.front()))
        touched.insert(0, m_pieces[--first].text.view());

    std::vector<Piece> pieces = cut(touched);
    if (pieces.empty() && last - first == m_pieces.size())
        pieces.emplace_back(source::Text(std::string()));
    const auto at = m_pieces.erase(m_pieces.begin() + std::ptrdiff_t(first), m_pieces.begin() + std::ptrdiff_t(last));
    m_pieces.insert(at, std::make_move_iterator(pieces.begin()), std::make_move_iterator(pieces.end()));
}

source::Text EditedText::whole() const
{
    if (m_pieces.size() == 1)
        return m_pieces.front().text;
    std::string bytes;
    for (const Piece &piece : m_pieces)
        bytes += piece.text.view();
    return source::Text(std::move(bytes));
}

} // namespace nuages::server
