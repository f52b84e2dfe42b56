#include "engine/python/suites.h"

#include <algorithm>

namespace nuages::python {

namespace {

constexpr int interpolationDepth = 16;

bool isNameByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
        || static_cast<unsigned char>(c) >= 0x80;
}

bool isFormatPrefix(std::string_view prefix)
{
    return prefix.size() <= 2 && prefix.find_first_of("fF") != prefix.npos
        && prefix.find_first_not_of("fFrR") == prefix.npos;
}

/// Goes through a text by logical lines. Every function that returns bool says false where the lines are not certain.
class Layout
{
public:
    explicit Layout(std::string_view text) : m_text(text) { }

    std::optional<std::vector<FunctionSuite>> suites();

private:
    enum class Line : std::uint8_t { None, Logical, Uncertain };

    bool atEnd() const { return m_at >= m_text.size(); }
    char peek(std::size_t ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0'; }
    Position here() const { return position(m_at); }
    Position position(std::size_t offset) const
    {
        return {static_cast<std::uint32_t>(offset), m_row, static_cast<std::uint32_t>(offset - m_lineStart)};
    }

    Line findLine();
    bool passLine();
    void passComment() { m_at = std::min(m_text.find('\n', m_at), m_text.size()); }
    void passNewline();
    bool passString(bool isFormat, int depth);
    bool passInterpolation(bool isTriple, char quote, int depth);
    std::string_view passName();
    bool startsFunction();
    bool indent(std::uint32_t column, bool opensBlock);

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_lineStart = 0;
    std::uint32_t m_row = 0;
    Position m_lineEnd; ///< After the last token of the last logical line.
    std::vector<std::uint32_t> m_columns = {0}; ///< Where the lines of each open block begin.
};

void Layout::passNewline()
{
    ++m_at;
    ++m_row;
    m_lineStart = m_at;
}

/// Stops at the first token of the next logical line.
Layout::Line Layout::findLine()
{
    while (!atEnd()) {
        switch (peek()) {
        case ' ':
            ++m_at;
            break;
        case '\n':
            passNewline();
            break;
        case '#':
            passComment();
            break;
        case '\r':
            if (peek(1) != '\n')
                return Line::Uncertain;
            ++m_at;
            break;
        case '\t':
        case '\f':
        case '\\':
            return Line::Uncertain;
        default:
            return Line::Logical;
        }
    }
    return Line::None;
}

std::string_view Layout::passName()
{
    const std::size_t begin = m_at;
    while (!atEnd() && isNameByte(peek()))
        ++m_at;
    return m_text.substr(begin, m_at - begin);
}

bool Layout::startsFunction()
{
    const std::size_t begin = m_at;
    std::string_view name = passName();
    if (name == "async") {
        while (peek() == ' ' || peek() == '\t')
            ++m_at;
        name = passName();
    }
    m_at = begin;
    return name == "def";
}

/// From the first token of a logical line to the newline that ends it.
bool Layout::passLine()
{
    int brackets = 0;
    while (!atEnd()) {
        const char c = peek();
        if (isNameByte(c)) {
            const std::string_view name = passName();
            if ((peek() == '"' || peek() == '\'') && !passString(isFormatPrefix(name), 0))
                return false;
            m_lineEnd = here();
            continue;
        }
        switch (c) {
        case '\n':
            if (brackets == 0)
                return true;
            passNewline();
            continue;
        case '\r':
            if (peek(1) != '\n')
                return false;
            ++m_at;
            continue;
        case ' ':
        case '\t':
        case '\f':
            ++m_at;
            continue;
        case '#':
            passComment();
            continue;
        case '\\':
            m_at += peek(1) == '\r' ? 2 : 1;
            if (peek() != '\n')
                return false;
            passNewline();
            m_at = std::min(m_text.find_first_not_of(' ', m_at), m_text.size());
            if (atEnd() || peek() == '#' || peek() == '\n')
                return false; // it goes on with nothing
            continue;
        case '"':
        case '\'':
            if (!passString(false, 0))
                return false;
            break;
        case '(':
        case '[':
        case '{':
            ++brackets;
            ++m_at;
            break;
        case ')':
        case ']':
        case '}':
            if (--brackets < 0)
                return false;
            ++m_at;
            break;
        default:
            ++m_at;
            break;
        }
        m_lineEnd = here();
    }
    return brackets == 0;
}

/// From the opening quote to after the closing one. Even in a raw string a backslash keeps the quote after it.
bool Layout::passString(bool isFormat, int depth)
{
    const char quote = peek();
    const bool isTriple = peek(1) == quote && peek(2) == quote;
    m_at += isTriple ? 3 : 1;
    while (!atEnd()) {
        const char c = peek();
        if (c == '\\') {
            ++m_at;
            if (peek() == '\r' && peek(1) == '\n')
                ++m_at;
            if (peek() == '\n')
                passNewline();
            else
                ++m_at;
        } else if (c == quote && (!isTriple || (peek(1) == quote && peek(2) == quote))) {
            m_at += isTriple ? 3 : 1;
            return true;
        } else if (c == '\n') {
            if (!isTriple)
                return false;
            passNewline();
        } else if (isFormat && c == '{') {
            if (peek(1) == '{')
                m_at += 2;
            else if (!passInterpolation(isTriple, quote, depth))
                return false;
        } else {
            ++m_at;
        }
    }
    return false;
}

/// From "{" to after "}" of a format string that `quote` ends.
bool Layout::passInterpolation(bool isTriple, char quote, int depth)
{
    if (depth > interpolationDepth)
        return false;
    ++m_at;
    int brackets = 0;
    bool isSpecification = false;
    while (!atEnd()) {
        const char c = peek();
        if (c == '}' && brackets == 0) {
            ++m_at;
            return true;
        }
        if (isSpecification && (c == '\\' || (c == quote && !isTriple)))
            return false;
        if (isSpecification && c == '{') {
            if (!passInterpolation(isTriple, quote, depth + 1))
                return false;
            continue;
        }
        if (!isSpecification && isNameByte(c)) {
            const std::string_view name = passName();
            if ((peek() == '"' || peek() == '\'') && !passString(isFormatPrefix(name), depth + 1))
                return false;
            continue;
        }
        if (!isSpecification && (c == '"' || c == '\'')) {
            if (!passString(false, depth + 1))
                return false;
            continue;
        }
        if (!isSpecification && (c == '#' || c == '\\'))
            return false;
        if (c == '\n') {
            if (!isTriple)
                return false;
            passNewline();
            continue;
        }
        if (c == '(' || c == '[' || c == '{')
            ++brackets;
        else if (c == ')' || c == ']' || c == '}')
            --brackets;
        else if (c == ':' && brackets == 0)
            isSpecification = true;
        if (brackets < 0)
            return false;
        ++m_at;
    }
    return false;
}

/// A line further in follows a colon, and one further out returns to a column that was left.
bool Layout::indent(std::uint32_t column, bool opensBlock)
{
    if (opensBlock) {
        if (column <= m_columns.back())
            return false;
        m_columns.push_back(column);
        return true;
    }
    while (column < m_columns.back())
        m_columns.pop_back();
    return column == m_columns.back();
}

std::optional<std::vector<FunctionSuite>> Layout::suites()
{
    if (m_text.starts_with("\xef\xbb\xbf") || m_text.contains('\0'))
        return std::nullopt;
    std::vector<FunctionSuite> found;
    bool isInside = false; // of the last of `found`
    bool opensBlock = false; // the line before
    for (Line line = findLine(); line != Line::None; line = findLine()) {
        const Position first = here();
        if (line == Line::Uncertain || !indent(first.column, opensBlock))
            return std::nullopt;
        if (isInside && opensBlock && found.back().begin.offset == 0)
            found.back().begin = first;
        else if (isInside && first.column <= found.back().definition.column)
            isInside = false;
        const bool isFunction = !isInside && startsFunction();
        if (!passLine())
            return std::nullopt;
        opensBlock = m_text[m_lineEnd.offset - 1] == ':';
        if (isInside) {
            found.back().end = m_lineEnd;
        } else if (isFunction && opensBlock) {
            found.push_back({first, {}, {}});
            isInside = true;
        }
    }
    if (opensBlock)
        return std::nullopt;
    return found;
}

} // namespace

std::optional<std::vector<FunctionSuite>> functionSuites(std::string_view text) { return Layout(text).suites(); }

} // namespace nuages::python
