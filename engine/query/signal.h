#pragma once

#include <condition_variable>
#include <mutex>

namespace nuages::query::detail {

/// A condition variable that a controlled scheduler can take over.
class Signal
{
public:
    /// Gives the lock up and sleeps until notifyAll(), or for no reason; check your condition again.
    void wait(std::unique_lock<std::mutex> &lock);

    void notifyAll();

private:
    std::condition_variable m_condition;
};

} // namespace nuages::query::detail
