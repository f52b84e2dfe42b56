#include "engine/query/clock.h"

#include <chrono>

namespace nuages::query {

Clock &steadyClock()
{
    class SteadyClock final : public Clock
    {
    public:
        Instant now() override
        {
            const auto sinceStart = std::chrono::steady_clock::now().time_since_epoch();
            return std::chrono::duration_cast<std::chrono::nanoseconds>(sinceStart).count();
        }
    };
    static SteadyClock clock;
    return clock;
}

} // namespace nuages::query
