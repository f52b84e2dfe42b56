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

/// What may still be looked at.
class Budget
{
public:
    explicit Budget(std::size_t &left) : m_left(left) { }

    bool spend(std::size_t amount)
    {
        m_left -= std::min(m_left, amount);
        return m_left > 0;
    }

private:
    std::size_t &m_left;
};

/// Takes one block tag as a simple parser would, and returns how many mistakes that is: 0 or 1.
std::size_t take(Stack &open, std::string_view word, const TagShape *shape, Budget &budget)
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
    for (std::size_t i = open.size(); i-- > 1 && budget.spend(1);) {
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
                     std::span<const TagShape *const> open, std::size_t owner, std::size_t &left)
{
    Budget budget(left);
    if (!budget.spend(open.size()))
        return false;
    Stack closed(open.begin(), open.begin() + static_cast<std::ptrdiff_t>(owner));
    Stack dropped(open.begin(), open.end());
    std::size_t closedMistakes = 0;
    std::size_t droppedMistakes = 0;
    const std::vector<Token> &tokens = syntax.tokens();
    for (std::size_t i = token + 1; i < tokens.size(); ++i) {
        if (!budget.spend(1))
            return false;
        if (tokens[i].kind != Token::Kind::Block)
            continue;
        const std::string_view word = syntax.command(tokens[i]);
        const TagLookup::Answer answer = lookup.find(word, tokens[i].range.begin);
        closedMistakes += take(closed, word, answer.shape, budget);
        droppedMistakes += take(dropped, word, answer.shape, budget);
        if (closed == dropped)
            break; // From here on both read the same.
    }
    return droppedMistakes + dropped.size() < closedMistakes + closed.size();
}

} // namespace nuages::templates
