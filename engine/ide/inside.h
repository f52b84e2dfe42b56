#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nuages::ide {

/// What Django separates the words of a tag by, within one line.
inline constexpr std::string_view blanks = " \t";

/// The inside of a tag or variable around a place of a text, whether or not it is closed. The views point into the
/// text.
struct Inside {
    bool isTag = false; ///< `{%`, else `{{`.
    std::uint32_t open = 0; ///< Where the opener stands.
    std::string_view before; ///< From behind the opener to the place.
    std::string_view after; ///< From the place to the closer, or to the end of the line or the next opener.
    bool isClosed = false; ///< The closer follows on `after`.
};

/// Looks along the line only: Django's tags never span two. nullopt in texts and in `{# #}`.
std::optional<Inside> insideAt(std::string_view text, std::uint32_t offset);

/// What a tag lacks behind the first `skipped` bytes of `after` so that it ends there: " %}", a blank before the "%}"
/// that is there, " %" before the lone "}" that an editor has put there, or nothing. Nothing too where more of the tag
/// follows.
std::string missingEnd(const Inside &inside, std::size_t skipped);

/// How many bytes of `after` and the closer are the end of the tag and nothing else: blanks and "%}", or the lone "}"
/// of an editor. 0 if there is more, or less.
std::uint32_t endingSize(const Inside &inside);

/// Where the quote stands that is open at the end of `text`; nullopt outside quotes.
std::optional<std::size_t> openQuote(std::string_view text);

bool isBlank(char c);
bool isWordByte(char c); ///< Of a name; those beyond ASCII count.

} // namespace nuages::ide
