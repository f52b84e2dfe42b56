#include "engine/query/pool.h"

#include "engine/query/misuse.h"

#include <algorithm>

namespace nuages::query {

Pool::Pool(unsigned threads) : m_threadCount(std::max(threads, 1u)), m_backgroundSlots(std::max(threads, 2u) - 1) { }

Pool::~Pool()
{
    {
        std::scoped_lock lock(m_mutex);
        m_ending = true;
        m_changed.notifyAll();
    }
    for (const pthread_t thread : m_threads)
        pthread_join(thread, nullptr);
}

void Pool::submit(Urgency urgency, Job job)
{
    std::scoped_lock lock(m_mutex);
    if (m_threads.size() < m_threadCount)
        addThread();
    (urgency == Urgency::Background ? m_background : m_urgent).push_back(std::move(job));
    m_changed.notifyAll();
}

void Pool::addThread()
{
    m_threads.reserve(m_threads.size() + 1); // A thread that is not in the list would not be waited for.
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stackSize);
    pthread_t thread{};
    if (pthread_create(&thread, &attributes, &Pool::start, this) != 0)
        detail::misuse("the system has no room for another thread of the pool");
    pthread_attr_destroy(&attributes);
    m_threads.push_back(thread);
}

void Pool::drain()
{
    std::unique_lock lock(m_mutex);
    while (!m_urgent.empty() || !m_background.empty() || m_running != 0)
        m_changed.wait(lock);
}

void *Pool::start(void *pool)
{
    static_cast<Pool *>(pool)->work();
    return nullptr;
}

void Pool::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        const bool isBackground = m_urgent.empty();
        std::deque<Job> &queue = isBackground ? m_background : m_urgent;
        if (queue.empty() || (isBackground && !mayTakeBackground())) {
            if (m_ending && queue.empty())
                return;
            m_changed.wait(lock);
            continue;
        }
        Job job = std::move(queue.front());
        queue.pop_front();
        ++m_running;
        m_runningBackground += isBackground;
        lock.unlock();
        job();
        job = nullptr; // What it owns goes before anybody is told that it is done.
        lock.lock();
        --m_running;
        m_runningBackground -= isBackground;
        m_changed.notifyAll();
    }
}

} // namespace nuages::query
