#include "lsp/server/features/documentsymbols.h"

#include "engine/ide/symbols.h"
#include "lsp/protocol/json.h"
#include "lsp/protocol/types/features.h"
#include "lsp/server/features/view.h"

#include <boost/json/array.hpp>

#include <utility>
#include <vector>

namespace json = boost::json;

namespace nuages::server {

namespace {

protocol::SymbolKind kindOf(ide::Symbol::Kind kind)
{
    switch (kind) {
    case ide::Symbol::Kind::Extends:
        return protocol::SymbolKind::Class;
    case ide::Symbol::Kind::Load:
        return protocol::SymbolKind::Module;
    case ide::Symbol::Kind::Include:
        return protocol::SymbolKind::File;
    case ide::Symbol::Kind::Block:
        return protocol::SymbolKind::Field;
    case ide::Symbol::Kind::Tag:
        return protocol::SymbolKind::Event;
    }
    std::unreachable();
}

/// What turns byte ranges of one text into those of the client.
struct Places {
    source::LineIndex lines;
    PositionEncoding encoding;

    protocol::Range operator()(source::Range range) const { return toRange(lines, range, encoding); }
};

std::vector<protocol::DocumentSymbol> treeOf(const std::vector<ide::Symbol> &symbols, const Places &places)
{
    std::vector<protocol::DocumentSymbol> all;
    for (const ide::Symbol &symbol : symbols) {
        protocol::DocumentSymbol item;
        item.name = symbol.name;
        item.kind = kindOf(symbol.kind);
        item.range = places(symbol.range);
        item.selectionRange = places(symbol.selection);
        if (!symbol.children.empty())
            item.children = treeOf(symbol.children, places);
        all.push_back(std::move(item));
    }
    return all;
}

/// For a client that knows only SymbolInformation: every entry in one list, with its place.
void flatten(const std::vector<ide::Symbol> &symbols, const std::string &uri, const std::string &container,
             const Coordinates &coordinates, json::array &into)
{
    for (const ide::Symbol &symbol : symbols) {
        json::object item{
            {"name", symbol.name},
            {"kind", std::to_underlying(kindOf(symbol.kind))},
            {"location", protocol::toJson(protocol::Location{uri, coordinates.here(symbol.range)})},
        };
        if (!container.empty())
            item["containerName"] = container;
        into.push_back(std::move(item));
        flatten(symbol.children, uri, symbol.name, coordinates, into);
    }
}

} // namespace

// There may be thousands, so a tree is written down here, on the pool's thread. It speaks of the text that was asked
// about, in which nothing moves any more.
Encode findDocumentSymbols(query::Reader &db, const Question &question)
{
    const ide::View view = viewOf(db, question);
    std::vector<ide::Symbol> found = ide::symbols(view.syntax(), view.structure());
    if (question.client.takesSymbolTree) {
        const Places places{source::LineIndex(question.text), question.client.encoding};
        return [tree = protocol::toJson(treeOf(found, places))](
                   const Coordinates &, const ClientTraits &) mutable -> json::value { return std::move(tree); };
    }
    return [found = std::move(found), path = question.path](const Coordinates &coordinates,
                                                            const ClientTraits &) -> json::value {
        json::array all;
        flatten(found, coordinates.uri(path), {}, coordinates, all);
        return all;
    };
}

} // namespace nuages::server
