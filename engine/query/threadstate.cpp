#include "engine/query/threadstate.h"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <cstddef>

namespace nuages::query::detail {

namespace {

constexpr std::size_t reserve = 256 * 1024; // bytes left for what the deepest query calls
constexpr std::size_t unlimitedStack = 8 * 1024 * 1024; // bytes assumed where the system sets no limit

} // namespace

const char *measuredLimit()
{
    pthread_attr_t attributes;
    const char *here = static_cast<const char *>(__builtin_frame_address(0));
    if (pthread_getattr_np(pthread_self(), &attributes) != 0)
        return here - unlimitedStack / 2;
    void *low = nullptr;
    std::size_t size = 0;
    pthread_attr_getstack(&attributes, &low, &size);
    pthread_attr_destroy(&attributes);
    const char *high = static_cast<const char *>(low) + size;
    const std::size_t used = std::min(size, std::size_t(1) << 30) == size ? size : unlimitedStack;
    return high - used + std::min(reserve, used / 4);
}

std::uint32_t threadNumber()
{
    static std::atomic<std::uint32_t> count{0};
    thread_local const std::uint32_t number = count.fetch_add(1, std::memory_order_relaxed) + 1;
    return number;
}

} // namespace nuages::query::detail
