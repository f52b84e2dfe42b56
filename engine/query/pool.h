#pragma once

#include "engine/query/signal.h"
#include "engine/query/task.h"

#include <pthread.h>

#include <deque>
#include <functional>
#include <vector>

namespace nuages::query {

/// Threads for readers: POSIX threads of equal priority with large stacks, behind one guarded queue.
///
/// All functions may be called from any thread that is not of the pool. Jobs of one urgency start in order; others
/// go before background jobs, which may use all threads but one, so that someone who waits never waits for them.
class Pool
{
public:
    using Job = std::move_only_function<void()>;

    static constexpr std::size_t stackSize = 16 * 1024 * 1024; // bytes of each thread: queries nest

    /// Has at most `threads` threads, at least one; with one, background jobs may use it. Each of the first jobs brings
    /// a thread along, so that a pool without work costs none.
    explicit Pool(unsigned threads);

    /// Runs what is queued, then ends the threads.
    ~Pool();
    Pool(const Pool &) = delete;
    Pool &operator=(const Pool &) = delete;

    /// Queues `job`, which must not throw and must not wait for another job or for the caller.
    void submit(Urgency urgency, Job job);

    /// Queues a task; `done(Outcome)` is called on a pool thread, with the Reader closed.
    template <class F, class... A, class Done>
    void submit(Task<F, A...> work, Done done)
    {
        const Urgency urgency = work.ticket.urgency();
        submit(urgency, [work = std::move(work), done = std::move(done)]() mutable { done(runTask(std::move(work))); });
    }

    /// Blocks until nothing is queued or running.
    void drain();

    unsigned threadCount() const { return m_threadCount; }

private:
    static void *start(void *pool);
    void addThread();
    void work();
    bool mayTakeBackground() const { return m_runningBackground < m_backgroundSlots; }

    unsigned m_threadCount;
    std::size_t m_backgroundSlots;

    std::mutex m_mutex; // guards the rest
    std::vector<pthread_t> m_threads;
    detail::Signal m_changed;
    std::deque<Job> m_urgent;
    std::deque<Job> m_background;
    std::size_t m_running = 0;
    std::size_t m_runningBackground = 0;
    bool m_ending = false;
};

} // namespace nuages::query
