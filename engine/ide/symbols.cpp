#include "engine/ide/symbols.h"

#include <optional>
#include <string_view>
#include <utility>

namespace nuages::ide {

namespace {

using templates::Place;
using templates::TagShape;
using templates::Token;

constexpr std::size_t deepest = 256; // an outline is read by people, and written by a recursive encoder

std::optional<Symbol> symbolOf(const templates::TemplateSyntax &syntax, const templates::Structure &structure,
                               std::uint32_t index)
{
    const Place &place = structure.places[index];
    if (place.role != Place::Role::Tag)
        return std::nullopt;
    const Token &token = syntax.tokens()[index];
    const std::string_view command = syntax.command(token);
    Symbol symbol;
    symbol.name = syntax.content(token);
    symbol.selection = token.range;
    symbol.range = token.range;
    if (place.closer != templates::noToken)
        symbol.range.end = syntax.tokens()[place.closer].range.end;
    if (command == "extends") {
        symbol.kind = Symbol::Kind::Extends;
    } else if (command == "load") {
        symbol.kind = Symbol::Kind::Load;
    } else if (command == "include") {
        symbol.kind = Symbol::Kind::Include;
    } else if (command == "block") {
        symbol.kind = Symbol::Kind::Block;
        if (const auto words = syntax.words(token); words.size() > 1)
            symbol.name = words[1].text;
    } else if (place.closer == templates::noToken) {
        return std::nullopt;
    }
    return symbol;
}

} // namespace

std::vector<Symbol> symbols(const templates::TemplateSyntax &syntax, const templates::Structure &structure)
{
    std::vector<Symbol> outermost;
    std::vector<Symbol> open; // each inside the one before it
    const auto close = [&] {
        Symbol done = std::move(open.back());
        open.pop_back();
        (open.empty() ? outermost : open.back().children).push_back(std::move(done));
    };
    for (std::uint32_t index = 0; index < syntax.tokens().size(); ++index) {
        while (!open.empty() && open.back().range.end <= syntax.tokens()[index].range.begin)
            close();
        if (open.size() >= deepest)
            continue;
        if (auto symbol = symbolOf(syntax, structure, index))
            open.push_back(std::move(*symbol));
    }
    while (!open.empty())
        close();
    return outermost;
}

} // namespace nuages::ide
