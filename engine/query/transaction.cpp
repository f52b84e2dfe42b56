#include "engine/query/transaction.h"

#include "engine/query/core.h"

namespace nuages::query {

/// `field` of kind 0: none in particular.
void Transaction::changed(Durability level, DependencyKey field)
{
    if (!m_highest || *m_highest < level)
        m_highest = level;
    if (field.kind == 0 || !m_core.ledger.isWatching())
        return;
    Event event;
    event.what = Event::What::InputSet;
    event.revision = m_core.clock.current() + 1;
    event.key = field;
    event.at = m_core.time.now();
    event.durability = level;
    m_core.ledger.add(event);
}

} // namespace nuages::query
