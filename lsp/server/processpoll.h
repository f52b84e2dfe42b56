#pragma once

#include "engine/query/clock.h"

#include <cstdint>
#include <optional>

#include <sys/types.h>

namespace nuages::server {

/// When a process began, in the system's ticks since it was started; nullopt if there is no such process, or nothing is
/// left of it but its exit code. 0 if the process is there and the system does not say more.
///
/// Source: proc(5), "/proc/pid/stat", fields 3 and 22.
std::optional<std::uint64_t> beginningOf(pid_t process);

/// Looks now and then whether a process still lives, for a system that gives out no descriptor of it. The time at which
/// it began tells it from a later process of the same number. Belongs to one thread.
class ProcessPoll
{
public:
    static constexpr query::Instant pause = 3'000'000'000; ///< 3 s from one look to the next.

    /// nullopt if there is no such process: then it is one of another machine or container, and not ours to watch.
    static std::optional<ProcessPoll> create(pid_t process, query::Clock &clock);

    /// Looks, if it is time, and returns whether the process has ended.
    bool hasEnded();

    /// Nanoseconds until the next look; 0 if it is due.
    query::Instant untilNextLook() const;

private:
    ProcessPoll(pid_t process, std::uint64_t began, query::Clock &clock);

    pid_t m_process;
    std::uint64_t m_began;
    query::Clock *m_clock;
    query::Instant m_nextLook;
};

} // namespace nuages::server
