#include "tests/lsp/server/invariants.h"

#include "engine/query/urgency.h"

#include <format>

namespace nuages::tests {

namespace {

constexpr int longestPollGap = 60; // steps of all jobs; half of them may be those of the other pool thread
constexpr int longestTurn = 120; // steps of the owner, which may be busy when the last reader closes

} // namespace

std::optional<std::string> Invariants::check(const ServerState &state)
{
    if (auto broken = runningIsWhatThePoolHas(state))
        return broken;
    if (auto broken = onlyARunningJobOwnsAReader(state))
        return broken;
    if (auto broken = aWishIsMetAfterItWasMade(state))
        return broken;
    return aWriteIsAppliedInTime(state);
}

Invariants::Broken Invariants::runningIsWhatThePoolHas(const ServerState &state)
{
    // A job whose result was taken may not have returned to the pool yet.
    if (state.waitingJobs + state.gate.openReaders > state.census.running)
        return "a job runs that the session does not know";
    return std::nullopt;
}

Invariants::Broken Invariants::onlyARunningJobOwnsAReader(const ServerState &state)
{
    if (state.gate.openReaders > state.begunJobs)
        return "a reader is open outside of a running job";
    return std::nullopt;
}

Invariants::Broken Invariants::aWishIsMetAfterItWasMade(const ServerState &state)
{
    if (state.gate.metWish > state.gate.highestWish)
        return "a wish was met that was not made";
    return std::nullopt;
}

Invariants::Broken Invariants::aWriteIsAppliedInTime(const ServerState &state)
{
    const query::GateState &gate = state.gate;
    if (gate.metWish >= gate.highestWish) {
        m_waiting.reset();
        return std::nullopt;
    }
    if (!m_waiting || m_waiting->met != gate.metWish)
        m_waiting = Waiting{gate.metWish, state.now};

    const bool mayBeProtected = state.census.retries >= 3;
    if (state.now - m_waiting->since > (mayBeProtected ? query::protectedGrace : query::latencyGrace))
        return std::format("write {} waits longer than any grace", gate.metWish + 1);
    if (state.isLeftAlone)
        return std::format("nobody sees to it that write {} comes about", gate.metWish + 1);

    const bool areAllTold = state.laggards.size() == gate.openReaders;
    if (gate.openReaders > 0 && areAllTold && state.step == ServerState::Step::OfJob
        && ++m_waiting->stepsOfToldReaders > longestPollGap)
        return std::format("the reader of request {} was told to stop and does not", state.laggards.front().request);
    if (gate.openReaders == 0 && state.step == ServerState::Step::OfOwner && ++m_waiting->stepsOfOwner > longestTurn)
        return std::format("no reader is open, and the owner does not write {}", gate.metWish + 1);
    return std::nullopt;
}

} // namespace nuages::tests
