#pragma once

#include "engine/query/gate.h"
#include "lsp/server/session.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nuages::tests {

/// A server between two steps of its schedule.
struct ServerState {
    enum class Step : std::uint8_t { OfOwner, OfJob, OfOther };

    query::GateState gate;
    std::vector<query::Laggard> laggards;
    server::Session::Census census;
    query::Instant now = 0;
    std::size_t waitingJobs = 0; ///< In the pool, not begun.
    std::size_t begunJobs = 0;
    Step step = Step::OfOther; ///< The one that ends here.
    bool isLeftAlone = false; ///< The owner sleeps, no message is on its way, and no timer will ring.
};

/// The invariants that concern the whole server, one function each; those of what a client sees are the ModelClient's.
class Invariants
{
public:
    /// Checks all of them after a step; returns the first that does not hold.
    std::optional<std::string> check(const ServerState &state);

private:
    using Broken = std::optional<std::string>;

    static Broken runningIsWhatThePoolHas(const ServerState &state);
    static Broken onlyARunningJobOwnsAReader(const ServerState &state);
    static Broken aWishIsMetAfterItWasMade(const ServerState &state);

    /// A write is applied within the grace of the readers and their longest poll gap: by the clock as to the grace, by
    /// steps of the threads concerned as to the rest.
    Broken aWriteIsAppliedInTime(const ServerState &state);

    struct Waiting {
        query::Wish met = 0; ///< The write comes after this one.
        query::Instant since = 0;
        int stepsOfToldReaders = 0;
        int stepsOfOwner = 0; ///< While no reader was open.
    };
    std::optional<Waiting> m_waiting;
};

} // namespace nuages::tests
