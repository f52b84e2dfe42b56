#include "engine/trace/values.h"

#include "engine/query/describe.h"
#include "engine/trace/words.h"

#include <algorithm>
#include <cctype>
#include <format>
#include <string_view>

namespace nuages::trace {

namespace {

constexpr std::size_t mostOfText = 60; // bytes of each side
constexpr std::size_t mostOfWord = 24; // bytes before and behind what differs

/// Letters beyond ASCII are of a word in each of their bytes, so that a word never begins within one.
bool isOfWord(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return std::isalnum(byte) != 0 || byte == '_' || byte >= 0x80;
}

bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// The words of two texts, from the first that differs to the last.
std::string exchanged(std::string_view before, std::string_view after)
{
    const auto shorter = std::ptrdiff_t(std::min(before.size(), after.size()));
    const auto front = std::size_t(std::ranges::mismatch(before, after).in1 - before.begin());
    const auto backs = std::mismatch(before.rbegin(), before.rbegin() + shorter - std::ptrdiff_t(front), after.rbegin(),
                                     after.rbegin() + shorter - std::ptrdiff_t(front));
    const auto back = std::size_t(backs.first - before.rbegin());

    const auto differs = [&](std::size_t from, std::size_t behind, bool atEnd) {
        const auto isWord = [&](std::string_view text) {
            const std::string_view piece = text.substr(from, text.size() - behind - from);
            return !piece.empty() && isOfWord(atEnd ? piece.back() : piece.front());
        };
        return isWord(before) || isWord(after);
    };
    std::size_t begin = front;
    if (differs(front, back, false)) {
        while (begin > 0 && front - begin < mostOfWord && isOfWord(before[begin - 1]))
            --begin;
    }
    while (begin > 0 && begin < before.size() && isContinuation(before[begin]))
        --begin;
    std::size_t rest = back;
    if (differs(front, back, true)) {
        while (rest > 0 && back - rest < mostOfWord && isOfWord(before[before.size() - rest]))
            --rest;
    }
    while (rest > 0 && isContinuation(before[before.size() - rest]))
        --rest;
    const auto piece = [&](std::string_view text) {
        return query::quoted(text.substr(begin, text.size() - rest - begin), mostOfText);
    };
    return std::format("{} → {}", piece(before), piece(after));
}

} // namespace

std::string valueInShort(const Store &store, NodeId query, Revision revision)
{
    return store.isPrinted(query) ? store.valueAt(query, revision).value_or(notKept) : std::string();
}

std::string changeInShort(const Store &store, NodeId node, Revision before, Revision after)
{
    if (const NodeName named = store.node(node); named.isInput) {
        const auto old = store.textAt(named.file, before);
        const auto now = store.textAt(named.file, after);
        return old && now && *old != *now ? exchanged(*old, *now) : std::string();
    }
    if (!store.isPrinted(node))
        return {};
    const std::optional<std::string> old = store.valueAt(node, before);
    const std::optional<std::string> now = store.valueAt(node, after);
    if (old != now)
        return std::format("{} → {}", old.value_or(notKept), now.value_or(notKept));
    return now ? *now + ", in short the same" : std::string(notKept);
}

} // namespace nuages::trace
