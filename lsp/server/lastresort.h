#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <thread>

namespace nuages::server {

/// Ends what does not end by itself: a process must not outlive its client because one query never polls.
class LastResort
{
public:
    /// `end()` is called at most once, on a thread of this object, `patience` after arm().
    LastResort(std::chrono::milliseconds patience, std::function<void()> end);

    /// Calls it off.
    ~LastResort() = default;
    LastResort(const LastResort &) = delete;
    LastResort &operator=(const LastResort &) = delete;

    /// From now on the time runs; only the first call counts. Any thread.
    void arm();

private:
    std::chrono::milliseconds m_patience;
    std::function<void()> m_end;
    std::once_flag m_isArmed;
    std::jthread m_thread; // last: it uses the above
};

} // namespace nuages::server
