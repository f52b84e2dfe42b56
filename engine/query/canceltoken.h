#pragma once

#include <memory>

namespace nuages::query {

class Reader;

namespace detail {
class ClaimWaits;
struct Occupant;
struct CancelState;
} // namespace detail

/// Says that the answer to one request is no longer wanted. Copies share one state; all calls are thread-safe.
///
/// A token outlives the readers it stopped, and may be used before they exist: it can be neither early nor late.
class CancelToken
{
public:
    CancelToken();

    /// Stops every reader opened with this token, now and from now on; returns at once.
    void cancel() const;

    bool isCancelled() const;

private:
    friend class Reader;

    /// Stops `occupant` on cancel(), and at once if that has been called already.
    void watch(detail::Occupant &occupant, detail::ClaimWaits &waits) const;
    void unwatch(const detail::Occupant &occupant) const;

    std::shared_ptr<detail::CancelState> m_state;
};

} // namespace nuages::query
