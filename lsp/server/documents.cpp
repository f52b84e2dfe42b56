#include "lsp/server/documents.h"

#include "engine/source/path.h"
#include "lsp/server/uri.h"

#include <utility>

namespace nuages::server {

std::optional<std::string> Documents::pathOf(std::string_view uri)
{
    if (uri.empty())
        return std::nullopt;
    if (const auto path = pathOfUri(uri))
        return source::normalPath(*path);
    return source::normalPath(std::string("/").append(uri)); // "/untitled:Untitled-1"
}

OpenDocument *Documents::find(std::string_view uri, std::optional<std::string> &path)
{
    path = pathOf(uri);
    const auto found = path ? m_documents.find(*path) : m_documents.end();
    return found == m_documents.end() ? nullptr : &found->second;
}

const OpenDocument *Documents::find(std::string_view path) const
{
    const auto found = m_documents.find(path);
    return found == m_documents.end() ? nullptr : &found->second;
}

std::optional<std::string> Documents::open(const protocol::TextDocumentItem &item, Moment moment)
{
    std::optional<std::string> path = pathOf(item.uri);
    if (path) {
        m_documents.insert_or_assign(
            *path,
            OpenDocument{++m_lastInstance, moment, item.uri, item.version, History(source::Text(item.text)), false});
    }
    return path;
}

std::optional<std::string> Documents::change(const protocol::DidChangeTextDocumentParams &params,
                                             PositionEncoding encoding, Moment moment)
{
    std::optional<std::string> path;
    OpenDocument *document = find(params.textDocument.uri, path);
    if (!document)
        return std::nullopt;
    ChangedText changed = applyChanges(document->history.present()->text(), params.contentChanges, encoding);
    document->version = params.textDocument.version;
    document->isSuspect = document->isSuspect || !changed.isExact;
    document->history.change(moment, std::move(changed.text));
    return path;
}

std::optional<std::string> Documents::save(const protocol::DidSaveTextDocumentParams &params, Moment moment)
{
    std::optional<std::string> path;
    OpenDocument *document = find(params.textDocument.uri, path);
    if (!document || !params.text)
        return std::nullopt;
    document->isSuspect = false;
    source::Text text(*params.text);
    if (text == document->history.present()->text())
        return std::nullopt;
    ++m_repairs;
    document->history.change(moment, std::move(text));
    return path;
}

std::optional<OpenDocument> Documents::close(const protocol::DidCloseTextDocumentParams &params)
{
    const std::optional<std::string> path = pathOf(params.textDocument.uri);
    if (!path)
        return std::nullopt;
    auto node = m_documents.extract(*path);
    return node.empty() ? std::nullopt : std::optional(std::move(node.mapped()));
}

void Documents::forget(Moment oldest)
{
    for (auto &[path, document] : m_documents)
        document.history.forget(oldest);
}

} // namespace nuages::server
