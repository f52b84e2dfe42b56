#include "engine/query/engine.h"

#include "engine/query/misuse.h"
#include "engine/query/threadstate.h"

#include <algorithm>

namespace nuages::query {

Engine::Engine(Clock &clock) : m_owner(__builtin_thread_pointer()), m_core(clock) { }

Engine::~Engine()
{
    if (!m_core.gate->closeForGood())
        detail::misuse("an Engine dies while a Reader is open");
}

void Engine::checkOwner() const
{
    if (m_owner != __builtin_thread_pointer())
        detail::misuse("an Engine was used on a thread that did not make it; open a Reader there");
}

void Engine::checkAttach() const
{
    checkOwner();
    if (m_gaveTickets)
        detail::misuse("an object was attached to an Engine that has given out tickets");
}

void Engine::checkMayWrite() const
{
    checkOwner();
    if (m_isWriting)
        detail::misuse("a transaction was begun inside another one");
    if (detail::threadHasReader(*m_core.gate))
        detail::misuse("a transaction was begun on a thread that holds a Reader");
}

Ticket Engine::ticket(RequestId request)
{
    checkOwner();
    m_gaveTickets = true;
    return Ticket(m_core, m_core.gate, revision(), request, std::nullopt, Urgency::Background);
}

Ticket Engine::ticket(RequestId request, CancelToken token, Urgency urgency)
{
    checkOwner();
    m_gaveTickets = true;
    return Ticket(m_core, m_core.gate, revision(), request, std::move(token), urgency);
}

void Engine::beginWrite()
{
    checkMayWrite();
    m_core.gate->waitForExclusive();
    m_isWriting = true;
}

bool Engine::tryBeginWrite(Wish wish)
{
    checkMayWrite();
    m_isWriting = m_core.gate->tryBeginExclusive(wish);
    return m_isWriting;
}

void Engine::endWrite(const Transaction &transaction, std::string_view label, std::optional<Wish> met)
{
    if (transaction.m_highest)
        m_core.clock.advance(*transaction.m_highest);
    if (m_core.ledger.isWatching()) {
        Event event;
        event.what = Event::What::Committed;
        event.revision = revision();
        event.at = m_core.time.now();
        event.durability = transaction.m_highest.value_or(Durability::Low);
        m_core.ledger.add(event, label);
    }
    m_core.collector.work();
    m_isWriting = false;
    m_core.gate->endExclusive(met);
}

std::vector<WhyStep> Engine::why(DependencyKey key) const
{
    checkOwner();
    if (gate().openReaders != 0)
        detail::misuse("Engine::why was asked while a Reader is open");
    std::vector<WhyStep> steps;
    const auto isNew = [&steps](DependencyKey next) {
        return std::ranges::find(steps, next, &WhyStep::key) == steps.end();
    };
    while (key.kind != 0 && isNew(key)) {
        const detail::Kind &kind = detail::kindOf(key.kind);
        if (kind.isField()) {
            const detail::Stamp &stamp = kind.stamp(m_core, key.key);
            steps.push_back({key, detail::reasonOf(stamp, stamp.changedAt - 1), stamp.changedAt});
            break;
        }
        const detail::CellHeader *cell = m_core.columns.find(key);
        if (!cell || !cell->hasValue)
            break;
        steps.push_back({key, cell->reason, cell->changedAt});
        key = cell->cause;
    }
    return steps;
}

bool detail::isKept(Core &core, DependencyKey key)
{
    const Kind &kind = kindOf(key.kind);
    return !kind.keyStore || kind.hasKey(core, key.key);
}

std::vector<DependencyKey> Engine::ring(DependencyKey key) const
{
    checkOwner();
    if (gate().openReaders != 0)
        detail::misuse("Engine::ring was asked while a Reader is open");
    std::vector<DependencyKey> members;
    while (!std::ranges::contains(members, key)) {
        const detail::CellHeader *cell = m_core.columns.find(key);
        if (!cell || !cell->fellBack)
            return {};
        members.push_back(key);
        key = cell->edges()[cell->edgeCount - 1];
    }
    return key == members.front() ? members : std::vector<DependencyKey>();
}

std::string detail::describe(Core &core, DependencyKey key)
{
    if (key.kind == 0)
        return {};
    const Kind &kind = kindOf(key.kind);
    std::string text = std::string(kind.name) + "(";
    text += isKept(core, key) ? kind.describeKey(core, key.key) : forgottenKey;
    text += ")";
    if (kind.isField())
        text.append(".").append(kind.field);
    return text;
}

} // namespace nuages::query
