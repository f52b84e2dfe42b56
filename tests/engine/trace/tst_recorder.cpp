#include "engine/query/pool.h"
#include "tests/engine/query/pages.h"
#include "tests/engine/trace/watched.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <optional>

using namespace nuages;
using namespace nuages::tests;
using trace::NodeId;
using trace::Outcome;
using trace::RequestRecord;

namespace {

struct Countdown {
    static long run(query::Reader &, long start) { return start % 7; }
};

void countFrom(query::Engine &engine, long first, long count)
{
    query::Reader db(engine.ticket());
    for (long at = first; at < first + count; ++at)
        db.get<Countdown>(at);
}

} // namespace

class TestRecorder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aHitIsNotRecorded();
    void watchingChangesNothing();
    void lostEventsAreReportedExactly();
    void whatRanUnseenIsLookedAtAgain();
    void memosFromBeforeWatchingAreTakenInPortions();
    void watchingEndsWithTheRecorder();
    void costIsMeasuredByTheEnginesClock();
    void aNodeKnowsItsKindKeyFieldAndFile();
    void requestCancelledByAWriteKeepsItsNumberOfAttempts();
    void batchesTakenWhileReadersRunAddUp();
    void whatIsForgoneIsCountedAndEndsAsIfItHadBeenTold();
    void valuesAreThoseOfTheirRevision();
    void aValueThatNobodySawIsUnknown();
    void whatIsGatheredIsToldOfEachRun();
    void aLookThatFoundTheSameIsToldInShort();
    void toldAnewSomebodyWhoKnewNothingKnowsTheSame();
};

void TestRecorder::aHitIsNotRecorded()
{
    Watched watched;
    const Page page = makePage(watched.engine, "a.html", "x");
    ask<LineCount>(watched.engine, page);
    watched.feed();
    QCOMPARE(watched.log.size(), 1u);
    for (int time = 0; time < 5; ++time)
        ask<LineCount>(watched.engine, page);
    const trace::Batch batch = watched.recorder.take();
    QVERIFY(batch.isEmpty());
    QCOMPARE(batch.kinds.front().counters.hits, 5u); // but counted
}

void TestRecorder::watchingChangesNothing()
{
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        const auto play = [seed](bool isWatched) {
            Ground ground;
            query::Engine engine;
            std::optional<trace::Recorder> recorder;
            if (isWatched)
                recorder.emplace(engine);
            std::mt19937 random(seed);
            ground.world = randomWorld(random, true);
            engine.attach(ground);
            plant(engine, ground, random);
            std::vector<std::string> answers;
            for (int step = 0; step < 40; ++step) {
                const auto work = [](query::Reader &db, NodeInput node) { return db.get<Node>(node); };
                const auto answer =
                    query::runTask(query::task(engine.ticket(), work, ground.nodes[random() % nodeCount]));
                answers.push_back(answer ? std::to_string(*answer) : answer.error().queries.front() + " in a ring");
                if (recorder)
                    recorder->take();
                engine.write("edit", [&](query::Transaction &tx) { editAtRandom(tx, ground, random, true); });
            }
            return std::tuple(answers, engine.revision(), engine.counters());
        };
        QCOMPARE(play(true), play(false));
    }
}

void TestRecorder::lostEventsAreReportedExactly()
{
    Watched watched;
    constexpr long count = 20'000;
    countFrom(watched.engine, 0, count);
    watched.feed();
    const trace::Cost &cost = watched.store.cost();
    QCOMPARE(watched.engine.counters().executed, std::uint64_t(count));
    QVERIFY(cost.lostOthers > 0);
    QCOMPARE(watched.log.size() + cost.lostOthers, std::size_t(count));
    QCOMPARE(watched.store.revisions().back().lost, cost.lostOthers);
}

