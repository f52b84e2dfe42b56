#include "engine/template/characters.h"

#include "engine/source/utf8.h"

#include <algorithm>
#include <iterator>
#include <span>

namespace nuages::templates {

namespace {

struct CodePoints {
    char32_t begin;
    char32_t end;
};

#include "engine/template/tables/wordcharacters.inc"

bool contains(std::span<const CodePoints> sorted, char32_t c)
{
    const auto after = std::ranges::upper_bound(sorted, c, {}, &CodePoints::begin);
    return after != sorted.begin() && c < std::prev(after)->end;
}

constexpr char32_t replacement = 0xfffd;

} // namespace

Character characterAt(std::string_view text, std::size_t at)
{
    if (at >= text.size())
        return {};
    const auto first = static_cast<unsigned char>(text[at]);
    if (first < 0x80)
        return {first, 1};
    const std::size_t length = source::sequenceLength(text.substr(at));
    if (length == 1)
        return {replacement, 1};
    char32_t c = first & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i)
        c = c << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3fU);
    return {c, length};
}

Character characterBefore(std::string_view text, std::size_t end)
{
    text = text.substr(0, end);
    // Longest first: the last byte alone would look malformed.
    for (std::size_t length = std::min<std::size_t>(4, end); length > 0; --length) {
        const Character c = characterAt(text, end - length);
        if (c.length == length)
            return c;
    }
    return {};
}

bool isSpace(char32_t c)
{
    if (c <= 0x20)
        return c == 0x20 || (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x1f);
    if (c < 0x1680)
        return c == 0x85 || c == 0xa0;
    return c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f
        || c == 0x3000;
}

bool isWordCharacter(char32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    return contains(wordCharacters, c);
}

bool isDecimalDigit(char32_t c)
{
    if (c < 0x80)
        return c >= '0' && c <= '9';
    return contains(decimalDigits, c);
}

std::size_t spacesAt(std::string_view text, std::size_t at)
{
    std::size_t end = at;
    for (Character c = characterAt(text, end); c.length != 0 && isSpace(c.codePoint); c = characterAt(text, end))
        end += c.length;
    return end - at;
}

std::size_t wordAt(std::string_view text, std::size_t at)
{
    std::size_t end = at;
    for (Character c = characterAt(text, end); c.length != 0 && isWordCharacter(c.codePoint);
         c = characterAt(text, end))
        end += c.length;
    return end - at;
}

} // namespace nuages::templates
