#include "engine/query/reader.h"

#include "engine/query/core.h"
#include "engine/query/failure.h"
#include "engine/query/misuse.h"
#include "engine/query/threadstate.h"

namespace nuages::query {

using namespace detail;

Reader::Reader(Ticket ticket)
    : m_thread(__builtin_thread_pointer()), m_core(ticket.m_core), m_gate(std::move(ticket.m_gate)),
      m_stackLimit(stackLimit()), m_token(std::move(ticket.m_token))
{
    if (threadHasReader(*m_gate))
        misuse("a second Reader was opened on one thread");
    NUAGES_YIELD("open a reader");
    if (m_token && m_token->isCancelled())
        throw Cancelled{Cancelled::Why::RequestCancelled};
    m_self.urgency = ticket.m_urgency;
    m_self.request = ticket.m_request;
    enter(ticket.m_revision);
    m_columns = m_core->columns.first();
    m_hits = m_scratch->hits.data();
    m_isWatched = m_core->ledger.isWatching();
    addReaderOfThread(m_self, *m_gate);
}

Reader::~Reader()
{
    checkThread();
    if (!m_scratch->claims.empty())
        abandon();
    if (m_token)
        m_token->unwatch(m_self);
    removeReaderOfThread(m_self);
    NUAGES_YIELD("close a reader");
    const Gate::Lock lock(m_gate->mutex());
    m_core->ledger.takeBack(lock, *m_scratch);
    m_gate->leave(lock, m_self); // Last: the engine may die as soon as nobody is in it.
}

void Reader::enter(Revision ticketRevision)
{
    const Gate::Lock lock(m_gate->mutex());
    m_gate->enter(lock, m_self, ticketRevision); // From here on the engine is alive.
    try {
        if (m_token)
            m_token->watch(m_self, m_core->waits);
        m_scratch = &m_core->ledger.lend(lock);
    } catch (...) { // There was no memory, and nobody destroys what was never constructed.
        if (m_token)
            m_token->unwatch(m_self);
        m_gate->leave(lock, m_self);
        throw;
    }
}

void Reader::wrongThread() { misuse("a Reader was used on a thread that did not make it"); }

void Reader::nothingAttached() { misuse("a query asked for an object that was not attached to the engine"); }

/// What threw now must come out of the query that runs, or the query would be kept without it.
void Reader::noteThrown()
{
    if (m_frame)
        ++m_unreturned;
}

void Reader::stopNow()
{
    noteThrown();
    m_hasStopped = m_frame != nullptr;
    // A request nobody waits for is not tried again, whatever else is going on.
    if (m_token && m_token->isCancelled())
        throw Cancelled{Cancelled::Why::RequestCancelled};
    throw Cancelled{Cancelled::Why::WriteWanted};
}

void Reader::cycleFound(DependencyKey wanted, const std::vector<DependencyKey> &members)
{
    ++m_scratch->counters[wanted.kind].cycles;
    record(Event::What::CycleFound, wanted, m_scratch->claims.empty() ? DependencyKey{} : m_scratch->claims.back().key,
           0);
    m_ring = members; // Named when nobody waits for it any more.
    m_hasStopped = true;
    throw CycleError{};
}

void Reader::reportUntrackedRead()
{
    checkThread();
    if (m_frame)
        m_frame->addUntracked();
}

/// The memo that needs `cell`, which is the uppermost claim itself unless it needed none.
DependencyKey Reader::parentOf(const CellHeader &cell) const
{
    const auto &claims = m_scratch->claims;
    const std::size_t itself = !claims.empty() && claims.back().cell == &cell ? 1 : 0;
    return claims.size() == itself ? DependencyKey{} : claims[claims.size() - 1 - itself].key;
}

void Reader::record(Event::What what, DependencyKey key, DependencyKey parent, Revision since)
{
    if (!m_isWatched)
        return;
    EventRecord event{};
    event.what = what;
    event.key = key;
    event.parent = parent;
    event.since = since;
    push(event);
}

void Reader::push(EventRecord event)
{
    event.sequence = m_core->ledger.nextSequence();
    event.request = m_self.request;
    event.revision = revision();
    event.reader = m_self.id;
    event.thread = threadNumber();
    m_scratch->ring.push(event);
}

} // namespace nuages::query
