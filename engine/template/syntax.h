#pragma once

#include "engine/source/text.h"
#include "engine/template/bits.h"
#include "engine/template/token.h"

#include <string_view>
#include <vector>

namespace nuages::templates {

/// The text of a template and its tokens.
///
/// A value: copies share the text. Two are equal when their texts are, because the tokens follow from the text.
/// Commands, bits and expressions are cut on demand; most readers need those of a few tokens only.
class TemplateSyntax
{
public:
    TemplateSyntax() = default;
    explicit TemplateSyntax(source::Text text);

    std::string_view text() const { return m_text.view(); }
    const std::vector<Token> &tokens() const { return m_tokens; }

    std::string_view content(const Token &token) const { return slice(token.content); }

    /// The first word of a Block's content, by which Django finds the tag's function; empty for `{% %}`, which Django
    /// rejects.
    std::string_view command(const Token &token) const { return slice(commandRange(token)); }
    source::Range commandRange(const Token &token) const;

    Bits bits(const Token &token) const { return splitContents(content(token), token.content.begin); }
    std::vector<Bit> words(const Token &token) const { return splitWords(content(token), token.content.begin); }

    std::string_view slice(source::Range range) const { return text().substr(range.begin, range.size()); }

    friend bool operator==(const TemplateSyntax &a, const TemplateSyntax &b) { return a.m_text == b.m_text; }

private:
    source::Text m_text;
    std::vector<Token> m_tokens;
};

/// Parses a copy of `text`. For tests and for texts that are in no file; files go through the query `Template`.
TemplateSyntax parse(std::string_view text);

} // namespace nuages::templates
