#include "engine/trace/recorder.h"

#include <algorithm>
#include <utility>

namespace nuages::trace {

using query::DependencyKey;
using query::Event;

namespace {

/// What recording one event takes: a look at the clock and a push.
std::uint64_t measuredEventNs(query::Clock &clock)
{
    constexpr int count = 1000;
    query::detail::EventRing ring;
    query::detail::EventRecord record{};
    ring.push(record); // allocates
    const Instant began = clock.now();
    for (int i = 0; i < count; ++i) {
        record.at = clock.now();
        ring.push(record);
    }
    return std::uint64_t(clock.now() - began) / count;
}

std::optional<Outcome> outcomeOf(Event::What what)
{
    switch (what) {
    case Event::What::ExecutedNew:
        return Outcome::ExecutedNew;
    case Event::What::ExecutedChanged:
        return Outcome::ExecutedChanged;
    case Event::What::ExecutedBackdated:
        return Outcome::ExecutedBackdated;
    case Event::What::ValidatedDeep:
        return Outcome::Validated;
    case Event::What::ValidatedShallow:
        return Outcome::NotChecked;
    case Event::What::Cancelled:
        return Outcome::Cancelled;
    case Event::What::CycleFound:
        return Outcome::Cycle;
    case Event::What::InputSet:
        return Outcome::InputSet;
    case Event::What::Blocked:
    case Event::What::Collected:
    case Event::What::Committed:
        break;
    }
    return std::nullopt;
}

} // namespace

Recorder::Recorder(query::Engine &engine)
    : m_engine(engine), m_revision(engine.revision()), m_droppedBefore(engine.droppedEvents()),
      m_dropped(m_droppedBefore), m_eventNs(measuredEventNs(engine.clock())), m_lastTaken(engine.clock().now())
{
    m_engine.takeEvents(); // of whoever watched before
    m_engine.setWatching(true);
}

Recorder::~Recorder() { m_engine.setWatching(false); }

Batch Recorder::take()
{
    const Instant began = m_engine.clock().now();
    addEvents();
    for (auto &[id, request] : std::exchange(m_moved, {}))
        m_batch.requests.push_back(std::move(request));
    const query::detail::DropCounts dropped = m_engine.droppedEvents();
    if (dropped.others != m_dropped.others) // What ran unseen may have read other things than before.
        walkAgain();
    m_dropped = dropped;
    addMemos();

    Batch batch = std::exchange(m_batch, {});
    batch.number = batch.isEmpty() ? m_batches : ++m_batches;
    batch.revision = m_engine.revision();
    batch.isPartial = !m_hasWalked || !m_unseen.empty();
    for (const query::KindTotals &kind : m_engine.kinds())
        batch.kinds.push_back({std::string(kind.name), kind.isInput, kind.memos, kind.counters});
    batch.cost = costSince(began);
    batch.takenAt = m_lastTaken;
    return batch;
}

void Recorder::gather()
{
    const Instant began = m_engine.clock().now();
    addEvents();
    tellUnseen();
    m_gatheringNs += std::uint64_t(m_engine.clock().now() - began);
}

void Recorder::addEvents()
{
    const std::vector<Event> events = m_engine.takeEvents();
    for (const Event &event : events)
        add(event);
    m_gathered += events.size();
}

/// One that is under way goes on first: else none would ever end where much happens and who is told is slow.
void Recorder::walkAgain()
{
    m_walksAgain = m_walksAgain || hasMore();
    if (m_hasWalked)
        m_hasWalked = m_mayWalk = false;
}

bool Recorder::forgo()
{
    constexpr std::size_t requestsKept = 1'000; // Those that moved last, so that none seems to run for ever.
    addEvents();
    const bool hasRun = !m_batch.executions.empty();
    const bool isAnything = hasRun || !m_batch.commits.empty() || !m_batch.texts.empty() || !m_batch.looks.empty();
    for (const Execution &execution : m_batch.executions) {
        const bool isValidation = execution.outcome == Outcome::Validated || execution.outcome == Outcome::NotChecked;
        ++(isValidation ? m_forgone.validations : m_forgone.others);
    }
    m_batch.commits.clear();
    m_forgone.others += m_batch.waits.size();
    m_batch.executions.clear();
    m_batch.waits.clear();
    m_batch.memos.clear();
    m_batch.texts.clear();
    m_batch.looks.clear();
    m_found.clear();
    while (m_moved.size() > requestsKept)
        m_moved.erase(m_moved.begin());
    std::ranges::sort(m_unseen);
    m_unseen.erase(std::ranges::unique(m_unseen).begin(), m_unseen.end());
    if (hasRun)
        walkAgain();
    return isAnything;
}

void Recorder::tellAnew()
{
    m_ids.clear();
    m_found.clear();
    m_moved = m_requests;
    m_batches = 0;
    m_droppedBefore = m_dropped;
    m_forgone = {};
    m_mayWalk = m_hasWalked = m_walksAgain = false;
    m_cursor = {};
}

Cost Recorder::costSince(Instant began)
{
    const Instant now = m_engine.clock().now();
    Cost cost;
    cost.takingNs = std::uint64_t(now - began) + std::exchange(m_gatheringNs, 0);
    cost.recordingNs = std::exchange(m_gathered, 0) * m_eventNs;
    cost.ofNs = std::uint64_t(now - (m_earliest > m_lastTaken ? m_earliest : m_lastTaken));
    cost.lostValidations = m_dropped.validations - m_droppedBefore.validations + m_forgone.validations;
    cost.lostOthers = m_dropped.others - m_droppedBefore.others + m_forgone.others;
    m_earliest = 0;
    m_lastTaken = now;
    return cost;
}

NodeId Recorder::idOf(DependencyKey key)
{
    if (key.kind == 0)
        return 0;
    const auto [found, isNew] = m_ids.try_emplace(key, NodeId(m_ids.size() + 1));
    const NodeId id = found->second;
    if (isNew) {
        query::KeyName name = m_engine.nameOf(key);
        const bool isInput = !name.field.empty();
        m_batch.nodes.push_back(
            {id, std::string(name.kind), std::move(name.key), std::string(name.field), std::move(name.path), isInput});
        if (isInput)
            m_unseen.push_back(key); // for its durability; no event tells of its birth
    }
    return id;
}

void Recorder::add(const Event &event)
{
    if (event.at != 0 && (m_earliest == 0 || event.at < m_earliest))
        m_earliest = event.at;
    if (event.what == Event::What::Committed && event.revision > m_revision) {
        m_revision = event.revision;
        m_batch.commits.push_back({event.revision, event.label, event.durability, event.at, event.sequence});
    }
    if (event.what == Event::What::Blocked) {
        m_batch.waits.push_back({.node = idOf(event.key),
                                 .waiter = idOf(event.parent),
                                 .revision = event.revision,
                                 .isDone = event.since == event.revision,
                                 .request = event.request,
                                 .thread = event.thread,
                                 .at = event.at,
                                 .ns = std::uint64_t(event.durationNs),
                                 .sequence = event.sequence});
    }
    const std::optional<Outcome> outcome = outcomeOf(event.what);
    if (!outcome)
        return;
    m_batch.executions.push_back({.node = idOf(event.key),
                                  .revision = event.revision,
                                  .outcome = *outcome,
                                  .reason = event.reason,
                                  .cause = idOf(event.cause),
                                  .parent = idOf(event.parent),
                                  .request = event.request,
                                  .durationNs = std::uint64_t(event.durationNs),
                                  .selfNs = std::uint64_t(event.selfNs),
                                  .since = event.since,
                                  .sequence = event.sequence,
                                  .edges = event.edges,
                                  .isUntracked = event.isUntracked,
                                  .at = isExecution(*outcome) ? event.at : 0,
                                  .thread = event.thread});
    if (isExecution(*outcome) || *outcome == Outcome::InputSet)
        m_unseen.push_back(event.key);
}

void Recorder::addMemos()
{
    m_mayWalk = m_mayWalk || m_engine.gate().openReaders == 0;
    if (m_mayWalk && !m_hasWalked)
        m_hasWalked = !m_engine.nextMemos(m_cursor, memosAtOnce, m_unseen);
    if (m_hasWalked) {
        m_cursor = {};
        if (std::exchange(m_walksAgain, false))
            walkAgain();
    }
    tellUnseen();
}

void Recorder::tellUnseen()
{
    std::vector<DependencyKey> seen;
    while (!m_unseen.empty()) { // naming what a memo read may find inputs that were never seen
        std::vector<DependencyKey> keys = std::exchange(m_unseen, {});
        std::ranges::sort(keys);
        keys.erase(std::ranges::unique(keys).begin(), keys.end());
        for (const DependencyKey key : keys) {
            const std::optional<query::MemoState> state = m_engine.memo(key);
            if (!state)
                continue;
            if (state->isBusy) {
                seen.push_back(key);
                continue;
            }
            Memo memo{idOf(key), state->changedAt, state->verifiedAt, state->durability, state->isUntracked,
                      {},        state->value};
            for (const DependencyKey read : state->reads)
                memo.reads.push_back(idOf(read));
            m_batch.memos.push_back(std::move(memo));
        }
    }
    m_unseen = std::move(seen);
}

void Recorder::textSet(std::string path, std::shared_ptr<const std::string> text)
{
    m_batch.texts.push_back({std::move(path), m_engine.revision(), std::move(text)});
}

void Recorder::looked(const std::string &path, Revision revision, std::vector<Mistake> mistakes)
{
    using Result = LookRecord::Result;
    const auto [found, isNew] = m_found.try_emplace(path);
    const bool isSame = !isNew && found->second == mistakes;
    if (!isSame)
        found->second = mistakes;
    m_batch.looks.push_back(
        {path, revision, isSame ? Result::Same : Result::Found, isSame ? std::vector<Mistake>() : std::move(mistakes)});
}

void Recorder::lookEnded(const std::string &path)
{
    if (m_found.erase(path) > 0)
        m_batch.looks.push_back({path, m_engine.revision(), LookRecord::Result::Ended, {}});
}

template <class Move>
void Recorder::moveRequest(RequestId id, Move move)
{
    const auto found = m_requests.find(id);
    if (found == m_requests.end())
        return;
    move(found->second);
    m_moved[id] = found->second;
}

void Recorder::requestArrived(RequestId id, std::string method, std::string document,
                              std::optional<std::int32_t> version)
{
    RequestRecord record;
    record.id = id;
    record.method = std::move(method);
    record.document = std::move(document);
    record.version = version;
    record.at = m_engine.clock().now();
    m_requests[id] = record;
    m_moved[id] = std::move(record);
}

void Recorder::requestStarted(RequestId id)
{
    moveRequest(id, [this](RequestRecord &request) {
        request.state = RequestRecord::State::Running;
        request.ended = m_engine.revision();
        if (++request.attempts == 1)
            request.begun = request.ended;
    });
}

void Recorder::requestReturned(RequestId id, bool began)
{
    moveRequest(id, [began](RequestRecord &request) {
        request.state = RequestRecord::State::Queued;
        if (!began && request.attempts > 0)
            --request.attempts;
    });
}

void Recorder::requestEnded(RequestId id, RequestRecord::State how, bool isNull)
{
    moveRequest(id, [this, how, isNull](RequestRecord &request) {
        request.state = how;
        request.isNull = isNull;
        request.durationNs = std::uint64_t(m_engine.clock().now() - request.at);
    });
    m_requests.erase(id);
}

} // namespace nuages::trace
