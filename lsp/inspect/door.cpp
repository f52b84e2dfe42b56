#include "lsp/inspect/door.h"

#include "engine/query/yieldpoint.h"
#include "engine/trace/wire.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <format>
#include <utility>

namespace nuages::inspect {

namespace {

/// About what a batch holds, and as frames.
std::size_t weightOf(const trace::Batch &batch)
{
    std::size_t bytes = 0;
    for (const trace::Node &node : batch.nodes)
        bytes += sizeof node + node.kind.size() + node.key.size() + node.file.size();
    for (const trace::Memo &memo : batch.memos)
        bytes += sizeof memo + memo.reads.size() * sizeof(trace::NodeId);
    for (const trace::TextRecord &text : batch.texts)
        bytes += sizeof text + text.text->size();
    return bytes + batch.executions.size() * sizeof(trace::Execution) + batch.waits.size() * sizeof(trace::Wait)
        + batch.requests.size() * sizeof(trace::RequestRecord) + batch.files.size() * sizeof(trace::FileRecord)
        + batch.kinds.size() * sizeof(trace::KindTotal);
}

/// Bytes that the socket takes of them now; nullopt if nobody is there any more.
std::optional<std::size_t> sendSome(int fd, std::string_view bytes)
{
    const ssize_t count = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count >= 0)
        return std::size_t(count);
    return errno == EAGAIN || errno == EINTR ? std::optional<std::size_t>(0) : std::nullopt;
}

} // namespace

Door::Door(Ears ears, Limits limits, UserAt userAt)
    : m_ears(std::move(ears)), m_limits(limits), m_userAt(userAt), m_wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
}

Door::~Door() { finish(std::chrono::milliseconds(0)); }

std::expected<void, std::string> Door::open(const std::string &folder, const Greeting &greeting)
{
    const std::string path = socketPath(folder, greeting.process);
    const std::string unseen = path + ".new"; // Named when it listens, or it looks like a dead server's.
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (unseen.size() >= sizeof address.sun_path)
        return std::unexpected(std::format("{} is too long for a socket", path));
    std::memcpy(address.sun_path, unseen.c_str(), unseen.size() + 1);
    removeStaleSockets(folder);
    unlink(unseen.c_str()); // Whoever had this number before is dead.
    Descriptor listener(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!listener || bind(listener.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        || listen(listener.get(), int(m_limits.callers)) != 0 || rename(unseen.c_str(), path.c_str()) != 0)
        return std::unexpected(std::format("{}: {}", path, std::strerror(errno)));
    m_path = path;
    m_greeting = frameOf(greeting);
    m_listener = std::move(listener);
    m_thread = std::thread([this] { run(); });
    return {};
}

void Door::expectFirst()
{
    const std::scoped_lock lock(m_mutex);
    m_isFirstExpected = true;
    m_isTelling = true;
}

bool Door::giveUpFirst()
{
    const std::scoped_lock lock(m_mutex);
    if (!std::exchange(m_isFirstExpected, false))
        return false;
    m_isTelling = false;
    m_queue.clear();
    m_queued = 0;
    m_lost = 0;
    m_isFull = false;
    return true;
}

void Door::begin(Watcher watcher)
{
    NUAGES_YIELD("begin to tell");
    const std::scoped_lock lock(m_mutex);
    m_isTelling = watcher == m_present;
}

bool Door::tell(std::shared_ptr<const trace::Batch> batch)
{
    const std::size_t bytes = weightOf(*batch);
    NUAGES_YIELD("tell a batch");
    const std::scoped_lock lock(m_mutex);
    if (!isWatched())
        return true;
    put({std::move(batch), bytes});
    m_isFull = m_queued > m_limits.bytes;
    return !m_isFull;
}

void Door::overhear(bool isFromServer, trace::Instant at, std::string_view body)
{
    if (!isWatched())
        return;
    std::string frame = frameOf(Overheard{isFromServer, at, std::string(body)});
    const std::size_t bytes = frame.size();
    NUAGES_YIELD("tell a message");
    const std::scoped_lock lock(m_mutex);
    if (!isWatched())
        return;
    if (m_queued + bytes > m_limits.bytes || m_lost > 0)
        ++m_lost; // In order: once one is lost, none comes before that is told.
    else
        put({std::move(frame), bytes});
}

void Door::hangUp(std::string why)
{
    NUAGES_YIELD("hang up on the watcher");
    const std::scoped_lock lock(m_mutex);
    if (m_present == 0 || !m_isFull)
        return;
    m_hangUp = std::move(why);
    m_isTelling = false;
    wake();
}

/// What the watcher has not read goes, so that the next one need not wait for it.
void Door::hangUpNow()
{
    std::optional<std::string> why;
    {
        const std::scoped_lock lock(m_mutex);
        why = std::exchange(m_hangUp, std::nullopt);
    }
    NUAGES_YIELD("about to hang up");
    if (!why || !m_watcher)
        return;
    m_watcher->outgoing += frame(Kind::Refused, *why);
    m_watcher->isLeaving = true;
    leave();
}

bool Door::show()
{
    const std::scoped_lock lock(m_mutex);
    if (m_present == 0)
        return m_isFirstExpected;
    put({frame(Kind::Show, {}), 0});
    return true;
}

void Door::put(Queued queued)
{
    m_queued += queued.bytes;
    m_queue.push_back(std::move(queued));
    wake();
}

void Door::wake() const
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = write(m_wake.get(), &one, sizeof one);
}

