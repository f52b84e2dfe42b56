#include "lsp/server/features/completion.h"

#include "engine/ide/completion.h"
#include "engine/ide/documentation.h"
#include "engine/project/discovery/discovery.h"
#include "lsp/protocol/json.h"
#include "lsp/protocol/types/features.h"
#include "lsp/server/features/snippet.h"
#include "lsp/server/features/view.h"

#include <boost/json/object.hpp>

#include <algorithm>
#include <format>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace json = boost::json;

namespace nuages::server {

namespace {

using ide::Completion;
using ide::Completions;

protocol::CompletionItemKind kindOf(Completion::Kind kind)
{
    switch (kind) {
    case Completion::Kind::Tag:
    case Completion::Kind::Closer:
    case Completion::Kind::Keyword:
        return protocol::CompletionItemKind::Keyword;
    case Completion::Kind::Filter:
        return protocol::CompletionItemKind::Function;
    case Completion::Kind::Library:
        return protocol::CompletionItemKind::Module;
    case Completion::Kind::Template:
        return protocol::CompletionItemKind::File;
    case Completion::Kind::Block:
        return protocol::CompletionItemKind::Reference;
    case Completion::Kind::Variable:
        return protocol::CompletionItemKind::Variable;
    }
    std::unreachable();
}

bool hasDocumentation(const Completion &completion)
{
    return completion.kind == Completion::Kind::Tag || completion.kind == Completion::Kind::Filter;
}

/// What resolveCompletion() needs to know again.
json::value dataOf(const Completion &completion, const std::string &uri)
{
    json::object data{{"uri", uri}, {"is", completion.kind == Completion::Kind::Tag ? "tag" : "filter"}};
    if (!completion.library.empty())
        data["library"] = completion.library;
    return json::value(std::move(data));
}

/// Encodes one list. Positions are counted once for all of it.
class ListEncoder
{
public:
    ListEncoder(const Completions &found, const Coordinates &coordinates, const ClientTraits &client, std::string uri)
        : m_found(found), m_coordinates(coordinates), m_client(client), m_uri(std::move(uri)),
          m_begun(coordinates.here(found.replaces)), m_word(coordinates.here({found.replaces.begin, found.wordEnd})),
          m_tag(coordinates.here({found.replaces.begin, found.tagEnd}))
    {
    }

    protocol::CompletionList encode()
    {
        protocol::CompletionList list;
        list.isIncomplete = m_found.isNarrowed;
        list.itemDefaults = defaults();
        if (list.itemDefaults && list.itemDefaults->data)
            m_data = *list.itemDefaults->data;
        list.items.reserve(m_found.items.size());
        for (std::size_t at = 0; at < m_found.items.size(); ++at) {
            protocol::CompletionItem item = itemOf(m_found.items[at]);
            item.sortText = std::format("{:05}", at); // clients sort by this, and else by label
            list.items.push_back(std::move(item));
        }
        return list;
    }

private:
    std::optional<protocol::CompletionItemDefaults> defaults() const
    {
        protocol::CompletionItemDefaults defaults;
        if (m_client.takesDefaultRange && m_client.takesInsertReplace)
            defaults.editRange = protocol::EditRangeWithInsertReplace{m_begun, m_word};
        else if (m_client.takesDefaultRange)
            defaults.editRange = m_word;
        const auto builtin = std::ranges::find_if(m_found.items, [](const Completion &completion) {
            return hasDocumentation(completion) && completion.library.empty();
        });
        if (m_client.takesDefaultData && builtin != m_found.items.end())
            defaults.data = dataOf(*builtin, m_uri);
        return defaults.editRange || defaults.data ? std::optional(std::move(defaults)) : std::nullopt;
    }

    protocol::CompletionItem itemOf(const Completion &completion)
    {
        protocol::CompletionItem item;
        item.label = completion.text;
        item.kind = kindOf(completion.kind);
        describe(completion, item);
        if (hasDocumentation(completion)) {
            if (json::value data = dataOf(completion, m_uri); data != m_data)
                item.data = std::move(data);
        }
        if (completion.load)
            item.additionalTextEdits = {{insertionOf(*completion.load)}};

