#include "engine/rules/ignore.h"

#include <algorithm>
#include <ranges>

namespace nuages::rules {

namespace {

std::string_view trimmed(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t");
    return begin == text.npos ? std::string_view() : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// Takes `word` off the front of `text`, and the blanks before it.
bool take(std::string_view &text, std::string_view word)
{
    text = trimmed(text);
    if (!text.starts_with(word))
        return false;
    text.remove_prefix(word.size());
    return true;
}

} // namespace

std::vector<Ignore> findIgnores(const templates::TemplateSyntax &syntax)
{
    std::vector<Ignore> ignores;
    for (const templates::Token &token : syntax.tokens()) {
        if (token.kind != templates::Token::Kind::Comment)
            continue;
        std::string_view text = syntax.content(token);
        if (!take(text, "nuages") || !take(text, ":") || !take(text, "ignore") || !take(text, "[")
            || !text.ends_with(']'))
            continue;
        text.remove_suffix(1);
        Ignore ignore{token.line, {}};
        for (const auto part : std::views::split(text, ','))
            ignore.rules.emplace_back(trimmed(std::string_view(part.begin(), part.end())));
        ignores.push_back(std::move(ignore));
    }
    return ignores;
}

bool isIgnored(const std::vector<Ignore> &ignores, std::string_view rule, std::uint32_t line)
{
    auto ignore = std::ranges::lower_bound(ignores, line - 1, {}, &Ignore::line);
    for (; ignore != ignores.end() && ignore->line <= line; ++ignore) {
        if (std::ranges::contains(ignore->rules, rule))
            return true;
    }
    return false;
}

} // namespace nuages::rules
