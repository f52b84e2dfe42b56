#include "lsp/server/features/definition.h"

#include "engine/ide/definition.h"
#include "lsp/protocol/json.h"
#include "lsp/protocol/types/basic.h"
#include "lsp/server/features/view.h"

#include <boost/json/array.hpp>

#include <utility>

namespace json = boost::json;

namespace nuages::server {

Encode findDefinition(query::Reader &db, const Question &question)
{
    const ide::View view = viewOf(db, question);
    return [found = ide::definition(view, question.offset),
            path = question.path](const Coordinates &coordinates, const ClientTraits &client) -> json::value {
        json::array all;
        for (const ide::Target &target : found.targets) {
            const auto range = target.path == path ? coordinates.here(target.range)
                                                   : coordinates.range(target.path, target.range, target.lines);
            if (!range)
                continue; // an edit since the request has touched it
            const std::string uri = coordinates.uri(target.path);
            if (client.takesLinks)
                all.push_back(
                    protocol::toJson(protocol::LocationLink{coordinates.here(found.origin), uri, *range, *range}));
            else
                all.push_back(protocol::toJson(protocol::Location{uri, *range}));
        }
        if (all.empty())
            return nullptr;
        return all;
    };
}

} // namespace nuages::server
