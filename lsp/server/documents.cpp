#include "lsp/server/documents.h"

#include "engine/source/path.h"
#include "lsp/protocol/json.h"
#include "lsp/server/uri.h"

#include <format>
#include <utility>

namespace nuages::server {

namespace {

/// Whether a document may be a template of Django's: any text may, but for the files that say how a project is made,
/// and for what the client knows to be of another template language.
bool isTemplateLike(std::string_view language, std::string_view path)
{
    return language != "python" && !language.starts_with("jinja") && !path.ends_with(".py")
        && !path.ends_with("/pyproject.toml");
}

std::optional<std::int32_t> versionOf(const protocol::DocumentVersion &version)
{
    const auto number = version ? protocol::fromJson<std::int32_t>(*version) : std::unexpected(protocol::DecodeError());
    return number ? std::optional(*number) : std::nullopt;
}

} // namespace

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
        const bool isTemplate = isTemplateLike(item.languageId, *path);
        m_documents.insert_or_assign(*path,
                                     OpenDocument{++m_lastInstance, moment, item.uri, versionOf(item.version),
                                                  History(source::Text(item.text)), isTemplate, false});
    }
    return path;
}

std::optional<std::string> Documents::change(const protocol::DidChangeTextDocumentParams &params,
                                             PositionEncoding encoding, Moment moment)
{
    std::optional<std::string> path;
    const std::string &uri = params.textDocument.uri;
    OpenDocument *document = find(uri, path);
    if (!document) {
        m_remark(std::format("A change of {} was skipped: it is not open.", uri));
        return std::nullopt;
    }
    ChangedText changed = applyChanges(document->history.present(), params.contentChanges, encoding);
    const std::optional<std::int32_t> version = versionOf(params.textDocument.version);
    if (version && document->version && *version < *document->version)
        m_remark(std::format("Version {} of {} came after version {}.", *version, uri, *document->version));
    document->version = version;
    if (!changed.isExact && !std::exchange(document->isSuspect, true))
        m_remark(std::format("A change of {} lies outside of its text and was fitted to it.", uri));
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
    m_remark(std::format("The saved text of {} was another than the changes had led to.", document->uri));
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
