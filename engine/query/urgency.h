#pragma once

#include "engine/query/clock.h"

namespace nuages::query {

/// The number of the request that a piece of work is done for; 0 for none. Only shown, never interpreted.
using RequestId = std::uint64_t;

/// How long the next write waits for a reader before it is told to stop.
enum class Urgency : std::uint8_t {
    Background, ///< Not at all: diagnostics of the whole project, warming up.
    Latency, ///< `latencyGrace`: someone waits for the answer, and most answers take less.
    Protected, ///< `protectedGrace`: its third attempt, so that typing cannot starve it.
};

inline constexpr Instant latencyGrace = 5'000'000; // 5 ms
inline constexpr Instant protectedGrace = 250'000'000; // 250 ms

constexpr Instant graceOf(Urgency urgency)
{
    switch (urgency) {
    case Urgency::Latency:
        return latencyGrace;
    case Urgency::Protected:
        return protectedGrace;
    case Urgency::Background:
        break;
    }
    return 0;
}

} // namespace nuages::query
