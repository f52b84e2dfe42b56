#pragma once

#include <atomic>

namespace nuages::query::detail {

#ifdef NUAGES_YIELD_POINTS

/// What a controlled scheduler does at the places where threads may be switched. It runs on the thread that reached
/// the place, which holds no lock there.
class YieldHook
{
public:
    virtual ~YieldHook() = default;

    /// A place where another thread may run; returns when this one is chosen again.
    virtual void reached(const char *place) = 0;

    /// Whether sleeping is its business too; if not, a thread sleeps as if there were no scheduler.
    virtual bool controlsSleep() const = 0;

    /// Returns after wake() of the same `signal`.
    virtual void sleep(const void *signal) = 0;
    virtual void wake(const void *signal) = 0;
};

/// The scheduler of this thread; null on threads that run freely.
inline thread_local YieldHook *yieldHook = nullptr;

/// What all threads without a scheduler reach; null for nothing. It controls no sleep, and any thread may call it.
inline std::atomic<YieldHook *> freeHook{nullptr};

/// Ways to break the engine on purpose, for the test of the tests.
enum class Mutation {
    None,
    LostWish,
    DroppedEdge,
    NoBackdating,
    ForgottenDurability,
    ClaimNotReleased,
    WrongOrder,
    KeptStaleOutput,
    SkippedClaim,
    KeptCollectedKey,
    WrongFallback,
};

inline std::atomic<Mutation> activeMutation{Mutation::None};

inline bool isMutated(Mutation mutation) { return activeMutation.load(std::memory_order_relaxed) == mutation; }

inline void yieldPoint(const char *place)
{
    if (yieldHook)
        yieldHook->reached(place);
    else if (YieldHook *hook = freeHook.load(std::memory_order_acquire))
        hook->reached(place);
}

#define NUAGES_MUTATED(name) ::nuages::query::detail::isMutated(::nuages::query::detail::Mutation::name)
#define NUAGES_YIELD(place) ::nuages::query::detail::yieldPoint(place)

#else

#define NUAGES_MUTATED(name) false
#define NUAGES_YIELD(place) static_cast<void>(0)

#endif

} // namespace nuages::query::detail
