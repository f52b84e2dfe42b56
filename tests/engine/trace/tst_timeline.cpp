#include "engine/trace/timeline.h"

#include "engine/query/task.h"
#include "engine/query/threadstate.h"
#include "tests/engine/query/pages.h"
#include "tests/engine/trace/madeup.h"
#include "tests/engine/trace/watched.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <latch>
#include <map>
#include <thread>

using namespace nuages;
using namespace nuages::tests;
using trace::BlockedInterval;
using trace::Execution;
using trace::Instant;
using trace::Lane;
using trace::NodeId;
using trace::Outcome;
using trace::Span;
using trace::TimeLine;

class TestTimeLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRunIsASpanOnItsThread();
    void aSpanLiesWithinWhatAskedForIt();
    void whoSleptAndForWhom();
    void ofAWaitThatWasGivenUpNobodyIsNamed();
    void spansThatOverlapAreInRowsOfTheirOwn();
    void requestsAreFromArrivalToReply();
    void waitsGoWithTheirRevision();
    void ofNothingThereIsNothing();
};

namespace {

/// What a query of this test waits for, from outside.
struct Turnstile {
    std::atomic<bool> hasBegun = false;
    std::atomic<bool> mayEnd = false;
};

struct Held {
    static long run(query::Reader &db, Page page)
    {
        auto &turnstile = db.attached<Turnstile>();
        turnstile.hasBegun = true;
        while (!turnstile.mayEnd) {
            db.poll();
            std::this_thread::yield();
        }
        return db.get<LineCount>(page);
    }
};

struct AboveHeld {
    static long run(query::Reader &db, Page page) { return db.get<Held>(page) + 1; }
};

/// Counts how often each thread has looked at it.
class CountedClock final : public query::Clock
{
public:
    query::Instant now() override
    {
        ++m_looks[query::detail::threadNumber() % m_looks.size()];
        return m_now += 1'000;
    }
    int looksOf(std::uint32_t thread) const { return m_looks[thread % m_looks.size()]; }

private:
    std::atomic<query::Instant> m_now{0};
    std::array<std::atomic<int>, 64> m_looks{};
};

template <class Q>
auto taskFor(query::Ticket ticket, Page page)
{
    return query::task(std::move(ticket), [](query::Reader &db, Page key) { return db.get<Q>(key); }, page);
}

std::vector<Span> all(const TimeLine &line)
{
    std::vector<Span> spans;
    for (const Lane &lane : line.lanes) {
        for (const std::vector<Span> &row : lane.rows)
            spans.insert(spans.end(), row.begin(), row.end());
    }
    return spans;
}

} // namespace

void TestTimeLine::everyRunIsASpanOnItsThread()
{
    for (std::uint32_t seed = 1; seed <= 10; ++seed) {
        WatchedWorld watched(seed, seed % 2 == 0);
        for (int step = 0; step < 20; ++step) {
            const auto work = [](query::Reader &db, NodeInput node) { return db.get<Node>(node); };
            std::thread other([task = query::task(watched.engine.ticket(7), work,
                                                  watched.ground.nodes[watched.random() % nodeCount])]() mutable {
                (void)query::runTask(std::move(task));
            });
            other.join();
            watched.askAround();
            watched.edit();
            watched.feed();
        }
        const trace::Revision first = 5;
        const trace::Revision last = 15;
        const TimeLine line = trace::timeLine(watched.store, first, last);
        std::map<std::uint64_t, const Execution *> runs;
        for (const Execution &each : watched.log) {
            if (isExecution(each.outcome) && each.revision >= first && each.revision <= last)
                runs.emplace(each.sequence, &each);
        }
        QCOMPARE(line.spans(), runs.size());
        QCOMPARE(line.untimed, 0u);
        QVERIFY(line.lanes.size() > 1);
        for (const Lane &lane : line.lanes) {
            for (const std::vector<Span> &row : lane.rows) {
                for (const Span &span : row) {
                    const Execution &run = *runs.at(span.sequence);
                    QCOMPARE(lane.thread, run.thread);
                    QCOMPARE(span.node, run.node);
                    QCOMPARE(span.at, run.at);
                    QCOMPARE(span.ns, run.durationNs);
                    QCOMPARE(span.outcome, run.outcome);
                    QVERIFY(span.at >= line.begin && span.end() <= line.end);
                }
            }
        }
    }
}

