#include "engine/template/characters.h"
#include "engine/template/token.h"

#include <array>
#include <cstring>
#include <limits>
#include <string>

namespace nuages::templates {

namespace {

source::Range stripped(std::string_view text, std::size_t begin, std::size_t end)
{
    begin += spacesAt(text.substr(0, end), begin);
    while (begin < end) {
        const Character last = characterBefore(text.substr(begin, end - begin), end - begin);
        if (!isSpace(last.codePoint))
            break;
        end -= last.length;
    }
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

/// One run over a text. Tags are found in the order of the text; what lies between them is text.
class Lexer
{
public:
    explicit Lexer(std::string_view text) : m_text(text) { }

    std::vector<Token> run();

private:
    void addTag(std::size_t begin, std::size_t end);
    void addText(std::size_t begin, std::size_t end);
    void add(Token::Kind kind, source::Range range, source::Range content);
    void countLines(std::size_t end);
    std::size_t closerOf(std::size_t opener, char kind);

    std::string_view m_text;
    std::vector<Token> m_tokens;
    std::string m_verbatimEnd; // Empty outside verbatim.
    std::size_t m_counted = 0; // m_line is the line of this byte.
    std::uint32_t m_line = 1;

    // Invariant: no `%}`, `}}` or `#}` (in this order) begins between the last opener that had none on its line and
    // this offset. Spares a second search through a long line full of openers.
    std::array<std::size_t, 3> m_noCloserBefore = {};
};

std::vector<Token> Lexer::run()
{
    std::size_t textBegin = 0;
    std::size_t at = 0;
    while (at + 3 < m_text.size()) { // the shortest tag, {##}, has four bytes
        const void *brace = std::memchr(m_text.data() + at, '{', m_text.size() - 3 - at);
        if (!brace)
            break;
        at = static_cast<std::size_t>(static_cast<const char *>(brace) - m_text.data());
        const char kind = m_text[at + 1];
        const std::size_t end = kind == '%' || kind == '{' || kind == '#' ? closerOf(at, kind) : 0;
        if (end == 0) {
            ++at;
            continue;
        }
        addText(textBegin, at);
        addTag(at, end);
        at = textBegin = end;
    }
    addText(textBegin, m_text.size());
    return std::move(m_tokens);
}

/// The end of the tag that opens at `opener`; 0 if it has no closer on its line.
std::size_t Lexer::closerOf(std::size_t opener, char kind)
{
    const char first = kind == '{' ? '}' : kind;
    std::size_t &noCloserBefore = m_noCloserBefore[kind == '%' ? 0 : kind == '{' ? 1 : 2];
    if (opener < noCloserBefore)
        return 0;
    for (std::size_t at = opener + 2; at < m_text.size(); ++at) {
        const char c = m_text[at];
        if (c == first && at + 1 < m_text.size() && m_text[at + 1] == '}')
            return at + 2;
        if (c == '\n' || c == '\r') {
            noCloserBefore = at;
            return 0;
        }
    }
    noCloserBefore = m_text.size();
    return 0;
}

void Lexer::addText(std::size_t begin, std::size_t end)
{
    if (begin == end)
        return;
    const source::Range range{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    add(Token::Kind::Text, range, range);
}

void Lexer::addTag(std::size_t begin, std::size_t end)
{
    const char kind = m_text[begin + 1];
    const source::Range range{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    const source::Range content = stripped(m_text, begin + 2, end - 2);
    if (kind != '%') {
        if (!m_verbatimEnd.empty())
            return addText(begin, end);
        return add(kind == '{' ? Token::Kind::Variable : Token::Kind::Comment, range, content);
    }
    const std::string_view words = m_text.substr(content.begin, content.end - content.begin);
    if (!m_verbatimEnd.empty()) {
        if (words != m_verbatimEnd)
            return addText(begin, end);
        m_verbatimEnd.clear();
    } else if (words == "verbatim" || words.starts_with("verbatim ")) {
        m_verbatimEnd = "end" + std::string(words);
    }
    add(Token::Kind::Block, range, content);
}

void Lexer::add(Token::Kind kind, source::Range range, source::Range content)
{
    countLines(range.begin);
    m_tokens.push_back({kind, range, content, m_line});
}

void Lexer::countLines(std::size_t end)
{
    for (; m_counted < end; ++m_counted) {
        const char c = m_text[m_counted];
        // The LF of a CRLF counts, its CR does not.
        if (c == '\n' || (c == '\r' && (m_counted + 1 == m_text.size() || m_text[m_counted + 1] != '\n')))
            ++m_line;
    }
}

} // namespace

std::vector<Token> tokenize(std::string_view text)
{
    // Offsets are 32 bits wide. What lies beyond 4 GiB is not looked at.
    return Lexer(text.substr(0, std::numeric_limits<std::uint32_t>::max())).run();
}

} // namespace nuages::templates
