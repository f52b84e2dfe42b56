#include "engine/template/recovery.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace nuages::templates {

namespace {

using Stack = std::vector<const TagShape *>;

/// Whether `word` closes a tag of this shape, or only continues it; nullopt if neither.
std::optional<bool> closes(const TagShape *shape, std::string_view word)
{
    if (shape) {
        for (const TagShape::Section &section : shape->sections) {
            const auto stop = std::ranges::find(section, word, &StopWord::word);
            if (stop != section.end())
                return stop->next == StopWord::closes;
        }
    }
    return std::nullopt;
}

/// Takes one block tag as a simple parser would, and returns how many mistakes that is: 0 or 1.
int take(Stack &open, std::string_view word, const TagShape *shape)
{
    if (const std::optional<bool> closing = closes(open.back(), word)) {
        if (*closing)
            open.pop_back();
        return 0;
    }
    if (shape) {
        if (shape->body == TagShape::Body::Block || shape->body == TagShape::Body::Raw
            || shape->body == TagShape::Body::Message)
            open.push_back(shape);
        return 0;
    }
    for (std::size_t i = open.size(); i-- > 1;) {
        if (const std::optional<bool> closing = closes(open[i], word)) {
            if (*closing)
                open.resize(i);
            return 1;
        }
    }
    return 1;
}

} // namespace

bool isBetterDropped(const TemplateSyntax &syntax, const TagLookup &lookup, std::uint32_t token,
                     std::span<const TagShape *const> open, std::size_t owner, std::size_t &budget)
{
    Stack closed(open.begin(), open.begin() + static_cast<std::ptrdiff_t>(owner));
    Stack dropped(open.begin(), open.end());
    std::size_t closedMistakes = 0;
    std::size_t droppedMistakes = 0;
    const std::vector<Token> &tokens = syntax.tokens();
    for (std::size_t i = token + 1; i < tokens.size(); ++i) {
        if (budget == 0)
            return false;
        --budget;
        if (tokens[i].kind != Token::Kind::Block)
            continue;
        const std::string_view word = syntax.command(tokens[i]);
        const TagLookup::Answer answer = lookup.find(word, tokens[i].range.begin);
        closedMistakes += static_cast<std::size_t>(take(closed, word, answer.shape));
        droppedMistakes += static_cast<std::size_t>(take(dropped, word, answer.shape));
        if (closed == dropped)
            break; // From here on both read the same.
    }
    return droppedMistakes + dropped.size() < closedMistakes + closed.size();
}

} // namespace nuages::templates
