#pragma once

#include "engine/query/yieldpoint.h"

#include <concepts>
#include <mutex>
#include <utility>
#include <vector>

namespace nuages::server {

/// Values on their way from many threads to one, in the order in which they were put in.
///
/// Whoever puts a value into an empty mailbox must ring: the receiver may be asleep, and nobody else will wake it.
/// Values travel here and not in queued signals, because the race detector cannot see into Qt's queue.
template <class T>
class Mailbox
{
public:
    /// Appends `value`; true if the mailbox was empty, so that the caller must ring. Any thread.
    [[nodiscard]] bool put(T value)
    {
        return putMade([&] { return std::move(value); });
    }

    /// The same for a value that `make()` builds under the mailbox's lock: numbers given there are in order.
    template <std::invocable Make>
    [[nodiscard]] bool putMade(Make make)
    {
        NUAGES_YIELD("put into a mailbox");
        bool wasEmpty = false;
        {
            const std::scoped_lock lock(m_mutex);
            wasEmpty = m_values.empty();
            m_values.push_back(make());
        }
        NUAGES_YIELD("put, and not rung yet");
        return wasEmpty;
    }

    /// Everything that is in it, oldest first.
    std::vector<T> take()
    {
        NUAGES_YIELD("take from a mailbox");
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_values, {});
    }

private:
    std::mutex m_mutex; // guards m_values
    std::vector<T> m_values;
};

} // namespace nuages::server
