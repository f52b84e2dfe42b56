#include "lsp/protocol/json.h"
#include "lsp/server/mutation.h"
#include "lsp/server/session.h"

#include <boost/json/array.hpp>

#include <algorithm>
#include <format>
#include <utility>

/// The edits of a session: what the client told of documents and files becomes a transaction.

namespace nuages::server {

namespace {

std::string labelOf(const std::vector<const protocol::Notification *> &edits)
{
    return edits.size() == 1 ? edits.front()->method : std::format("{} edits", edits.size());
}

} // namespace

bool Session::writeEdits()
{
    std::vector<const protocol::Notification *> edits;
    query::Wish last = 0;
    for (const Received &received : m_backlog) {
        const auto *edit = std::get_if<ReceivedNotification>(&received);
        if (!edit || edit->wish == 0)
            break;
        edits.push_back(&edit->notification);
        if (last == 0 || !NUAGES_SESSION_MUTATED(LostWish))
            last = edit->wish;
    }
    const query::Revision before = m_engine.revision();
    auto cause = Publisher::Cause::Typing;
    const bool isWritten = m_engine.tryWrite(last, labelOf(edits), [&](query::Transaction &tx) {
        ++*m_writes;
        for (const protocol::Notification *edit : edits) {
            ++m_moment;
            cause = std::max(cause, apply(*edit, tx));
        }
    });
    if (!isWritten)
        return false;
    m_backlog.erase(m_backlog.begin(), m_backlog.begin() + std::ptrdiff_t(edits.size()));
    m_publisher.written(m_engine.revision() == before ? std::nullopt : std::optional(cause));
    m_notesDue |= m_engine.revision() != before && cause == Publisher::Cause::Project;
    return true;
}

Publisher::Cause Session::apply(const protocol::Notification &edit, query::Transaction &tx)
{
    m_ownMessages += edit.method == lookAgainMethod;
    if (m_life != Life::Running)
        return Publisher::Cause::Typing; // dropped; the wish is met all the same
    if (edit.method == lookAgainMethod) {
        if (std::exchange(m_isOptionsNew, false))
            giveAgain(tx);
        for (const std::string &path : std::exchange(m_doubted, {}))
            m_files.lookAgain(tx, path);
    } else if (edit.method == "textDocument/didOpen") {
        if (const auto params = paramsOf<protocol::DidOpenTextDocumentParams>(edit))
            openDocument(*params, tx);
    } else if (edit.method == "textDocument/didChange") {
        const auto params = paramsOf<protocol::DidChangeTextDocumentParams>(edit);
        const auto path = params ? m_documents.change(*params, m_client.encoding, m_moment) : std::nullopt;
        setOverlay(path, tx);
        return causeOf(path);
    } else if (edit.method == "textDocument/didSave") {
        const auto params = paramsOf<protocol::DidSaveTextDocumentParams>(edit);
        const auto path = params ? m_documents.save(*params, m_moment) : std::nullopt;
        setOverlay(path, tx);
        return causeOf(path);
    } else if (edit.method == "textDocument/didClose") {
        if (const auto params = paramsOf<protocol::DidCloseTextDocumentParams>(edit))
            closeDocument(*params, tx);
    } else if (edit.method == "workspace/didChangeConfiguration") {
        changeConfiguration(edit.params, tx);
    } else if (edit.method == "workspace/didChangeWorkspaceFolders") {
        if (const auto params = paramsOf<protocol::DidChangeWorkspaceFoldersParams>(edit))
            changeFolders(*params, tx);
    } else if (edit.method == "workspace/didChangeWatchedFiles") {
        const auto params = paramsOf<protocol::DidChangeWatchedFilesParams>(edit);
        for (const protocol::FileEvent &event : params ? params->changes : std::vector<protocol::FileEvent>()) {
            if (const auto path = Documents::pathOf(event.uri))
                m_files.lookAgain(tx, *path);
        }
    }
    return Publisher::Cause::Project;
}

Publisher::Cause Session::causeOf(const std::optional<std::string> &changed) const
{
    const bool isTyping = !changed || m_documents.find(*changed)->isTemplate;
    return isTyping ? Publisher::Cause::Typing : Publisher::Cause::Project;
}

template <class Params>
std::optional<Params> Session::paramsOf(const protocol::Notification &edit)
{
    auto params = protocol::fromJson<Params>(edit.params);
    if (params)
        return std::move(*params);
    log(protocol::MessageType::Warning,
        std::format("{} was skipped: {} {}.", edit.method, params.error().pointer, params.error().text));
    return std::nullopt;
}

void Session::openDocument(const protocol::DidOpenTextDocumentParams &params, query::Transaction &tx)
{
    const auto path = m_documents.open(params.textDocument, m_moment);
    const OpenDocument *document = path ? m_documents.find(*path) : nullptr;
    if (document && document->isTemplate)
        m_publisher.open(*path, document->instance);
    m_notesDue = true; // its project may be another
    askForProgress();
    setOverlay(path, tx);
}

void Session::setOverlay(const std::optional<std::string> &path, query::Transaction &tx)
{
    if (path)
        m_files.setOverlay(tx, *path, m_documents.find(*path)->history.present()->text());
}

void Session::closeDocument(const protocol::DidCloseTextDocumentParams &params, query::Transaction &tx)
{
    const auto closed = m_documents.close(params);
    if (!closed)
        return;
    const std::string path = *Documents::pathOf(closed->uri);
    m_publisher.close(path);
    m_notesDue |= m_noted.erase(closed->uri) > 0;
    m_files.removeOverlay(tx, path);
    if (!m_client.pulls)
        m_host.send(protocol::encodeNotification("textDocument/publishDiagnostics",
                                                 {{"uri", closed->uri}, {"diagnostics", boost::json::array()}}));
}

} // namespace nuages::server