void TestRecorder::whatRanUnseenIsLookedAtAgain()
{
    Watched watched;
    countFrom(watched.engine, 0, 20'000);
    watched.feed();
    QVERIFY(watched.store.cost().lostOthers > 0);
    QCOMPARE(watched.store.nodesOfKind("Countdown").size(), 20'000u);
    for (const NodeId id : watched.store.nodesOfKind("Countdown"))
        QCOMPARE(watched.store.state(id).verifiedAt, 1u);
}

void TestRecorder::memosFromBeforeWatchingAreTakenInPortions()
{
    query::Engine engine;
    constexpr std::size_t count = trace::Recorder::memosAtOnce * 2 + 10;
    countFrom(engine, 0, count);
    const Page page = makePage(engine, "a.html", "x", query::Durability::High);
    ask<IsLong>(engine, page);

    trace::Recorder recorder(engine);
    trace::Store store;
    std::size_t batches = 0;
    for (bool isPartial = true; isPartial; ++batches) {
        const trace::Batch batch = recorder.take();
        QVERIFY(batch.executions.empty()); // Nothing has run since.
        QVERIFY(batch.memos.size() <= trace::Recorder::memosAtOnce + 1); // and the input that one of them read
        store.apply(batch);
        isPartial = batch.isPartial;
        QCOMPARE(store.isPartial(), isPartial);
    }
    QVERIFY(batches >= 3);
    QCOMPARE(store.nodesOfKind("Countdown").size(), count);
    const NodeId text = store.find("PageData(a.html).text");
    QCOMPARE(store.reads(store.find("LineCount(a.html)")), std::vector{text});
    QCOMPARE(store.readers(text), std::vector{store.find("LineCount(a.html)")});
    QCOMPARE(store.state(text).durability, query::Durability::High);
    QCOMPARE(store.state(store.find("IsLong(a.html)")).durability, query::Durability::High);
}

void TestRecorder::watchingEndsWithTheRecorder()
{
    query::Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    {
        const trace::Recorder recorder(engine);
        QVERIFY(engine.isWatching());
    }
    QVERIFY(!engine.isWatching());
    ask<LineCount>(engine, page);
    QVERIFY(engine.takeEvents().empty());
}

void TestRecorder::costIsMeasuredByTheEnginesClock()
{
    Watched watched; // Each look at the clock is a millisecond.
    const Page page = makePage(watched.engine, "a.html", "x");
    watched.recorder.take();
    ask<LineCount>(watched.engine, page); // looks at the clock when it begins and when it ends
    const trace::Batch batch = watched.recorder.take(); // likewise
    QCOMPARE(batch.executions.size(), 1u);
    QCOMPARE(batch.executions[0].durationNs, 1'000'000u);
    QCOMPARE(batch.executions[0].selfNs, 1'000'000u);
    QCOMPARE(batch.cost.takingNs, 1'000'000u);
    QCOMPARE(batch.cost.recordingNs, 1'001'000u); // the mean of a thousand, and the look after them
    QCOMPARE(batch.cost.ofNs, 3'000'000u); // from the begin of the query to the end of taking
    QCOMPARE(batch.cost.share(), 2'001'000.0 / 3'000'000.0);
}

void TestRecorder::aNodeKnowsItsKindKeyFieldAndFile()
{
    Watched watched;
    const Page page = makePage(watched.engine, "a.html", "x");
    ask<LineCount>(watched.engine, page);
    const trace::Batch batch = watched.recorder.take();
    QCOMPARE(batch.nodes.size(), 2u);
    QCOMPARE(batch.nodes[0], (trace::Node{1, "LineCount", "a.html", {}, "/pages/a.html", false}));
    QCOMPARE(batch.nodes[1], (trace::Node{2, "PageData", "a.html", "text", "/pages/a.html", true}));
    QCOMPARE(trace::nameOf(batch.nodes[1]), watched.engine.describe(watched.engine.keyOf<&PageData::text>(page)));
    QCOMPARE(batch.kinds.size(), 2u);
}

void TestRecorder::requestCancelledByAWriteKeepsItsNumberOfAttempts()
{
    Watched watched;
    trace::Recorder &recorder = watched.recorder;
    const Page page = makePage(watched.engine, "a.html", "x");
    recorder.requestArrived(7, "textDocument/hover", "/a.html");
    recorder.requestArrived(8, "textDocument/completion", "/a.html");
    recorder.requestStarted(7);
    recorder.requestStarted(8);
    watched.feed();
    QCOMPARE(watched.store.request(7)->state, RequestRecord::State::Running);
    recorder.requestReturned(7, true);
    recorder.requestReturned(8, false); // refused at the door
    setText(watched.engine, page, "y");
    recorder.requestStarted(7);
    recorder.requestEnded(7, RequestRecord::State::Answered);
    recorder.requestEnded(8, RequestRecord::State::Cancelled);
    recorder.requestEnded(99, RequestRecord::State::Answered); // It arrived before watching began.
    const trace::Changes changes = watched.feed();
    QCOMPARE(changes.touchedRequests, (std::vector<trace::RequestId>{7, 8}));
    const RequestRecord &retried = *watched.store.request(7);
    QCOMPARE(retried.attempts, 2u);
    QCOMPARE(retried.begun, 1u);
    QCOMPARE(retried.ended, 2u);
    QCOMPARE(retried.state, RequestRecord::State::Answered);
    QVERIFY(retried.durationNs > 0);
    QCOMPARE(watched.store.request(8)->attempts, 0u);
    QCOMPARE(watched.store.request(8)->state, RequestRecord::State::Cancelled);
    QCOMPARE(watched.store.request(99), nullptr);
}

void TestRecorder::batchesTakenWhileReadersRunAddUp()
{
    for (std::uint32_t seed = 1; seed <= 10; ++seed) {
        WatchedWorld watched(seed, true);
        query::Pool pool(3);
        for (int step = 0; step < 20; ++step) {
            std::atomic<int> left = nodeCount;
            for (const NodeInput node : watched.ground.nodes) {
                const auto work = [](query::Reader &db, NodeInput key) { return db.get<Node>(key); };
                pool.submit(query::task(watched.engine.ticket(), work, node), [&left](const auto &) { --left; });
            }
            while (left > 0)
                watched.store.apply(watched.recorder.take());
            pool.drain();
            watched.edit();
        }
        watched.feed();
        std::uint64_t executed = 0;
        for (const trace::RevisionRecord &record : watched.store.revisions())
            executed += record.count(Outcome::ExecutedNew) + record.count(Outcome::ExecutedChanged)
                + record.count(Outcome::ExecutedBackdated);
        QCOMPARE(executed, watched.engine.counters().executed);
        query::MemoCursor cursor;
        std::vector<query::DependencyKey> keys;
        watched.engine.nextMemos(cursor, 100'000, keys);
        for (const query::DependencyKey key : keys) {
            std::vector<NodeId> reads;
            const auto memo = watched.engine.memo(key);
            for (const query::DependencyKey read : memo->reads)
                reads.push_back(watched.store.find(watched.engine.describe(read)));
            QCOMPARE(watched.store.reads(watched.store.find(watched.engine.describe(key))), reads);
        }
    }
}

// Two recorders cannot watch one engine, so two engines do the same.
void TestRecorder::whatIsForgoneIsCountedAndEndsAsIfItHadBeenTold()
{
    Watched told;
    Watched untold;
    std::size_t forgone = 0;
    const auto live = [&forgone](Watched &watched, bool forgoes) {
        const Page page = makePage(watched.engine, "a.html", "x");
        ask<LineCount>(watched.engine, page);
        watched.feed();
        for (int edit = 0; edit < 500; ++edit) {
            watched.recorder.requestArrived(query::RequestId(edit + 1), "textDocument/hover", "/a.html", edit);
            watched.engine.write("edit", [&](query::Transaction &tx) {
                tx.set<&PageData::text>(page, std::string(std::size_t(edit), '\n'));
            });
            ask<LineCount>(watched.engine, page);
            watched.recorder.requestEnded(query::RequestId(edit + 1), RequestRecord::State::Answered, true);
            if (forgoes)
                watched.recorder.forgo();
        }
        const std::size_t before = watched.log.size();
        watched.feed();
        watched.feed();
        forgone = watched.log.size() - before;
    };
    live(told, false);
    const std::size_t events = forgone;
    live(untold, true);
    QVERIFY(events >= 1000);
    QCOMPARE(forgone, 0u);
    QCOMPARE(untold.store.cost().lostOthers + untold.store.cost().lostValidations, events);
    QCOMPARE(untold.store.revisions().back().lost, events);
    QCOMPARE(untold.store.revision(), told.store.revision());
    QCOMPARE(untold.store.lastNode(), told.store.lastNode());
    for (NodeId node = 1; node <= told.store.lastNode(); ++node) {
        const NodeId same = untold.store.find(trace::nameOf(told.store.node(node)));
        QVERIFY(same != 0);
        QCOMPARE(untold.store.state(same).changedAt, told.store.state(node).changedAt);
        QCOMPARE(untold.store.reads(same).size(), told.store.reads(node).size());
    }
    const RequestRecord &last = *untold.store.request(500);
    QCOMPARE(last.state, RequestRecord::State::Answered);
    QCOMPARE(last.version, std::optional<std::int32_t>(499));
    QVERIFY(last.isNull);
}

void TestRecorder::valuesAreThoseOfTheirRevision()
{
    WatchedWorld world(5);
    std::vector<std::map<std::string, std::string>> values(2); // By revision and name.
    for (int step = 0; step < 60; ++step) {
        world.edit();
        world.askAround();
        const trace::Batch batch = world.recorder.take();
        world.store.apply(batch);
        values.resize(world.engine.revision() + 1);
        for (NodeId id = 1; id <= world.store.lastNode(); ++id) {
            const trace::NodeState &state = world.store.state(id);
            if (!world.store.node(id).isInput && state.verifiedAt == world.engine.revision())
                values.back()[trace::nameOf(world.store.node(id))] =
                    Oracle(world.worlds.back()).valueOf(trace::nameOf(world.store.node(id)));
        }
    }
    std::size_t compared = 0;
    for (trace::Revision revision = 1; revision < values.size(); ++revision) {
        for (const auto &[name, value] : values[revision]) {
            const auto told = world.store.valueAt(world.store.find(name), revision);
            QVERIFY(told);
            QCOMPARE(*told, value);
            ++compared;
        }
    }
    QVERIFY(compared > 50);
}

void TestRecorder::aValueThatNobodySawIsUnknown()
{
    Watched watched;
    const Page page = makePage(watched.engine, "a.html", "x");
    const auto type = [&](const char *text) {
        watched.engine.write("edit", [&](query::Transaction &tx) { tx.set<&PageData::text>(page, text); });
        ask<LineCount>(watched.engine, page);
    };
    ask<LineCount>(watched.engine, page);
    watched.feed();
    const NodeId count = watched.nodeOf<LineCount>(page);
    const trace::Revision first = watched.engine.revision();
    type("x\nx");
    type("x\nx\nx"); // Before anybody looks.
    watched.feed();
    QCOMPARE(watched.store.valueAt(count, first), std::optional<std::string>("1"));
    QCOMPARE(watched.store.valueAt(count, first + 1), std::nullopt);
    QCOMPARE(watched.store.valueAt(count, first + 2), std::optional<std::string>("3"));
    type("y\ny\ny"); // Ran, same value.
    watched.feed();
    QCOMPARE(watched.store.valueAt(count, first + 3), std::optional<std::string>("3"));

    // Events are forgone, and with them the changes to four and back.
    type("x\nx\nx\nx");
    watched.recorder.forgo();
    type("x\nx\nx");
    watched.feed();
    QCOMPARE(watched.store.valueAt(count, first + 3), std::optional<std::string>("3"));
    QCOMPARE(watched.store.valueAt(count, first + 4), std::nullopt);
    QCOMPARE(watched.store.valueAt(count, first + 5), std::optional<std::string>("3"));
}

void TestRecorder::whatIsGatheredIsToldOfEachRun()
{
    Watched watched;
    const Page page = makePage(watched.engine, "a.html", "x");
    const auto type = [&](const char *text) {
        watched.engine.write("edit", [&](query::Transaction &tx) { tx.set<&PageData::text>(page, text); });
        ask<LineCount>(watched.engine, page);
        watched.recorder.gather();
    };
    watched.feed();
    for (const char *text : {"x\nx", "x\nx\nx", "x\nx\nx\nx"})
        type(text);
    const trace::Revision last = watched.engine.revision();
    const trace::Batch batch = watched.recorder.take();
    watched.store.apply(batch);
    const NodeId count = watched.nodeOf<LineCount>(page);
    std::vector<trace::Revision> verified;
    for (const trace::Memo &memo : batch.memos) {
        if (memo.node == count)
            verified.push_back(memo.verifiedAt);
    }
    QCOMPARE(verified, (std::vector<trace::Revision>{last - 2, last - 1, last}));
    QCOMPARE(watched.store.valueAt(count, last - 2), std::optional<std::string>("2"));
    QCOMPARE(watched.store.valueAt(count, last - 1), std::optional<std::string>("3"));
    QCOMPARE(watched.store.valueAt(count, last), std::optional<std::string>("4"));
    QCOMPARE(watched.store.state(count).readsSince, last - 2);
}

void TestRecorder::aLookThatFoundTheSameIsToldInShort()
{
    using Result = trace::LookRecord::Result;
    Watched watched;
    const std::vector<trace::Mistake> one = {{.line = 3, .rule = "unknown-tag", .message = "one"}};
    const auto looked = [&](std::vector<trace::Mistake> mistakes) {
        watched.recorder.looked("/a", 1, std::move(mistakes));
        return watched.recorder.take().looks;
    };
    using Looks = std::vector<trace::LookRecord>;
    QCOMPARE(looked(one), (Looks{{"/a", 1, Result::Found, one}}));
    QCOMPARE(looked(one), (Looks{{"/a", 1, Result::Same, {}}}));
    QCOMPARE(looked({}), (Looks{{"/a", 1, Result::Found, {}}}));
    QCOMPARE(looked({}), (Looks{{"/a", 1, Result::Same, {}}}));
    watched.recorder.looked("/a", 1, one);
    watched.recorder.forgo(); // Nobody was told.
    QCOMPARE(looked(one), (Looks{{"/a", 1, Result::Found, one}}));
    watched.recorder.lookEnded("/a");
    watched.recorder.lookEnded("/a");
    QCOMPARE(watched.recorder.take().looks, (Looks{{"/a", watched.engine.revision(), Result::Ended, {}}}));
    QCOMPARE(looked(one), (Looks{{"/a", 1, Result::Found, one}}));
}

void TestRecorder::toldAnewSomebodyWhoKnewNothingKnowsTheSame()
{
    WatchedWorld world(9);
    const auto live = [&] {
        for (int step = 0; step < 20; ++step) {
            world.edit();
            world.askAround();
            world.feed();
        }
    };
    world.recorder.requestArrived(1, "textDocument/hover", "/a.html");
    live();
    const trace::Store before = std::exchange(world.store, trace::Store());
    world.recorder.tellAnew();
    world.feed();
    QCOMPARE(world.store.revision(), before.revision());
    QCOMPARE(world.store.request(1)->method, std::string("textDocument/hover"));
    QCOMPARE(world.store.cost().lostOthers, 0u);
    for (NodeId node = 1; node <= before.lastNode(); ++node) {
        const NodeId same = world.store.find(trace::nameOf(before.node(node)));
        if (same == 0) { // An input that nobody reads any more.
            QVERIFY(before.node(node).isInput);
            continue;
        }
        QCOMPARE(world.store.reads(same).size(), before.reads(node).size());
        QCOMPARE(world.store.state(same).changedAt, before.state(node).changedAt);
        QCOMPARE(world.store.valueAt(same, before.revision()), before.valueAt(node, before.revision()));
    }
    live(); // And it goes on.
    QVERIFY(world.store.revision() > before.revision());
}

NUAGES_TEST(TestRecorder)
#include "tst_recorder.moc"
