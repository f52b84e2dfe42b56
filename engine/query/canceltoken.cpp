#include "engine/query/canceltoken.h"

#include "engine/query/claimwaits.h"
#include "engine/query/occupant.h"

#include <algorithm>
#include <vector>

namespace nuages::query {

struct detail::CancelState {
    struct Watched {
        Occupant *occupant;
        ClaimWaits *waits;
    };
    mutable std::mutex mutex; // guards the rest
    bool isCancelled = false;
    std::vector<Watched> watched;
};

CancelToken::CancelToken() : m_state(std::make_shared<detail::CancelState>()) { }

void CancelToken::cancel() const
{
    std::scoped_lock lock(m_state->mutex);
    m_state->isCancelled = true;
    for (const auto &[occupant, waits] : m_state->watched) {
        occupant->stop();
        waits->wakeAll();
    }
}

bool CancelToken::isCancelled() const
{
    std::scoped_lock lock(m_state->mutex);
    return m_state->isCancelled;
}

void CancelToken::watch(detail::Occupant &occupant, detail::ClaimWaits &waits) const
{
    std::scoped_lock lock(m_state->mutex);
    m_state->watched.push_back({&occupant, &waits});
    if (m_state->isCancelled)
        occupant.stop();
}

void CancelToken::unwatch(const detail::Occupant &occupant) const
{
    std::scoped_lock lock(m_state->mutex);
    std::erase_if(m_state->watched, [&](const auto &watched) { return watched.occupant == &occupant; });
}

} // namespace nuages::query
