#pragma once

#include <cstdint>

namespace nuages::query {

/// Nanoseconds on a clock that never goes back; only differences mean anything.
using Instant = std::int64_t;

/// Where the engine gets the time from, so that tests need no real time. now() is called from any thread.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual Instant now() = 0;
};

/// The machine's steady clock.
Clock &steadyClock();

} // namespace nuages::query
