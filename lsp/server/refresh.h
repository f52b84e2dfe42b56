#pragma once

#include "engine/query/clock.h"

#include <limits>
#include <optional>

namespace nuages::server {

/// When to ask a client that pulls diagnostics to pull them again: one question at a time, and not too often.
///
/// Owner thread.
class Refresh
{
public:
    /// Least time from one question to the next, in nanoseconds.
    static constexpr query::Instant pause = 200'000'000;

    void want() { m_isWanted = true; }

    /// When ask() may say yes; nullopt if nothing is wanted, or the client still has to respond.
    std::optional<query::Instant> dueAt() const
    {
        return m_isWanted && !m_isUnderWay ? std::optional(m_earliest) : std::nullopt;
    }

    /// Whether to ask now. If so, the question is under way.
    bool ask(query::Instant now)
    {
        if (!dueAt() || now < m_earliest)
            return false;
        m_isWanted = false;
        m_isUnderWay = true;
        m_earliest = now + pause;
        return true;
    }

    /// The client has responded.
    void answered() { m_isUnderWay = false; }

private:
    bool m_isWanted = false; ///< Since the last question.
    bool m_isUnderWay = false;
    query::Instant m_earliest = std::numeric_limits<query::Instant>::min();
};

} // namespace nuages::server
