#include "engine/ide/boundnames.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <ranges>
#include <set>

namespace nuages::ide {

namespace {

using templates::Bit;
using templates::Place;
using templates::TagShape;
using Arguments = TagShape::Arguments;

/// The names of `a=b c=d` or `b as a and d as c`, from bit `at` on.
std::vector<std::string> assignedNames(const std::vector<Bit> &bits, std::size_t at)
{
    std::vector<std::string> names;
    const auto keywordOf = [&] { return at < bits.size() ? bits[at].text.find('=') : std::string::npos; };
    if (keywordOf() != std::string::npos) {
        for (; keywordOf() != std::string::npos && keywordOf() > 0; ++at)
            names.push_back(bits[at].text.substr(0, keywordOf()));
        return names;
    }
    for (; at + 2 < bits.size() && bits[at + 1].text == "as"; at += 4) {
        names.push_back(bits[at + 2].text);
        if (at + 3 >= bits.size() || bits[at + 3].text != "and")
            break;
    }
    return names;
}

std::vector<std::string> loopVariables(const std::vector<Bit> &bits)
{
    std::vector<std::string> names;
    for (const Bit &bit : bits | std::views::drop(1)) {
        if (bit.text == "in")
            break;
        for (const auto part : std::views::split(bit.text, ',')) {
            if (!part.empty())
                names.emplace_back(part.begin(), part.end());
        }
    }
    return names;
}

std::vector<std::string> namesOfOpenTag(const View &view, const OpenSection &open)
{
    const templates::Token &token = view.syntax().tokens()[open.opener];
    const std::vector<Bit> bits = view.syntax().bits(token).pieces;
    switch (open.shape->arguments) {
    case Arguments::For: {
        if (open.section > 0) // in `empty` there is no item
            return {};
        std::vector<std::string> names = loopVariables(bits);
        names.emplace_back("forloop");
        return names;
    }
    case Arguments::With:
        return assignedNames(bits, 1);
    case Arguments::Message: {
        std::vector<std::string> names;
        for (std::size_t at = 1; at < bits.size(); ++at) {
            if (bits[at].text == "with" || bits[at].text == "count")
                std::ranges::move(assignedNames(bits, at + 1), std::back_inserter(names));
        }
        return names;
    }
    case Arguments::Block:
        return {"block.super"};
    default:
        return {};
    }
}

/// The variable that the tag stores its result in.
std::optional<std::string> nameStoredBy(const std::vector<Bit> &bits, Arguments arguments)
{
    static constexpr std::array without = {Arguments::Block, Arguments::Chain,   Arguments::Each,      Arguments::For,
                                           Arguments::If,    Arguments::Include, Arguments::Inclusion, Arguments::With};
    if (std::ranges::contains(without, arguments))
        return std::nullopt;
    const std::string_view word = arguments == Arguments::Message ? "asvar" : "as";
    for (std::size_t at = bits.size(); at-- > 2;) {
        if (bits[at - 1].text == word)
            return bits[at].text;
    }
    return std::nullopt;
}

/// A name that such a tag stores in its body is gone at its end.
bool keepsNames(Arguments arguments)
{
    return arguments == Arguments::For || arguments == Arguments::With || arguments == Arguments::Block
        || arguments == Arguments::Unknown;
}

/// For each token before `offset`, whether what is stored in its body can be seen there.
std::vector<bool> visibleBodies(const View &view, std::span<const OpenSection> open, std::uint32_t end)
{
    std::vector<bool> isVisible(end, true);
    auto next = open.rbegin(); // the outermost, which comes first
    for (std::uint32_t at = 0; at < end; ++at) {
        const Place &place = view.structure().places[at];
        const TagShape *shape = view.structure().shapeOf(at);
        const bool isOpen = next != open.rend() && next->opener == at;
        if (isOpen)
            ++next;
        isVisible[at] = (place.parent == templates::noToken || isVisible[place.parent])
            && (isOpen || !shape || !keepsNames(shape->arguments));
    }
    return isVisible;
}

} // namespace

std::vector<BoundName> boundNamesAt(const View &view, std::span<const OpenSection> open, std::uint32_t offset)
{
    std::vector<BoundName> all;
    std::set<std::string, std::less<>> seen;
    const auto &tokens = view.syntax().tokens();
    const auto add = [&](std::string name, std::uint32_t token) {
        if (seen.insert(name).second)
            all.push_back({std::move(name), std::string(view.syntax().content(tokens[token]))});
    };
    for (const OpenSection &tag : open) {
        for (std::string &name : namesOfOpenTag(view, tag))
            add(std::move(name), tag.opener);
    }
    const auto end = static_cast<std::uint32_t>(
        std::ranges::upper_bound(tokens, offset, {}, [](const templates::Token &token) { return token.range.end; })
        - tokens.begin());
    const std::vector<bool> isVisible = visibleBodies(view, open, end);
    for (std::uint32_t at = end; at-- > 0;) {
        const Place &place = view.structure().places[at];
        const bool mayStore = place.role == Place::Role::Tag && view.syntax().content(tokens[at]).contains(" as")
            && (place.parent == templates::noToken || isVisible[place.parent]);
        const TagShape *shape = mayStore ? view.structure().shapeOf(at) : nullptr;
        if (!shape)
            continue;
        if (auto name = nameStoredBy(view.syntax().bits(tokens[at]).pieces, shape->arguments))
            add(std::move(*name), at);
    }
    return all;
}

std::vector<std::string_view> attributesOf(std::string_view path, std::span<const OpenSection> open)
{
    const auto isAround = [&](Arguments arguments) {
        return std::ranges::any_of(open, [&](const OpenSection &tag) { return tag.shape->arguments == arguments; });
    };
    if (path == "block" && isAround(Arguments::Block))
        return {"super"};
    while (path.ends_with(".parentloop"))
        path.remove_suffix(std::string_view(".parentloop").size());
    if (path == "forloop" && isAround(Arguments::For))
        return {"counter", "counter0", "first", "last", "parentloop", "revcounter", "revcounter0"};
    return {};
}

} // namespace nuages::ide