        const bool takesEnd = m_client.takesInsertReplace && m_found.tagEnd > m_found.replaces.end;
        if (const auto snippet = m_client.takesSnippets ? snippetOf(completion, m_found, takesEnd) : std::nullopt) {
            item.insertTextFormat = protocol::InsertTextFormat::Snippet;
            if (takesEnd)
                item.textEdit = protocol::InsertReplaceEdit{*snippet, m_tag, m_tag};
            else
                putIn(*snippet, item);
            return item;
        }
        const std::string text =
            m_found.before + (completion.insert.empty() ? completion.text : completion.insert) + m_found.after;
        if (text.find_first_of("$}\\") != text.npos) // Neovim takes what has no format for a snippet.
            item.insertTextFormat = protocol::InsertTextFormat::PlainText;
        putIn(text, item);
        return item;
    }

    void putIn(const std::string &text, protocol::CompletionItem &item) const
    {
        if (!m_client.takesDefaultRange && m_client.takesInsertReplace)
            item.textEdit = protocol::InsertReplaceEdit{text, m_begun, m_word};
        else if (!m_client.takesDefaultRange)
            item.textEdit = protocol::TextEdit{m_word, text};
        else if (text != item.label)
            item.textEditText = text;
    }

    void describe(const Completion &completion, protocol::CompletionItem &item) const
    {
        std::string detail = completion.detail;
        if (!completion.library.empty()) {
            const std::string load = completion.load ? "load " + completion.library : completion.library;
            if (m_client.takesLabelDetails)
                item.labelDetails = protocol::CompletionItemLabelDetails{{}, load};
            else if (completion.load)
                detail = load;
        }
        if (!detail.empty())
            item.detail = std::move(detail);
    }

    /// All of a list are nearly always at the same place.
    protocol::TextEdit insertionOf(const ide::Insertion &insertion)
    {
        if (!m_insertion || m_insertion->first != insertion.offset)
            m_insertion = {insertion.offset, m_coordinates.here({insertion.offset, insertion.offset})};
        return {m_insertion->second, insertion.text};
    }

    const Completions &m_found;
    const Coordinates &m_coordinates;
    const ClientTraits &m_client;
    std::string m_uri;
    protocol::Range m_begun;
    protocol::Range m_word;
    protocol::Range m_tag;
    json::value m_data; ///< Of an item that has no data of its own; null if each has.
    std::optional<std::pair<std::uint32_t, protocol::Range>> m_insertion;
};

std::optional<ide::Documentation> documentationOf(query::Reader &db, const Question &question)
{
    struct {
        std::string name, is, library;
    } wanted;
    const auto read = [](const json::object &object, std::string_view member, std::string &into) {
        const json::value *value = object.if_contains(member);
        if (const json::string *text = value ? value->if_string() : nullptr)
            into = *text;
    };
    const json::object &item = question.params.as_object(); // the session has found the document in it
    read(item, "label", wanted.name);
    read(item.at("data").as_object(), "is", wanted.is);
    read(item.at("data").as_object(), "library", wanted.library);
    using Kind = project::RegistrationPlace::Kind;
    return ide::documentationOf(db, project::projectOf(db, question.given, question.path),
                                wanted.is == "tag" ? Kind::Tag : Kind::Filter, wanted.name, wanted.library);
}

/// The docstring stands in a block of its own: it is reStructuredText, which a client would misread as Markdown.
protocol::MarkupContent markupOf(const ide::Documentation &documentation, bool inMarkdown)
{
    std::string text = documentation.origin;
    if (!documentation.text.empty())
        text += inMarkdown ? std::format("\n\n```rst\n{}\n```", documentation.text) : "\n\n" + documentation.text;
    return {inMarkdown ? "markdown" : "plaintext", std::move(text)};
}

} // namespace

Encode findCompletions(query::Reader &db, const Question &question)
{
    const ide::View view = viewOf(db, question);
    return [found = ide::complete(view, question.offset), path = question.path](const Coordinates &coordinates,
                                                                                const ClientTraits &client) {
        return protocol::toJson(ListEncoder(found, coordinates, client, coordinates.uri(path)).encode());
    };
}

Encode resolveCompletion(query::Reader &db, const Question &question)
{
    return [found = documentationOf(db, question), item = question.params.as_object()](
               const Coordinates &, const ClientTraits &client) mutable -> json::value {
        if (!found)
            return std::move(item);
        if (!found->summary.empty()) {
            const json::value *detail = item.if_contains("detail");
            const bool isSaid = detail && detail->is_string();
            item["detail"] =
                isSaid ? std::format("{}: {}", std::string_view(detail->get_string()), found->summary) : found->summary;
        }
        item["documentation"] = protocol::toJson(markupOf(*found, client.documentsInMarkdown));
        return std::move(item);
    };
}

} // namespace nuages::server
