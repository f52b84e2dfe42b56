#pragma once

#include "engine/source/range.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace nuages::templates {

/// One piece of a template, as Django's lexer cuts it.
struct Token {
    enum class Kind : std::uint8_t { Text, Variable, Block, Comment };

    Kind kind = Kind::Text;
    source::Range range; ///< With the braces.
    source::Range content; ///< Between the braces, white space stripped; of a Text the same as `range`.
    std::uint32_t line = 1; ///< Of the first byte, from 1. CR, LF and CRLF each end one line.

    friend bool operator==(const Token &, const Token &) = default;
};

/// Cuts `text` into tokens that follow each other without gap or overlap; none is empty.
///
/// Agrees with Django on what a file holds: Django opens templates in text mode, so CR and CRLF count as line ends, but
/// offsets here are those of the bytes on disk. Inside verbatim every tag is a Text of its own, as in Django. Never
/// fails; bytes that are not UTF-8 are ordinary characters. Linear in the text, also when no tag is ever closed.
///
/// Source: `Lexer.tokenize` and `tag_re` of django/template/base.py, 4.2 to 6.1.
std::vector<Token> tokenize(std::string_view text);

} // namespace nuages::templates
