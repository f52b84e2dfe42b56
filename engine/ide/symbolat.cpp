#include "engine/ide/symbolat.h"

#include "engine/template/arguments.h"
#include "engine/template/bits.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace nuages::ide {

namespace {

using templates::Bit;
using templates::Place;
using templates::Token;

bool touches(source::Range range, std::uint32_t offset) { return range.begin <= offset && offset <= range.end; }

std::optional<SymbolAt> filterAt(const View &view, std::uint32_t token, std::uint32_t offset)
{
    for (const templates::Expression &expression : compiledExpressions(view.syntax(), view.structure(), token)) {
        for (const templates::FilterUse &filter : expression.filters) {
            if (touches(filter.range, offset))
                return SymbolAt{FilterName{filter.name}, filter.range, filter.range.begin};
        }
    }
    return std::nullopt;
}

std::optional<SymbolAt> libraryAt(const View &view, const Token &token, std::uint32_t offset)
{
    const std::vector<Bit> words = view.syntax().words(token);
    // `load a b from library`: what stands before the from are tags and filters.
    const bool hasFrom = words.size() >= 4 && words[words.size() - 2].text == "from";
    for (std::size_t at = 1; at < words.size(); ++at) {
        if (!touches(words[at].range, offset))
            continue;
        if (!hasFrom || at + 1 == words.size())
            return SymbolAt{LibraryName{words[at].text}, words[at].range, token.range.begin};
        if (at + 2 < words.size())
            return SymbolAt{MemberName{words[at].text, words.back().text}, words[at].range, token.range.begin};
    }
    return std::nullopt;
}

std::optional<SymbolAt> templateAt(const View &view, std::uint32_t index, const Token &token, std::uint32_t offset)
{
    const templates::TemplateFacts &facts = view.facts();
    const templates::TemplateReference *reference = nullptr;
    if (facts.extends && facts.extends->token == index)
        reference = &*facts.extends;
    const auto include = std::ranges::find(facts.includes, index, &templates::TemplateReference::token);
    if (include != facts.includes.end())
        reference = &*include;
    const std::vector<Bit> bits = view.syntax().bits(token).pieces;
    if (!reference || !reference->name || bits.size() < 2 || !touches(bits[1].range, offset))
        return std::nullopt;
    return SymbolAt{
        TemplateName{*reference->name}, {bits[1].range.begin + 1, bits[1].range.end - 1}, token.range.begin};
}

/// `block` is the token of the block if `token` closes one.
std::optional<SymbolAt> blockAt(const View &view, const Token &token, std::uint32_t block, std::uint32_t offset)
{
    const std::vector<Bit> words = view.syntax().words(token);
    if (words.size() < 2 || !touches(words[1].range, offset))
        return std::nullopt;
    return SymbolAt{NameOfBlock{words[1].text, block}, words[1].range, token.range.begin};
}

} // namespace

std::optional<SymbolAt> symbolAt(const View &view, std::uint32_t offset)
{
    const std::optional<std::uint32_t> index = view.tokenAt(offset);
    if (!index)
        return std::nullopt;
    const templates::TemplateSyntax &syntax = view.syntax();
    const Token &token = syntax.tokens()[*index];
    const Place &place = view.structure().places[*index];
    const bool isTag = place.role == Place::Role::Tag;
    if (!isTag && place.role != Place::Role::Middle && place.role != Place::Role::Closer
        && place.role != Place::Role::Variable)
        return std::nullopt;
    if (auto filter = filterAt(view, *index, offset))
        return filter;
    if (place.role == Place::Role::Variable)
        return std::nullopt;

    const source::Range command = syntax.commandRange(token);
    const Token &opener = isTag || place.parent == templates::noToken ? token : syntax.tokens()[place.parent];
    const std::string_view name = syntax.command(opener);
    if (touches(command, offset))
        return SymbolAt{TagName{std::string(name)}, command, opener.range.begin};
    if (name == "load")
        return libraryAt(view, token, offset);
    if (name == "block")
        return blockAt(view, token, place.role == Place::Role::Closer ? place.parent : templates::noToken, offset);
    return templateAt(view, *index, token, offset);
}

} // namespace nuages::ide
