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

std::vector<protocol::DocumentSymbol> treeOf(const std::vector<ide::Symbol> &symbols, const Coordinates &coordinates)
{
    std::vector<protocol::DocumentSymbol> all;
    for (const ide::Symbol &symbol : symbols) {
        protocol::DocumentSymbol item;
        item.name = symbol.name;
        item.kind = kindOf(symbol.kind);
        item.range = coordinates.here(symbol.range);
        item.selectionRange = coordinates.here(symbol.selection);
        if (!symbol.children.empty())
            item.children = treeOf(symbol.children, coordinates);
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

Encode findDocumentSymbols(query::Reader &db, const Question &question)
{
    const ide::View view = viewOf(db, question);
    return [found = ide::symbols(view.syntax(), view.structure()),
            path = question.path](const Coordinates &coordinates, const ClientTraits &client) -> json::value {
        if (client.takesSymbolTree)
            return protocol::toJson(treeOf(found, coordinates));
        json::array all;
        flatten(found, coordinates.uri(path), {}, coordinates, all);
        return all;
    };
}

} // namespace nuages::server
