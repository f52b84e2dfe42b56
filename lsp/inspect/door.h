#pragma once

#include "engine/trace/batch.h"
#include "lsp/inspect/call.h"
#include "lsp/inspect/folder.h"
#include "lsp/inspect/frames.h"

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <expected>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <variant>
#include <vector>

namespace nuages::inspect {

/// A server's door for inspectors: a local socket, and a thread that serves it.
///
/// Everyone who calls is greeted; one at a time may watch. What waits for a watcher that does not read is bounded:
/// batches stop coming when tell() says so, messages are counted instead of kept. Nothing here waits for an inspector.
class Door
{
public:
    /// Numbers those who have watched, from 1.
    using Watcher = std::uint64_t;

    struct Ears {
        std::function<void(Watcher)> arrived; ///< Someone wants to watch; begin() lets them.
        std::function<void()> left; ///< The watcher has gone.
        std::function<void()> hasRoom; ///< Comes once after each tell() that was false, if the watcher stays.
    };

    struct Limits {
        std::size_t bytes = std::size_t{8} << 20; ///< That wait for the watcher, about; one batch may exceed it.
        std::size_t callers = 16; ///< Beyond that they are hung up on.
    };

    using UserAt = std::optional<uid_t> (*)(int fd);

    /// Shut until open(). All of `ears` is called on the door's thread.
    explicit Door(Ears ears) : Door(std::move(ears), Limits()) { }
    Door(Ears ears, Limits limits, UserAt userAt = inspect::userAt);

    /// finish(), without patience.
    ~Door();
    Door(const Door &) = delete;
    Door &operator=(const Door &) = delete;

    /// Listens at the socket of `greeting.process` in `folder`, and removes those of servers that were killed. A
    /// sentence if that cannot be. At most once.
    [[nodiscard]] std::expected<void, std::string> open(const std::string &folder, const Greeting &greeting);

    /// Keeps what is told from now on for the first who watches, as if they had been there: arrived() is not called
    /// for them. Before anything is told.
    void expectFirst();

    /// Nobody is expected any more; false if nobody was, or somebody has come.
    bool giveUpFirst();

    /// From now on the watcher of this number is told, if it is still there. Any thread, as all that follows.
    void begin(Watcher watcher);

    /// Whether what is told now goes to anybody. Costs next to nothing.
    bool isWatched() const { return m_isTelling.load(std::memory_order_relaxed); }

    /// False: enough waits; the next batch is wanted after hasRoom().
    bool tell(std::shared_ptr<const trace::Batch> batch);

    /// Passes a message on, if anybody watches.
    void overhear(bool isFromServer, trace::Instant at, std::string_view body);

    /// Tells the watcher no more, and why: a sentence. Unless it has caught up, or has gone, since tell() was false.
    void hangUp(std::string why);

    /// Asks the watcher to show its window; false if there is none.
    bool show();

    /// Writes what waits, as far as it is taken within `patience`, hangs up, and removes the socket. The last call.
    void finish(std::chrono::milliseconds patience);

private:
    struct Caller {
        Descriptor socket;
        FrameReader said;
        std::string outgoing;
        std::size_t written = 0; ///< Of it.
        bool isLeaving = false; ///< When all is written.
    };
    using Entry = std::variant<std::shared_ptr<const trace::Batch>, std::string>;
    struct Queued {
        Entry entry;
        std::size_t bytes = 0;
    };

    void run();
    void accept();
    bool listenTo(Caller &caller);
    bool writeTo(Caller &caller);
    void watch(Caller &caller);
    void leave();
    void hangUpNow();
    bool refill(Caller &caller);
    bool hasQueued();
    void put(Queued queued);
    void wake() const;

    Ears m_ears;
    Limits m_limits;
    UserAt m_userAt;
    std::string m_greeting; ///< A frame.
    std::string m_path;
    Descriptor m_listener;
    Descriptor m_wake; ///< An eventfd.
    std::vector<std::unique_ptr<Caller>> m_callers; ///< Door's thread, like the next.
    Caller *m_watcher = nullptr;
    Watcher m_lastWatcher = 0;
    std::atomic<bool> m_isTelling = false; ///< Changes under the lock.

    std::mutex m_mutex; // guards what follows
    Watcher m_present = 0; ///< The watcher's number; 0 for none.
    bool m_isFirstExpected = false;
    std::deque<Queued> m_queue;
    std::size_t m_queued = 0; ///< Bytes of them, about.
    std::uint64_t m_lost = 0; ///< Messages since the last Lost frame.
    bool m_isFull = false; ///< tell() has said so.
    std::optional<std::string> m_hangUp; ///< Why the watcher is told no more.
    std::optional<std::chrono::steady_clock::time_point> m_end; ///< Set by finish().

    std::thread m_thread; // last: it uses all of the above
};

} // namespace nuages::inspect