void TestTimeLine::aSpanLiesWithinWhatAskedForIt()
{
    WatchedWorld watched(3);
    for (int step = 0; step < 200; ++step) {
        watched.askAround();
        watched.edit();
        watched.feed();
    }
    const TimeLine line = trace::timeLine(watched.store, 0, watched.store.revision());
    QVERIFY(line.spans() > 50);
    QVERIFY(line.lanes.front().rows.size() > 2);
    std::map<std::pair<NodeId, trace::Revision>, std::pair<const Span *, std::size_t>> byNode;
    for (const Lane &lane : line.lanes) {
        for (std::size_t depth = 0; depth < lane.rows.size(); ++depth) {
            const std::vector<Span> &row = lane.rows[depth];
            for (std::size_t at = 0; at < row.size(); ++at) {
                QVERIFY(at == 0 || row[at - 1].end() <= row[at].at);
                byNode[{row[at].node, row[at].revision}] = {&row[at], depth};
            }
        }
    }
    int within = 0;
    for (const Execution &each : watched.log) {
        const auto inner = byNode.find({each.node, each.revision});
        const auto outer = byNode.find({each.parent, each.revision});
        if (!isExecution(each.outcome) || each.parent == 0 || inner == byNode.end() || outer == byNode.end())
            continue;
        const auto &[innerSpan, innerDepth] = inner->second;
        const auto &[outerSpan, outerDepth] = outer->second;
        if (innerSpan->end() < outerSpan->at) // It was looked at before whoever needed it had to run.
            continue;
        QVERIFY(innerSpan->at >= outerSpan->at && innerSpan->end() <= outerSpan->end());
        QVERIFY(innerDepth > outerDepth);
        ++within;
    }
    QVERIFY(within > 20);
}

void TestTimeLine::whoSleptAndForWhom()
{
    Turnstile turnstile;
    CountedClock clock;
    query::Engine engine(clock);
    engine.attach(turnstile);
    trace::Recorder recorder(engine);
    const Page page = makePage(engine, "a.html", "x");
    std::uint32_t working = 0;
    std::atomic<std::uint32_t> waiting = 0;
    std::thread first([&, work = taskFor<Held>(engine.ticket(1), page)]() mutable {
        working = query::detail::threadNumber();
        (void)query::runTask(std::move(work));
    });
    while (!turnstile.hasBegun)
        std::this_thread::yield();
    std::thread second([&, work = taskFor<AboveHeld>(engine.ticket(2), page)]() mutable {
        waiting = query::detail::threadNumber();
        (void)query::runTask(std::move(work));
    });
    // It looks at the clock when AboveHeld begins, and again when it meets the claim.
    while (waiting == 0 || clock.looksOf(waiting) < 2)
        std::this_thread::yield();
    turnstile.mayEnd = true;
    first.join();
    second.join();
    trace::Store store;
    store.apply(recorder.take());

    const TimeLine line = trace::timeLine(store, 1, store.revision());
    QCOMPARE(line.blocked.size(), 1u);
    const BlockedInterval &blocked = line.blocked.front();
    const NodeId held = store.find("Held(a.html)");
    QCOMPARE(blocked.wait.node, held);
    QCOMPARE(blocked.wait.waiter, store.find("AboveHeld(a.html)"));
    QCOMPARE(blocked.wait.request, 2u);
    QCOMPARE(blocked.wait.thread, waiting.load());
    QVERIFY(blocked.wait.isDone);
    QCOMPARE(blocked.holder, working);
    const std::vector<Span> spans = all(line);
    const Span &run = *std::ranges::find_if(spans, [&](const Span &each) { return each.node == held && !each.isWait; });
    QCOMPARE(run.sequence, blocked.released);
    QVERIFY(blocked.wait.at + Instant(blocked.wait.ns) >= run.end());
    QCOMPARE(line.lanes.size(), 2u);
    const Lane &lane = *std::ranges::find(line.lanes, waiting.load(), &Lane::thread);
    QCOMPARE(lane.rows.size(), 2u); // It slept within what it ran.
    QVERIFY(lane.rows[1].front().isWait);
    QCOMPARE(engine.counters("Held").blocked, 1u);
}

void TestTimeLine::ofAWaitThatWasGivenUpNobodyIsNamed()
{
    MadeUp made;
    const NodeId tree = made.add("Tree", "a");
    trace::Execution run = made.happened(tree, Outcome::ExecutedNew);
    trace::Batch batch;
    for (const bool isDone : {false, true})
        batch.waits.push_back({.node = tree,
                               .revision = 1,
                               .isDone = isDone,
                               .thread = 2,
                               .at = 5,
                               .ns = isDone ? 4u : 9u,
                               .sequence = ++made.sequence});
    made.tell(batch);
    const TimeLine line = trace::timeLine(made.store, 1, 1);
    QCOMPARE(line.blocked.size(), 2u);
    QCOMPARE(line.blocked[0].wait.ns, 9u);
    QCOMPARE(line.blocked[0].released, 0u);
    QCOMPARE(line.blocked[1].released, run.sequence);
}

