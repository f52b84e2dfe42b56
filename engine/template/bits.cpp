#include "engine/template/bits.h"

#include "engine/template/characters.h"

namespace nuages::templates {

namespace {

constexpr std::size_t notClosed = std::string_view::npos;

bool isQuote(char32_t c) { return c == '"' || c == '\''; }

/// The end of the string that opens with a quote at `at`, past its closing quote; `notClosed` if it is not closed.
std::size_t stringEnd(std::string_view text, std::size_t at)
{
    const char quote = text[at];
    for (std::size_t i = at + 1; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == quote)
            return i + 1;
    }
    return notClosed;
}

/// The end of the run from `at` of characters that are no white space, and no quotes either if `untilQuote`.
std::size_t runEnd(std::string_view text, std::size_t at, bool untilQuote)
{
    for (;;) {
        const Character c = characterAt(text, at);
        if (c.length == 0 || isSpace(c.codePoint) || (untilQuote && isQuote(c.codePoint)))
            return at;
        at += c.length;
    }
}

/// The end of the piece at `begin`: text with at least one closed string in it, up to a blank or to a string that is
/// not closed; else everything up to the next blank.
std::size_t pieceEnd(std::string_view text, std::size_t begin)
{
    std::size_t end = notClosed;
    std::size_t at = runEnd(text, begin, true);
    while (at < text.size() && isQuote(static_cast<unsigned char>(text[at]))) {
        const std::size_t closed = stringEnd(text, at);
        if (closed == notClosed)
            break;
        at = end = runEnd(text, closed, true);
    }
    return end == notClosed ? runEnd(text, begin, false) : end;
}

Bit bitOf(std::string_view text, std::size_t begin, std::size_t end, std::uint32_t offset)
{
    return {std::string(text.substr(begin, end - begin)),
            {offset + static_cast<std::uint32_t>(begin), offset + static_cast<std::uint32_t>(end)}};
}

} // namespace

Bits splitContents(std::string_view content, std::uint32_t offset)
{
    Bits bits;
    const char *sentinel = nullptr; // What the last piece, a `_(` with its quote, still has to end with.
    for (std::size_t at = spacesAt(content, 0); at < content.size(); at += spacesAt(content, at)) {
        const std::size_t end = pieceEnd(content, at);
        Bit bit = bitOf(content, at, end, offset);
        at = end;
        if (sentinel) {
            Bit &open = bits.pieces.back();
            open.text += ' ';
            open.text += bit.text;
            open.range.end = bit.range.end;
        } else {
            if (bit.text.starts_with("_(\"") || bit.text.starts_with("_('"))
                sentinel = bit.text[2] == '"' ? "\")" : "')";
            bits.pieces.push_back(bit);
        }
        // Django looks at the end of the newest piece alone, so a `"` and a `)` apart do not count.
        if (sentinel && bit.text.ends_with(sentinel))
            sentinel = nullptr;
    }
    bits.complete = sentinel == nullptr;
    return bits;
}

std::vector<Bit> splitWords(std::string_view content, std::uint32_t offset)
{
    std::vector<Bit> words;
    for (std::size_t at = spacesAt(content, 0); at < content.size(); at += spacesAt(content, at)) {
        const std::size_t end = runEnd(content, at, false);
        words.push_back(bitOf(content, at, end, offset));
        at = end;
    }
    return words;
}

} // namespace nuages::templates
