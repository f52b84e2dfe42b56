#include "engine/query/signal.h"

#include "engine/query/yieldpoint.h"

namespace nuages::query::detail {

void Signal::wait(std::unique_lock<std::mutex> &lock)
{
#ifdef NUAGES_YIELD_POINTS
    if (yieldHook && yieldHook->controlsSleep()) {
        // Only one scheduled thread runs at a time, so nobody can notify between these two lines.
        lock.unlock();
        yieldHook->sleep(this);
        lock.lock();
        return;
    }
#endif
    m_condition.wait(lock);
}

void Signal::notifyAll()
{
#ifdef NUAGES_YIELD_POINTS
    if (yieldHook && yieldHook->controlsSleep())
        yieldHook->wake(this);
#endif
    m_condition.notify_all();
}

} // namespace nuages::query::detail
