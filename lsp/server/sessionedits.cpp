#include "engine/source/path.h"
#include "lsp/protocol/json.h"
#include "lsp/server/mutation.h"
#include "lsp/server/session.h"

#include <boost/json/array.hpp>

#include <algorithm>
#include <format>
#include <iterator>
#include <utility>

/// The edits of a session: what the client told of documents and files becomes a transaction.

namespace nuages::server {

namespace {

std::string labelOf(const std::vector<const protocol::Notification *> &edits)
{
    std::vector<const protocol::Notification *> told; // beside what only leads up to it
    std::ranges::copy_if(edits, std::back_inserter(told), [](const protocol::Notification *edit) {
        return edit->method != lookAgainMethod && edit->method != "textDocument/didOpen";
    });
    const auto &named = told.empty() ? edits : told;
    return named.size() == 1 ? named.front()->method : std::format("{} edits", edits.size());
}

/// Whether a person has just turned to something, so that what was not watched may have changed meanwhile.
bool isOccasion(std::string_view method)
{
    return method == "textDocument/didOpen" || method == "textDocument/didSave" || method == "textDocument/didClose";
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
        lookAtDisk(tx);
        if (std::ranges::contains(edits, lookAgainMethod, &protocol::Notification::method))
            watchFolders(tx);
    });
    if (!isWritten)
        return false;
    traceOverlaid();
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
    if (m_host.watch && m_host.watch->lack() && isOccasion(edit.method))
        m_doubted.emplace_back("/");
    if (edit.method == lookAgainMethod) {
        if (std::exchange(m_isOptionsNew, false))
            giveAgain(tx);
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
                m_doubted.push_back(*path);
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
    if (!path)
        return;
    m_files.setOverlay(tx, *path, m_documents.find(*path)->history.present()->text());
    m_overlaid.push_back(*path);
}

/// Whoever looks back has each text that was typed, and not only those that a query happened to read. What was found in
/// the documents is looked for again, which the engine proves to be the same: so it is told with its revision.
void Session::watch(trace::Recorder *recorder)
{
    m_recorder = recorder;
    for (const auto &[path, document] : m_documents.all())
        m_overlaid.push_back(path);
    traceOverlaid();
    if (!recorder)
        return;
    m_publisher.lookAgain();
    m_check.isDue |= m_check.isAsked;
    m_host.ring();
}

void Session::traceOverlaid()
{
    for (const std::string &path : std::exchange(m_closed, {})) {
        if (m_recorder && !m_documents.find(path))
            m_recorder->lookEnded(path);
    }
    for (std::string &path : std::exchange(m_overlaid, {})) {
        const OpenDocument *document = m_documents.find(path);
        if (m_recorder && document)
            m_recorder->textSet(std::move(path), document->history.present()->text().bytes());
    }
}

void Session::closeDocument(const protocol::DidCloseTextDocumentParams &params, query::Transaction &tx)
{
    const auto closed = m_documents.close(params);
    if (!closed)
        return;
    const std::string path = *Documents::pathOf(closed->uri);
    m_publisher.close(path);
    m_closed.push_back(path);
    m_files.removeOverlay(tx, path);
    m_check.published.erase(closed->uri);
    m_check.isDue |= m_check.isAsked; // who sees all findings goes on seeing these
    if (m_client.pulls)
        return; // and has been sent nothing for it but notes, which do not depend on what is open
    m_notesDue |= m_noted.erase(closed->uri) > 0;
    m_host.send(protocol::encodeNotification("textDocument/publishDiagnostics",
                                             {{"uri", closed->uri}, {"diagnostics", boost::json::array()}}));
}

void Session::see(const DiskWatch::Changes &changes)
{
    const std::size_t before = m_doubted.size();
    if (changes.isOverflow)
        m_doubted.emplace_back("/");
    // Others write much that nobody asked for, such as a log; a write would cancel what is being found.
    for (const std::string &path : changes.paths) {
        if (m_files.isAskedFor(path) || m_files.isListed(std::string(source::parentPath(path))))
            m_doubted.push_back(path);
    }
    std::ranges::copy_if(changes.contents, std::back_inserter(m_doubted),
                         [this](const std::string &path) { return m_files.isAskedFor(path); });
    if (m_doubted.size() > before)
        m_inbox.lookAgain();
}

/// All at once, as many of them may be in one folder.
void Session::lookAtDisk(query::Transaction &tx)
{
    if (const std::vector<std::string> paths = std::exchange(m_doubted, {}); !paths.empty())
        m_files.lookAgain(tx, paths);
}

bool Session::wantsToWatch() const { return m_host.watch && m_files.hasFolders(); }

/// What has happened in a folder before it was watched is looked for at once; that may show further folders.
void Session::watchFolders(query::Transaction &tx)
{
    while (wantsToWatch()) {
        if (const auto fresh = m_host.watch->watch(m_files.takeFolders(tx)); !fresh.empty())
            m_files.lookAgain(tx, fresh);
    }
    if (const auto &lack = m_host.watch ? m_host.watch->lack() : std::nullopt;
        lack && !std::exchange(m_isLackTold, true)) {
        const protocol::ShowMessageParams params{
            protocol::MessageType::Warning,
            std::format("Not all folders can be watched: {}. Nuages looks at them again when a file is opened, saved"
                        " or closed.",
                        *lack)};
        m_host.send(protocol::encodeNotification("window/showMessage", protocol::toJson(params)));
    }
}

} // namespace nuages::server
