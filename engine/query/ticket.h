#pragma once

#include "engine/query/canceltoken.h"
#include "engine/query/revision.h"
#include "engine/query/urgency.h"

#include <memory>
#include <optional>
#include <utility>

namespace nuages::query {

class Engine;

namespace detail {
struct Core;
class Gate;
} // namespace detail

/// Permission to read one revision, made by the owner and moved into a task.
///
/// It cannot run queries and holds nobody up: when a write comes first, opening a Reader from it is refused, and
/// the work needs a new ticket. So it is when the engine has died.
class Ticket
{
public:
    Ticket(Ticket &&) noexcept = default;
    Ticket &operator=(Ticket &&) = delete;
    Ticket(const Ticket &) = delete;
    Ticket &operator=(const Ticket &) = delete;

    Revision revision() const { return m_revision; }
    RequestId request() const { return m_request; }
    Urgency urgency() const { return m_urgency; }

private:
    friend class Engine;
    friend class Reader;

    Ticket(detail::Core &core, std::shared_ptr<detail::Gate> gate, Revision revision, RequestId request,
           std::optional<CancelToken> token, Urgency urgency)
        : m_core(&core), m_gate(std::move(gate)), m_revision(revision), m_request(request), m_token(std::move(token)),
          m_urgency(urgency)
    {
    }

    detail::Core *m_core; ///< Alive for whom the gate lets in.
    std::shared_ptr<detail::Gate> m_gate;
    Revision m_revision;
    RequestId m_request;
    std::optional<CancelToken> m_token;
    Urgency m_urgency;
};

} // namespace nuages::query
