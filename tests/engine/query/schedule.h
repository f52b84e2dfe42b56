#pragma once

#include "engine/query/yieldpoint.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace nuages::tests {

/// Runs threads one at a time and decides, by seed, which one goes on at each yield point.
///
/// Each thread has a random priority and the highest one that can run does; at random steps the running thread is
/// moved to the end. The same seed and the same bodies give the same trace. When every thread sleeps, the schedule is
/// hung: then those that sleep get Aborted thrown and everything runs to its end.
///
/// Source: Burckhardt and others, "A randomized scheduler with probabilistic guarantees of finding bugs", 2010.
class Schedule
{
public:
    /// Thrown out of a wait that nobody would ever end.
    struct Aborted {
    };

    explicit Schedule(std::uint64_t seed);
    ~Schedule();
    Schedule(const Schedule &) = delete;
    Schedule &operator=(const Schedule &) = delete;

    /// Called at each step, on the thread that runs; it must reach no yield point.
    void setCheck(std::function<void()> check) { m_check = std::move(check); }

    /// Runs all bodies to their end, the first on the calling thread. A body may let Aborted out, nothing else.
    void run(const std::vector<std::function<void()>> &bodies);

    bool isHung() const { return m_isHung; }

    /// "2 claim": thread and place of each step.
    std::string traceText() const;
    std::size_t stepCount() const { return m_trace.size(); }

private:
    struct Participant;
    struct Step {
        std::uint32_t thread;
        const char *place;
    };

    void takePart(Participant &participant, const std::function<void()> &body);
    Participant *highestRunnable() const;
    void switchFrom(Participant &participant);
    void hang();
    std::uint32_t random();

    std::uint64_t m_random;
    std::uint32_t m_oddsOfDemotion; ///< One in so many steps.
    std::int64_t m_lowest = 0;
    std::vector<std::unique_ptr<Participant>> m_participants;
    std::vector<Step> m_trace;
    std::function<void()> m_check;
    bool m_isHung = false;
};

} // namespace nuages::tests