void TestTimeLine::spansThatOverlapAreInRowsOfTheirOwn()
{
    MadeUp made;
    trace::Batch batch;
    for (NodeId node = 1; node <= 4; ++node)
        batch.nodes.push_back({node, "Tree", std::to_string(node), {}, {}, false});
    const std::pair<Instant, std::uint64_t> times[] = {{10, 20}, {15, 30}, {45, 5}, {45, 5}};
    for (NodeId node = 1; node <= 4; ++node) {
        const auto &[at, ns] = times[node - 1];
        batch.executions.push_back({.node = node,
                                    .revision = 1,
                                    .outcome = Outcome::ExecutedNew,
                                    .durationNs = ns,
                                    .sequence = node,
                                    .at = at,
                                    .thread = 7});
    }
    batch.executions.push_back({.node = 1, .revision = 1, .outcome = Outcome::ExecutedChanged, .sequence = 9});
    made.tell(batch);
    const TimeLine line = trace::timeLine(made.store, 1, 1);
    QCOMPARE(line.lanes.size(), 1u);
    QCOMPARE(line.untimed, 1u);
    std::vector<std::vector<NodeId>> rows;
    for (const std::vector<Span> &row : line.lanes.front().rows) {
        rows.emplace_back();
        for (const Span &span : row)
            rows.back().push_back(span.node);
    }
    QCOMPARE(rows, (std::vector<std::vector<NodeId>>{{1, 4}, {2, 3}}));
    QCOMPARE(line.begin, 10);
    QCOMPARE(line.end, 50);
}

void TestTimeLine::requestsAreFromArrivalToReply()
{
    using State = trace::RequestRecord::State;
    MadeUp made;
    const auto request = [](trace::RequestId id, State state, trace::Revision ended, Instant at, std::uint64_t ns) {
        return trace::RequestRecord{.id = id,
                                    .method = "m",
                                    .document = {},
                                    .state = state,
                                    .begun = 1,
                                    .ended = ended,
                                    .attempts = 1,
                                    .at = at,
                                    .durationNs = ns};
    };
    trace::Batch batch;
    batch.requests = {request(1, State::Answered, 1, 10, 30), request(2, State::Answered, 1, 20, 5),
                      request(3, State::Answered, 1, 30, 5),  request(4, State::Running, 1, 30, 0),
                      request(5, State::Answered, 2, 90, 5),  request(trace::ownWork | 1, State::Cancelled, 1, 40, 5)};
    made.tell(batch);
    const TimeLine line = trace::timeLine(made.store, 1, 1);
    std::vector<std::vector<trace::RequestId>> rows;
    for (const auto &row : line.requests) {
        rows.emplace_back();
        for (const trace::RequestRecord &each : row)
            rows.back().push_back(each.id);
    }
    QCOMPARE(rows, (std::vector<std::vector<trace::RequestId>>{{1, trace::ownWork | 1}, {2, 3}}));
    QCOMPARE(line.begin, 10);
    QCOMPARE(line.end, 45);
}

void TestTimeLine::waitsGoWithTheirRevision()
{
    MadeUp made({.executions = 3, .waits = 3});
    const NodeId tree = made.add("Tree", "a");
    const auto tellWait = [&] {
        trace::Batch batch;
        batch.waits.push_back(
            {.node = tree, .revision = made.revision, .thread = 1, .at = 1, .ns = 1, .sequence = ++made.sequence});
        made.tell(batch);
    };
    const auto revisions = [&] {
        std::vector<trace::Revision> found;
        for (const trace::Wait &wait : made.store.waits())
            found.push_back(wait.revision);
        return found;
    };
    for (made.revision = 1; made.revision <= 3; ++made.revision) {
        made.happened(tree, Outcome::ExecutedChanged);
        tellWait();
    }
    QCOMPARE(revisions(), (std::vector<trace::Revision>{1, 2, 3}));
    made.happened(tree, Outcome::ExecutedChanged); // There is no room for the first one any more.
    QCOMPARE(revisions(), (std::vector<trace::Revision>{2, 3}));
    made.revision = 1; // From a slow reader.
    tellWait();
    QCOMPARE(revisions(), (std::vector<trace::Revision>{2, 3}));
    made.revision = 4;
    tellWait();
    tellWait();
    QCOMPARE(revisions(), (std::vector<trace::Revision>{3, 4, 4}));
}

void TestTimeLine::ofNothingThereIsNothing() { QCOMPARE(trace::timeLine(trace::Store(), 1, 9), TimeLine()); }

NUAGES_TEST(TestTimeLine)
#include "tst_timeline.moc"
