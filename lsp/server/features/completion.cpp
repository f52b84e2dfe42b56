#include "lsp/server/features/completion.h"

#include "engine/ide/completion.h"
#include "lsp/protocol/json.h"
#include "lsp/protocol/types/features.h"
#include "lsp/server/features/view.h"

#include <format>
#include <utility>

namespace json = boost::json;

namespace nuages::server {

namespace {

protocol::CompletionItemKind kindOf(ide::Completion::Kind kind)
{
    switch (kind) {
    case ide::Completion::Kind::Tag:
    case ide::Completion::Kind::Closer:
        return protocol::CompletionItemKind::Keyword;
    case ide::Completion::Kind::Filter:
        return protocol::CompletionItemKind::Function;
    case ide::Completion::Kind::Library:
        return protocol::CompletionItemKind::Module;
    case ide::Completion::Kind::Template:
        return protocol::CompletionItemKind::File;
    case ide::Completion::Kind::Block:
        return protocol::CompletionItemKind::Reference;
    }
    std::unreachable();
}

} // namespace

Encode findCompletions(query::Reader &db, const Question &question)
{
    const ide::View view = viewOf(db, question);
    return [found = ide::complete(view, question.offset)](const Coordinates &coordinates, const ClientTraits &) {
        const protocol::Range range = coordinates.here(found.replaces);
        protocol::CompletionList list;
        list.items.reserve(found.items.size());
        for (std::size_t at = 0; at < found.items.size(); ++at) {
            const ide::Completion &completion = found.items[at];
            protocol::CompletionItem item;
            item.label = completion.text;
            item.kind = kindOf(completion.kind);
            if (!completion.detail.empty())
                item.detail = completion.detail;
            item.sortText = std::format("{:05}", at); // clients sort by this, and else by label
            item.textEdit = protocol::TextEdit{range, completion.text};
            list.items.push_back(std::move(item));
        }
        return protocol::toJson(list);
    };
}

} // namespace nuages::server
