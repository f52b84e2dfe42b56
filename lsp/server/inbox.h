#pragma once

#include "engine/query/canceltoken.h"
#include "engine/query/gate.h"
#include "lsp/protocol/framing.h"
#include "lsp/protocol/message.h"
#include "lsp/server/mailbox.h"

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace nuages::server {

/// Tells two uses of one request id apart: a client may take an id again once it was answered.
using Cookie = std::uint64_t;

/// A request with what the reader thread gave it.
struct ReceivedRequest {
    protocol::Request request;
    Cookie cookie = 0;
    query::CancelToken token;
};

/// A notification. If it changes documents or files, it is the edit of number `wish`.
struct ReceivedNotification {
    protocol::Notification notification;
    query::Wish wish = 0; ///< 0: changes nothing that queries read.
};

/// The client will send nothing more: it closed the stream or said exit.
struct EndOfInput {
    bool saidExit = false;
};

/// What the reader thread hands to the session, in the order of arrival. A response to a request of ours comes as it
/// is.
using Received =
    std::variant<ReceivedRequest, ReceivedNotification, protocol::Response, protocol::MessageFault, EndOfInput>;

/// The reader thread's half of the server: bytes in, messages out.
///
/// It acts at once on what must not wait in a queue: a `$/cancelRequest` uses the token that the request got when it
/// was read, so that it is never too early, and each edit wants its write. Everything else goes into the mailbox.
class Inbox
{
public:
    /// `wantWrite(n)` is called after edit n is in the mailbox, `ring()` when the mailbox was empty before; both on the
    /// thread that calls receive().
    /// `overheard`, if any, is called there with each message that arrives whole.
    Inbox(std::function<void(query::Wish)> wantWrite, std::function<void()> ring,
          std::function<void(std::string_view body)> overheard = nullptr);

    /// Takes bytes of the client as they come. Reader thread.
    void receive(std::string_view bytes);

    /// The stream has ended. Reader thread.
    void close();

    /// True once `exit` was received: nothing after it counts.
    bool hasExit() const { return m_hasExit; }

    /// Puts in an edit of the server's own, which makes the session look again at the files that a reader doubted. Any
    /// thread.
    void lookAgain();

    /// What has arrived, oldest first. Owner thread.
    std::vector<Received> take();

    /// Says that a request has been answered, so that its id may be used again. Owner thread.
    void forget(const protocol::RequestId &id, Cookie cookie);

private:
    struct Cancellable {
        Cookie cookie = 0;
        query::CancelToken token;
    };

    void handle(std::string body);
    void handle(protocol::Request request);
    void handle(protocol::Notification notification);
    void remember(const ReceivedRequest &received);
    void putEdit(protocol::Notification edit);
    void put(Received received);

    std::function<void(query::Wish)> m_wantWrite;
    std::function<void()> m_ring;
    std::function<void(std::string_view)> m_overheard;
    protocol::FrameStream m_frames; // reader thread, like the next two
    Cookie m_lastCookie = 0;
    bool m_hasExit = false;

    Mailbox<Received> m_mailbox;
    query::Wish m_lastWish = 0; // guarded by the mailbox's lock

    std::mutex m_mutex; // guards m_cancellable
    std::map<protocol::RequestId, Cancellable> m_cancellable;
};

/// The method of an edit that no client can send: it would be a message of another protocol.
inline constexpr std::string_view lookAgainMethod = "nuages/lookAgain";

/// Whether a notification changes what queries read.
bool isEdit(std::string_view method);

} // namespace nuages::server
