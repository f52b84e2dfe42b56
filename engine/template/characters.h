#pragma once

#include <cstddef>
#include <string_view>

namespace nuages::templates {

/// One character at the start of some bytes.
struct Character {
    char32_t codePoint = 0; ///< U+FFFD for a byte that starts no valid sequence.
    std::size_t length = 0; ///< In bytes; 0 only at the end of the text.
};

/// The character at byte `at` of UTF-8 `text`. A malformed byte counts as a character of length 1.
Character characterAt(std::string_view text, std::size_t at);

/// The character that ends just before byte `end`.
Character characterBefore(std::string_view text, std::size_t end);

/// What Python's `str.isspace`, `str.strip`, `str.split` and `\s` call white space: it includes U+001C to U+001F,
/// U+0085 and U+00A0, but neither U+200B nor the byte order mark.
bool isSpace(char32_t c);

/// Python's `\w`: letters, numbers of any kind, and the underscore.
bool isWordCharacter(char32_t c);

/// Python's `\d`: decimal digits of any script.
bool isDecimalDigit(char32_t c);

/// The length in bytes of the white space at byte `at`; 0 if there is none.
std::size_t spacesAt(std::string_view text, std::size_t at);

/// The length in bytes of the run of word characters at byte `at`.
std::size_t wordAt(std::string_view text, std::size_t at);

} // namespace nuages::templates
