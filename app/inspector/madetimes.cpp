#include "app/inspector/madetimes.h"

namespace nuages::app {

trace::Batch withMadeTimes(trace::Batch batch)
{
    constexpr std::uint64_t stepNs = 10'000;
    constexpr std::uint64_t requestNs = 1'000'000;
    const auto madeAt = [](std::uint64_t sequence) { return trace::Instant(sequence * requestNs); };
    batch.takenAt = 0;
    for (trace::Commit &commit : batch.commits)
        commit.at = 0;
    for (trace::Execution &execution : batch.executions) {
        execution.selfNs = trace::isExecution(execution.outcome) ? stepNs * (1 + execution.edges) : 0;
        execution.durationNs = execution.selfNs;
        execution.at = trace::isExecution(execution.outcome) ? madeAt(execution.sequence) : 0;
    }
    for (trace::Wait &wait : batch.waits) {
        wait.at = madeAt(wait.sequence);
        wait.ns = stepNs;
    }
    for (trace::RequestRecord &request : batch.requests) {
        request.at = 0;
        request.durationNs = request.durationNs == 0 ? 0 : requestNs;
    }
    batch.cost.takingNs = batch.cost.recordingNs = 0;
    return batch;
}

} // namespace nuages::app