void Door::finish(std::chrono::milliseconds patience)
{
    if (!m_thread.joinable())
        return;
    {
        const std::scoped_lock lock(m_mutex);
        m_end = std::chrono::steady_clock::now() + patience;
    }
    NUAGES_YIELD("the door is to shut");
    wake();
    m_thread.join();
    m_callers.clear();
    m_listener.reset();
    unlink(m_path.c_str());
}

void Door::run()
{
    for (;;) {
        hangUpNow();
        std::optional<std::chrono::steady_clock::time_point> end;
        bool hasMore = hasQueued();
        {
            const std::scoped_lock lock(m_mutex);
            end = m_end;
        }
        NUAGES_YIELD("before the next turn");
        const auto hears = [this](const std::unique_ptr<Caller> &caller) {
            return (caller.get() == m_watcher || caller->isLeaving) && !caller->outgoing.empty();
        };
        const bool isSaid = !hasMore && std::ranges::none_of(m_callers, hears);
        const auto now = std::chrono::steady_clock::now();
        if (end && (isSaid || now >= *end))
            return;
        std::vector<pollfd> waited{{m_wake.get(), POLLIN, 0}, {m_listener.get(), POLLIN, 0}};
        for (const auto &caller : m_callers) {
            const bool writes = !caller->outgoing.empty() || (caller.get() == m_watcher && hasMore);
            waited.push_back({caller->socket.get(), short(POLLIN | (writes ? POLLOUT : 0)), 0});
        }
        const auto left = end ? std::chrono::ceil<std::chrono::milliseconds>(*end - now).count() : -1;
        if (poll(waited.data(), waited.size(), int(left)) < 0)
            continue; // by a signal
        if (waited[0].revents != 0) {
            std::uint64_t count = 0;
            [[maybe_unused]] const auto read = ::read(m_wake.get(), &count, sizeof count);
        }
        for (std::size_t at = m_callers.size(); at-- > 0;) {
            Caller &caller = *m_callers[at];
            const short events = waited[at + 2].revents;
            bool stays = (events & (POLLERR | POLLNVAL)) == 0;
            if (stays && (events & (POLLIN | POLLHUP)) != 0)
                stays = listenTo(caller);
            if (stays && (events & POLLOUT) != 0)
                stays = writeTo(caller);
            if (stays)
                continue;
            const bool isWatcher = &caller == m_watcher;
            if (isWatcher)
                leave();
            m_callers.erase(m_callers.begin() + std::ptrdiff_t(at));
        }
        if (waited[1].revents != 0 && !end)
            accept();
    }
}

