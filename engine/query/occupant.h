#pragma once

#include "engine/query/dependencykey.h"
#include "engine/query/revision.h"
#include "engine/query/urgency.h"

#include <atomic>
#include <optional>

namespace nuages::query::detail {

class Gate;

inline constexpr std::uint32_t stopBit = 1u << 31;
static_assert(stopBit == lastRevision + 1);

/// The part of an open Reader that other threads may touch.
struct Occupant {
    /// The revision being read. Whoever wants the reader to stop sets bit 31: the one compare of a hit then fails,
    /// and the slow path finds out why.
    std::atomic<std::uint32_t> epoch{0};

    std::uint32_t id = 0; ///< Of this reader in its engine, from 1; what a claim names.
    Urgency urgency = Urgency::Background;
    RequestId request = 0;

    std::atomic<std::uint64_t> running{0}; ///< The query it last began, packed; to name a reader that does not stop.

    std::optional<Instant>
        stopAt; ///< When it is to be told to stop; none while no write is wanted. Guarded by the gate.
    std::optional<Instant> toldAt; ///< When it was told. Guarded by the gate.

    // Of the reader's own thread.
    const Gate *gate = nullptr; ///< Of its engine.
    Occupant *nextOnThread = nullptr; ///< A reader of another engine that is open there too.

    void publishRunning(DependencyKey key)
    {
        running.store(std::uint64_t(key.kind) << 32 | key.key, std::memory_order_relaxed);
    }
    DependencyKey lastBegun() const
    {
        const std::uint64_t packed = running.load(std::memory_order_relaxed);
        return {static_cast<std::uint32_t>(packed >> 32), static_cast<std::uint32_t>(packed)};
    }
    void stop() { epoch.fetch_or(stopBit, std::memory_order_relaxed); }
};

} // namespace nuages::query::detail
