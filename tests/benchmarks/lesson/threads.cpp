#include "tests/benchmarks/lesson/threads.h"

#include <latch>

#include <pthread.h>
#include <sched.h>
#include <unistd.h>

namespace nuages::lesson {

namespace {

/// What the process was given. A thread that starts another hands its own place on.
struct Given {
    cpu_set_t processors;
    int policy = 0;
    sched_param parameters{};

    Given()
    {
        CPU_ZERO(&processors);
        ::sched_getaffinity(::getpid(), sizeof processors, &processors);
        policy = ::sched_getscheduler(::getpid());
        ::sched_getparam(::getpid(), &parameters);
    }
};

} // namespace

void takePlace(unsigned processor, int above)
{
    static const Given given;
    if (given.policy == SCHED_RR || given.policy == SCHED_FIFO) {
        sched_param parameters = given.parameters;
        parameters.sched_priority += above;
        ::pthread_setschedparam(::pthread_self(), given.policy, &parameters);
    }
    unsigned left = processor % unsigned(CPU_COUNT(&given.processors));
    for (unsigned each = 0; each < CPU_SETSIZE; ++each) {
        if (!CPU_ISSET(each, &given.processors) || left-- > 0)
            continue;
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(each, &one);
        ::pthread_setaffinity_np(::pthread_self(), sizeof one, &one);
        return;
    }
}

OwnerThread::OwnerThread(Settle settle) : m_settle(std::move(settle)), m_thread([this] { run(); }) { }

void OwnerThread::post(Job job)
{
    const std::scoped_lock lock(m_mutex);
    m_jobs.push_back(std::move(job));
    m_changed.notify_one();
}

void OwnerThread::wait(Job job)
{
    std::latch done(1);
    post([&] {
        job();
        done.count_down();
    });
    done.wait();
}

void OwnerThread::end()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isEnding = true;
        m_changed.notify_one();
    }
    if (m_thread.joinable())
        m_thread.join();
}

void OwnerThread::run()
{
    takePlace(0, 1);
    std::optional<std::chrono::nanoseconds> again;
    for (;;) {
        std::vector<Job> jobs;
        {
            std::unique_lock lock(m_mutex);
            const auto isDue = [this] { return !m_jobs.empty() || m_isEnding; };
            if (again)
                m_changed.wait_for(lock, *again, isDue);
            else
                m_changed.wait(lock, isDue);
            if (m_jobs.empty() && m_isEnding)
                return;
            jobs.swap(m_jobs);
        }
        for (Job &job : jobs)
            job();
        again = m_settle ? m_settle() : std::nullopt;
    }
}

} // namespace nuages::lesson
