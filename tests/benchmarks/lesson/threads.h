#pragma once

#include "engine/query/pool.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace nuages::lesson {

/// From now on the calling thread runs on that processor alone, counted over those that the process may use.
///
/// In a real-time class a thread that wakes up does not get the processor from one that works, as it does otherwise,
/// but from one of lower priority. So whoever waits most of the time is `above` the readers there: the client by 2, an
/// owner by 1.
void takePlace(unsigned processor, int above = 0);

/// A thread that does what is posted, in turn.
class OwnerThread
{
public:
    using Job = std::move_only_function<void()>;

    /// When to call it again at the latest, if nothing is posted before; nullopt: not before.
    using Settle = std::function<std::optional<std::chrono::nanoseconds>()>;

    /// Calls `settle`, if there is one, whenever all that was posted is done.
    explicit OwnerThread(Settle settle = {});
    ~OwnerThread() { end(); }
    OwnerThread(const OwnerThread &) = delete;
    OwnerThread &operator=(const OwnerThread &) = delete;

    void post(Job job); ///< Any thread.
    void wait(Job job); ///< Posts it and returns when it is done. Any other thread.
    void end(); ///< Does what was posted, and ends the thread.

private:
    void run();

    Settle m_settle;
    std::mutex m_mutex; // guards the next two
    std::vector<Job> m_jobs;
    bool m_isEnding = false;
    std::condition_variable m_changed;
    std::thread m_thread; // Last: it uses the rest.
};

/// The engine's pool, each thread of which keeps to a processor.
class PinnedPool
{
public:
    explicit PinnedPool(unsigned threads) : m_pool(threads) { }

    void submit(query::Urgency urgency, query::Pool::Job job)
    {
        m_pool.submit(urgency, [this, job = std::move(job)]() mutable {
            takePlaceOnce();
            job();
        });
    }

private:
    void takePlaceOnce()
    {
        static thread_local bool hasPlace = false; // The threads are this pool's own.
        if (!std::exchange(hasPlace, true))
            takePlace(m_pinned++);
    }

    std::atomic<unsigned> m_pinned = 0;
    query::Pool m_pool; // Last: its threads use the rest.
};

} // namespace nuages::lesson
