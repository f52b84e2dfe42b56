#pragma once

#include <atomic>
#include <cstdint>

namespace nuages::server::detail {

#ifdef NUAGES_YIELD_POINTS

/// Ways to break the session on purpose, for the test of its schedules.
enum class Mutation : std::uint8_t { None, LostWish, SecondReply, StaleAttempt, LateToken, OlderDiagnostics };

inline std::atomic<Mutation> activeMutation{Mutation::None};

inline bool isMutated(Mutation mutation) { return activeMutation.load(std::memory_order_relaxed) == mutation; }

#define NUAGES_SESSION_MUTATED(name) ::nuages::server::detail::isMutated(::nuages::server::detail::Mutation::name)

#else

#define NUAGES_SESSION_MUTATED(name) false

#endif

} // namespace nuages::server::detail
