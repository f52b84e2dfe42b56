#include "lsp/server/features/hover.h"

#include "engine/ide/hover.h"
#include "lsp/protocol/json.h"
#include "lsp/protocol/types/features.h"
#include "lsp/server/features/view.h"

#include <format>
#include <optional>
#include <string>
#include <utility>

namespace json = boost::json;

namespace nuages::server {

namespace {

/// The documentation stands in a block of its own: it is reStructuredText, which a client would misread as Markdown.
std::string markdownOf(const ide::Hover &hover)
{
    std::string text = std::format("```django\n{}\n```", hover.title);
    if (!hover.origin.empty())
        text += std::format("\n{}", hover.origin);
    if (!hover.documentation.empty())
        text += std::format("\n\n```rst\n{}\n```", hover.documentation);
    return text;
}

std::string plainOf(const ide::Hover &hover)
{
    std::string text = hover.title;
    for (const std::string &part : {hover.origin, hover.documentation}) {
        if (!part.empty())
            text += "\n" + part;
    }
    return text;
}

} // namespace

Encode findHover(query::Reader &db, const Question &question)
{
    const ide::View view = viewOf(db, question);
    return [found = ide::hover(view, question.offset)](const Coordinates &coordinates,
                                                       const ClientTraits &client) -> json::value {
        if (!found)
            return nullptr;
        protocol::Hover hover;
        hover.contents = client.prefersMarkdown ? protocol::MarkupContent{"markdown", markdownOf(*found)}
                                                : protocol::MarkupContent{"plaintext", plainOf(*found)};
        hover.range = coordinates.here(found->range);
        return protocol::toJson(hover);
    };
}

} // namespace nuages::server
