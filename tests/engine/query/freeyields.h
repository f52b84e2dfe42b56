#pragma once

#include "engine/query/yieldpoint.h"

#include <atomic>
#include <cstdint>
#include <thread>

namespace nuages::tests {

#ifdef NUAGES_YIELD_POINTS

/// While it lives, all threads run freely and give way at yield points as a seed decides, those that others have
/// started as well: other meetings for every seed. The threads that reach them must have ended before it goes.
class FreeYields final : public query::detail::YieldHook
{
public:
    explicit FreeYields(std::uint32_t seed) : m_seed(seed) { query::detail::freeHook = this; }
    ~FreeYields() override { query::detail::freeHook = nullptr; }
    FreeYields(const FreeYields &) = delete;
    FreeYields &operator=(const FreeYields &) = delete;

    void reached(const char * /*place*/) override
    {
        constexpr std::uint64_t factor = 0x9E3779B97F4A7C15u;
        constexpr std::uint64_t odds = 4; // One in so many places.
        constexpr std::uint64_t longest = 64; // turns
        const std::uint64_t chance =
            (m_seed * factor + m_reached.fetch_add(1, std::memory_order_relaxed)) * factor >> 32;
        if (chance % odds != 0)
            return;
        for (std::uint64_t turns = chance / odds % longest; turns > 0; --turns)
            std::this_thread::yield();
    }
    bool controlsSleep() const override { return false; }
    void sleep(const void * /*signal*/) override { }
    void wake(const void * /*signal*/) override { }

    std::uint64_t reachedCount() const { return m_reached; }

private:
    std::uint64_t m_seed;
    std::atomic<std::uint64_t> m_reached = 0;
};

#else

/// A release build has no yield points.
struct FreeYields {
    explicit FreeYields(std::uint32_t /*seed*/) { }
};

#endif

} // namespace nuages::tests
