#include "lsp/server/inbox.h"

#include "lsp/protocol/json.h"
#include "lsp/protocol/types/lifecycle.h"
#include "lsp/server/mutation.h"

#include <algorithm>
#include <array>
#include <utility>

namespace nuages::server {

bool isEdit(std::string_view method)
{
    static constexpr std::array<std::string_view, 7> edits = {"textDocument/didChange",
                                                              "textDocument/didClose",
                                                              "textDocument/didOpen",
                                                              "textDocument/didSave",
                                                              "workspace/didChangeConfiguration",
                                                              "workspace/didChangeWatchedFiles",
                                                              "workspace/didChangeWorkspaceFolders"};
    return std::ranges::binary_search(edits, method);
}

Inbox::Inbox(std::function<void(query::Wish)> wantWrite, std::function<void()> ring,
             std::function<void(std::string_view)> overheard)
    : m_wantWrite(std::move(wantWrite)), m_ring(std::move(ring)), m_overheard(std::move(overheard))
{
}

void Inbox::receive(std::string_view bytes)
{
    m_frames.append(bytes);
    while (!m_hasExit) {
        auto taken = m_frames.take();
        if (!taken)
            continue; // The stream is past the fault; a message that was lost with it cannot be answered.
        if (!*taken)
            return;
        if (m_overheard)
            m_overheard(**taken);
        handle(std::move(**taken));
    }
}

void Inbox::close()
{
    if (!m_hasExit)
        put(EndOfInput{false});
}

void Inbox::handle(std::string body)
{
    auto message = protocol::decode(body);
    if (!message) {
        if (message.error().code == protocol::ErrorCode::ParseError)
            m_frames.reject(std::move(body)); // its length was probably wrong
        put(std::move(message.error()));
    } else if (auto *request = std::get_if<protocol::Request>(&*message)) {
        handle(std::move(*request));
    } else if (auto *notification = std::get_if<protocol::Notification>(&*message)) {
        handle(std::move(*notification));
    } else {
        put(std::move(std::get<protocol::Response>(*message)));
    }
}

void Inbox::handle(protocol::Request request)
{
    ReceivedRequest received{std::move(request), ++m_lastCookie, {}};
    if (!NUAGES_SESSION_MUTATED(LateToken))
        remember(received);
    put(std::move(received));
}

void Inbox::remember(const ReceivedRequest &received)
{
    const std::scoped_lock lock(m_mutex);
    m_cancellable.insert_or_assign(received.request.id, Cancellable{received.cookie, received.token});
}

void Inbox::handle(protocol::Notification notification)
{
    if (notification.method == "$/cancelRequest") {
        const auto params = protocol::fromJson<protocol::CancelParams>(notification.params);
        const auto id = params ? protocol::toRequestId(params->id) : std::nullopt;
        const std::scoped_lock lock(m_mutex);
        if (const auto found = id ? m_cancellable.find(*id) : m_cancellable.end(); found != m_cancellable.end())
            found->second.token.cancel();
    } else if (notification.method == "exit") {
        m_hasExit = true;
        {
            const std::scoped_lock lock(m_mutex);
            for (auto &[id, cancellable] : m_cancellable)
                cancellable.token.cancel();
        }
        return put(EndOfInput{true});
    } else if (isEdit(notification.method)) {
        return putEdit(std::move(notification));
    }
    // A cancellation goes the same way, so that the session sees at once that a queued request is no longer wanted.
    put(ReceivedNotification{std::move(notification), 0});
}

void Inbox::lookAgain() { putEdit({std::string(lookAgainMethod), nullptr}); }

void Inbox::putEdit(protocol::Notification edit)
{
    query::Wish wish = 0;
    const bool wasEmpty = m_mailbox.putMade([&] {
        wish = ++m_lastWish;
        return ReceivedNotification{std::move(edit), wish};
    });
    m_wantWrite(wish);
    if (wasEmpty)
        m_ring();
}

void Inbox::put(Received received)
{
    if (m_mailbox.put(std::move(received)))
        m_ring();
}

std::vector<Received> Inbox::take()
{
    std::vector<Received> received = m_mailbox.take();
    for (const Received &each : received) {
        if (const auto *request = std::get_if<ReceivedRequest>(&each); request && NUAGES_SESSION_MUTATED(LateToken))
            remember(*request);
    }
    return received;
}

void Inbox::forget(const protocol::RequestId &id, Cookie cookie)
{
    const std::scoped_lock lock(m_mutex);
    if (const auto found = m_cancellable.find(id); found != m_cancellable.end() && found->second.cookie == cookie)
        m_cancellable.erase(found);
}

} // namespace nuages::server