void Door::accept()
{
    Descriptor socket(accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket || m_callers.size() >= m_limits.callers)
        return;
    auto caller = std::make_unique<Caller>();
    caller->isLeaving = !mayInspect(m_userAt(socket.get()), geteuid());
    caller->outgoing = caller->isLeaving ? frame(Kind::Refused, "the server is another user's") : m_greeting;
    caller->socket = std::move(socket);
    m_callers.push_back(std::move(caller));
}

/// False when the caller has gone, or says what no inspector says.
bool Door::listenTo(Caller &caller)
{
    constexpr std::size_t longestWord = 64; // bytes
    std::array<char, longestWord> bytes{};
    const ssize_t count = read(caller.socket.get(), bytes.data(), bytes.size());
    if (count <= 0)
        return count < 0 && (errno == EAGAIN || errno == EINTR);
    if (caller.isLeaving)
        return true;
    caller.said.append({bytes.data(), std::size_t(count)});
    for (;;) {
        auto taken = caller.said.take();
        if (!taken || (*taken && ((*taken)->kind != Kind::Watch || &caller == m_watcher)))
            return false;
        if (!*taken)
            return true;
        watch(caller);
    }
}

void Door::watch(Caller &caller)
{
    if (m_watcher) {
        caller.outgoing += frame(Kind::Refused, "another inspector looks at this server already");
        caller.isLeaving = true;
        return;
    }
    m_watcher = &caller;
    const Watcher number = ++m_lastWatcher;
    NUAGES_YIELD("a watcher has come");
    bool isNew = false;
    {
        const std::scoped_lock lock(m_mutex);
        m_present = number;
        isNew = !std::exchange(m_isFirstExpected, false);
    }
    NUAGES_YIELD("a watcher is there, and nobody told");
    if (isNew)
        m_ears.arrived(number);
}

void Door::leave()
{
    m_watcher = nullptr;
    NUAGES_YIELD("a watcher has gone");
    {
        const std::scoped_lock lock(m_mutex);
        m_present = 0;
        m_isTelling = false;
        m_queue.clear();
        m_queued = 0;
        m_lost = 0;
        m_isFull = false;
        m_hangUp.reset();
    }
    NUAGES_YIELD("a watcher has gone, and nobody told");
    m_ears.left();
}

bool Door::writeTo(Caller &caller)
{
    if (caller.outgoing.empty() && (&caller != m_watcher || !refill(caller)))
        return true;
    const auto sent = sendSome(caller.socket.get(), std::string_view(caller.outgoing).substr(caller.written));
    if (!sent)
        return false;
    caller.written += *sent;
    if (caller.written < caller.outgoing.size())
        return true;
    caller.outgoing.clear();
    caller.written = 0;
    return !caller.isLeaving;
}

bool Door::hasQueued()
{
    const std::scoped_lock lock(m_mutex);
    return m_watcher && (!m_queue.empty() || m_lost > 0);
}

/// Makes the next thing that waits into bytes. On the door's thread, so that nobody else pays for it.
bool Door::refill(Caller &caller)
{
    std::optional<Queued> next;
    std::uint64_t lost = 0;
    bool hasRoom = false;
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_queue.empty()) {
            next = std::move(m_queue.front());
            m_queue.pop_front();
            m_queued -= next->bytes;
        } else {
            lost = std::exchange(m_lost, 0);
        }
        hasRoom = m_isFull && m_queued <= m_limits.bytes / 2;
        m_isFull = m_isFull && !hasRoom;
    }
    NUAGES_YIELD("there is room, and nobody told");
    if (hasRoom)
        m_ears.hasRoom();
    if (next && std::holds_alternative<std::string>(next->entry))
        caller.outgoing = std::get<std::string>(std::move(next->entry));
    else if (next)
        caller.outgoing = frame(Kind::Batch, trace::encode(*std::get<0>(next->entry)));
    else if (lost > 0)
        caller.outgoing = lostFrame(lost);
    return !caller.outgoing.empty();
}

} // namespace nuages::inspect
