#include "engine/template/syntax.h"

#include "engine/template/characters.h"

#include <string>
#include <utility>

namespace nuages::templates {

TemplateSyntax::TemplateSyntax(source::Text text) : m_text(std::move(text)), m_tokens(tokenize(m_text.view())) { }

source::Range TemplateSyntax::commandRange(const Token &token) const
{
    const std::string_view words = content(token);
    std::size_t end = 0;
    for (Character c = characterAt(words, 0); c.length != 0 && !isSpace(c.codePoint); c = characterAt(words, end))
        end += c.length;
    return {token.content.begin, token.content.begin + static_cast<std::uint32_t>(end)};
}

TemplateSyntax parse(std::string_view text) { return TemplateSyntax(source::Text(std::string(text))); }

} // namespace nuages::templates
