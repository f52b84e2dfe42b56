#include "engine/python/strings.h"

#include <cstdint>
#include <string_view>

namespace nuages::python {

namespace {

struct Prefix {
    bool raw = false;
    bool bytes = false;
    bool formatted = false;
};

Prefix readPrefix(std::string_view start)
{
    Prefix prefix;
    for (const char letter : start) {
        prefix.raw |= letter == 'r' || letter == 'R';
        prefix.bytes |= letter == 'b' || letter == 'B';
        prefix.formatted |= letter == 'f' || letter == 'F';
    }
    return prefix;
}

void appendUtf8(std::string &out, std::uint32_t point)
{
    const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | point >> 6);
        put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        put(0xE0 | point >> 12);
        put(0x80 | (point >> 6 & 0x3F));
        put(0x80 | (point & 0x3F));
    } else {
        put(0xF0 | point >> 18);
        put(0x80 | (point >> 12 & 0x3F));
        put(0x80 | (point >> 6 & 0x3F));
        put(0x80 | (point & 0x3F));
    }
}

std::optional<std::uint32_t> readDigits(std::string_view text, std::size_t from, std::size_t count, std::uint32_t base)
{
    if (from + count > text.size())
        return std::nullopt;
    std::uint32_t value = 0;
    for (const char digit : text.substr(from, count)) {
        const char lower = static_cast<char>(digit | 0x20);
        const std::uint32_t number = digit >= '0' && digit <= '9' ? static_cast<std::uint32_t>(digit - '0')
            : lower >= 'a' && lower <= 'f'                        ? static_cast<std::uint32_t>(lower - 'a' + 10)
                                                                  : base;
        if (number >= base)
            return std::nullopt;
        value = value * base + number;
    }
    return value;
}

/// Appends what the escape at `text[at] == '\\'` stands for and moves `at` behind it. False if it is not one that
/// is read here.
bool readEscape(std::string_view text, std::size_t &at, std::string &out)
{
    if (at + 1 >= text.size())
        return false;
    const char letter = text[at + 1];
    const std::string_view simple = "\\'\"abfnrtv";
    const std::string_view meaning = "\\'\"\a\b\f\n\r\t\v";
    if (const std::size_t found = simple.find(letter); found != simple.npos) {
        out.push_back(meaning[found]);
        at += 2;
    } else if (letter == '\n') {
        at += 2;
    } else if (letter == '\r') {
        at += at + 2 < text.size() && text[at + 2] == '\n' ? 3 : 2;
    } else if (letter >= '0' && letter <= '7') {
        std::size_t length = 1;
        while (length < 3 && readDigits(text, at + 1, length + 1, 8))
            ++length;
        appendUtf8(out, *readDigits(text, at + 1, length, 8));
        at += 1 + length;
    } else if (letter == 'x' || letter == 'u' || letter == 'U') {
        const std::size_t length = letter == 'x' ? 2 : letter == 'u' ? 4 : 8;
        const auto point = readDigits(text, at + 2, length, 16);
        if (!point || *point > 0x10FFFF || (*point >= 0xD800 && *point < 0xE000))
            return false;
        appendUtf8(out, *point);
        at += 2 + length;
    } else if (letter == 'N') {
        return false; // needs the names of Unicode
    } else {
        out.push_back('\\'); // Python keeps the backslash of an escape it does not know
        ++at;
    }
    return true;
}

std::optional<std::string> decode(std::string_view text, Prefix prefix)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == '\\' && !prefix.raw) {
            if (!readEscape(text, at, out))
                return std::nullopt;
        } else if (c == '\r') {
            out.push_back('\n');
            at += at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
        } else {
            out.push_back(c);
            const bool doubled =
                prefix.formatted && (c == '{' || c == '}') && at + 1 < text.size() && text[at + 1] == c;
            at += doubled ? 2 : 1;
        }
    }
    return out;
}

bool appendText(std::vector<StringPart> &parts, std::string_view text, Prefix prefix)
{
    std::optional<std::string> decoded = decode(text, prefix);
    if (!decoded)
        return false;
    if (!decoded->empty())
        parts.push_back({std::move(*decoded), {}});
    return true;
}

/// `{x=}`, which writes the expression's own text first.
bool showsItself(Node interpolation, Node expression)
{
    return interpolation.text().substr(expression.range().end - interpolation.range().begin).contains('=');
}

bool appendLiteral(std::vector<StringPart> &parts, Node literal)
{
    const std::vector<Node> children = literal.children();
    if (children.size() < 2 || !children.front().is(Kind::StringStart) || !children.back().is(Kind::StringEnd))
        return false;
    const Prefix prefix = readPrefix(children.front().text());
    if (prefix.bytes)
        return false;
    const std::uint32_t base = literal.range().begin;
    const std::string_view text = literal.text();
    std::uint32_t from = children.front().range().end;
    for (const Node child : children) {
        if (!child.is(Kind::Interpolation))
            continue;
        const bool plain = !child.child(Field::FormatSpecifier)
            && (!child.child(Field::TypeConversion) || child.child(Field::TypeConversion).text() == "!s");
        const Node expression = child.child(Field::Expression);
        if (!plain || showsItself(child, expression)
            || !appendText(parts, text.substr(from - base, child.range().begin - from), prefix))
            return false;
        parts.push_back({{}, expression});
        from = child.range().end;
    }
    return appendText(parts, text.substr(from - base, children.back().range().begin - from), prefix);
}

Node withoutParentheses(Node node)
{
    while (node.is(Kind::ParenthesizedExpression)) {
        const std::vector<Node> inner = node.children();
        node = inner.size() == 1 ? inner.front() : Node();
    }
    return node;
}

} // namespace

std::optional<std::vector<StringPart>> stringParts(Node node)
{
    node = withoutParentheses(node);
    std::vector<StringPart> parts;
    if (node.is(Kind::String)) {
        if (!appendLiteral(parts, node))
            return std::nullopt;
        return parts;
    }
    if (!node.is(Kind::ConcatenatedString))
        return std::nullopt;
    for (const Node literal : node.children()) {
        if (!appendLiteral(parts, literal))
            return std::nullopt;
    }
    return parts;
}

std::optional<std::string> stringValue(Node node)
{
    const auto parts = stringParts(node);
    if (!parts)
        return std::nullopt;
    std::string value;
    for (const StringPart &part : *parts) {
        if (part.expression)
            return std::nullopt;
        value += part.text;
    }
    return value;
}

} // namespace nuages::python
