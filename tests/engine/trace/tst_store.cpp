#include "tests/engine/query/pages.h"
#include "tests/engine/trace/watched.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <format>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>

using namespace nuages;
using namespace nuages::tests;
using trace::NodeId;
using trace::Outcome;

namespace {

/// Sums over all revisions of the store, as the engine counts.
query::Counters countedBy(const trace::Store &store)
{
    query::Counters sum;
    for (const trace::RevisionRecord &record : store.revisions()) {
        sum.executed += record.count(Outcome::ExecutedNew) + record.count(Outcome::ExecutedChanged)
            + record.count(Outcome::ExecutedBackdated);
        sum.memos += record.count(Outcome::ExecutedNew);
        sum.backdated += record.count(Outcome::ExecutedBackdated);
        sum.validatedDeep += record.count(Outcome::Validated);
        sum.validatedShallow += record.count(Outcome::NotChecked);
        sum.cancelled += record.count(Outcome::Cancelled);
        sum.cycles += record.count(Outcome::Cycle);
    }
    return sum;
}

query::Counters withoutHits(query::Counters counters)
{
    counters.hits = 0;
    return counters;
}

trace::Batch batchOf(trace::Revision revision, std::vector<trace::Execution> executions)
{
    static std::uint64_t sequence = 0;
    trace::Batch batch;
    batch.revision = revision;
    batch.executions = std::move(executions);
    for (trace::Execution &execution : batch.executions) {
        execution.revision = revision;
        execution.sequence = ++sequence;
    }
    return batch;
}

trace::Node nodeCalled(NodeId id, std::string key) { return {id, "Template", std::move(key), {}, {}, false}; }

/// Everything that a view could show of a node.
struct ShownNode {
    trace::Revision changedAt;
    trace::Revision verifiedAt;
    std::vector<NodeId> reads;
    std::vector<NodeId> readers;
    std::uint64_t executed;
    std::uint64_t validated;
    std::optional<Outcome> outcome;

    friend bool operator==(const ShownNode &, const ShownNode &) = default;
};

std::map<NodeId, ShownNode> shownBy(const trace::Store &store)
{
    std::map<NodeId, ShownNode> all;
    for (NodeId id = 1; id <= store.lastNode(); ++id) {
        const trace::NodeState &state = store.state(id);
        std::vector<NodeId> readers = state.readers;
        std::ranges::sort(readers);
        all[id] = {state.changedAt,
                   state.verifiedAt,
                   state.reads,
                   readers,
                   state.executed,
                   state.validated,
                   store.lastUntil(id, store.revision()) ? std::optional(store.lastUntil(id, store.revision())->outcome)
                                                         : std::nullopt};
    }
    return all;
}

} // namespace

class TestStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsAreTheEnginesOwn_data();
    void countsAreTheEnginesOwn();
    void readListsAreTheEnginesOwn();
    void outcomesAgreeWithAListOfAllThatHappened();
    void changesNameEverythingThatDiffersAndNothingElse();
    void aBatchTakenInPortionsTellsTheSame();
    void oldRevisionsAreThinnedToCountsAndSaySo();
    void aRevisionThatWasThinnedStaysSo();
    void aThinnedRevisionComesBackWhole();
    void whatALateReaderToldGoesWithTheRevisionAfterIt();
    void aValueIsThereFromItsFirstRun();
    void aValueIsKnownAsLongAsItIsToldOf();
    void theOldestValuesGoFirst();
    void readsAreKnownSinceTheRunThatReadThem();
    void aNewReaderLeavesTheOthersKnown();
    void newRevisionsRiseHoweverTheyCome();
    void forgottenRevisionsAndRequestsAreCounted();
    void theServersOwnWorkPushesOutNoRequestOfAClient();
    void lossesAreChargedToTheRevisionInWhichTheyWereSeen();
    void whatNobodyLookedAtIsAllTheRest();
    void nodesAreFoundByNameKindAndFile();
    void aNameIsKeptOnce();
    void whatHappenedLongAgoIsFoundInFewLooks();
    void aTextThatComesBackIsKeptOnce();
    void textsAreThoseOfTheirRevision();
    void theOldestTextsGoFirstAndTheLastOnesStay();
    void aFileIsAsItWasBetweenTwoChanges();
    void mistakesAreThoseOfTheLookBefore();
    void theOlderHalfOfTheLooksGoesButForEachLastOne();
};

void TestStore::countsAreTheEnginesOwn_data()
{
    QTest::addColumn<bool>("withCycles");
    QTest::newRow("no cycles") << false;
    QTest::newRow("queries that need themselves") << true;
}

void TestStore::countsAreTheEnginesOwn()
{
    QFETCH(bool, withCycles);
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        WatchedWorld watched(seed, withCycles);
        for (int step = 0; step < 40; ++step) {
            watched.askAround();
            if (step % 3 == 0)
                watched.feed();
            QCOMPARE(watched.engine.droppedEvents(), query::detail::DropCounts());
            watched.edit();
        }
        watched.feed();
        QCOMPARE(countedBy(watched.store), withoutHits(watched.engine.counters()));
        std::uint64_t memos = 0;
        for (const trace::KindTotal &kind : watched.store.kinds()) {
            QCOMPARE(kind.counters, kind.isInput ? query::Counters() : watched.engine.counters(kind.kind));
            memos += kind.isInput ? 0 : kind.memos;
        }
        QCOMPARE(memos, watched.engine.counters().memos);
        QCOMPARE(watched.store.revisions().back().memos, memos);
    }
}

void TestStore::readListsAreTheEnginesOwn()
{
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        WatchedWorld watched(seed);
        for (int step = 0; step < 40; ++step) {
            watched.askAround();
            watched.feed();
            std::map<NodeId, std::vector<NodeId>> readers;
            query::MemoCursor cursor;
            std::vector<query::DependencyKey> keys;
            QVERIFY(!watched.engine.nextMemos(cursor, 100'000, keys));
            QCOMPARE(keys.size(), watched.engine.counters().memos);
            for (const query::DependencyKey key : keys) {
                const NodeId id = watched.store.find(watched.engine.describe(key));
                const auto memo = watched.engine.memo(key);
                std::vector<NodeId> reads;
                for (const query::DependencyKey read : memo->reads) {
                    reads.push_back(watched.store.find(watched.engine.describe(read)));
                    readers[reads.back()].push_back(id);
                }
                QCOMPARE(watched.store.reads(id), reads);
                QCOMPARE(watched.store.state(id).durability, memo->durability);
                QCOMPARE(watched.store.state(id).changedAt, memo->changedAt);
                QCOMPARE(watched.store.state(id).verifiedAt, memo->verifiedAt);
                QCOMPARE(watched.store.state(id).isUntracked, memo->isUntracked);
            }
            for (NodeId id = 1; id <= watched.store.lastNode(); ++id) {
                std::vector<NodeId> found = watched.store.readers(id);
                std::ranges::sort(found);
                std::ranges::sort(readers[id]);
                QCOMPARE(found, readers[id]);
            }
            watched.edit();
        }
    }
}

void TestStore::outcomesAgreeWithAListOfAllThatHappened()
{
    for (std::uint32_t seed = 1; seed <= 10; ++seed) {
        WatchedWorld watched(seed, seed % 2 == 0);
        for (int step = 0; step < 30; ++step) {
            watched.askAround();
            watched.edit();
            watched.feed();
        }
        std::ranges::sort(watched.log, {}, &trace::Execution::sequence);
        for (trace::Revision revision = 1; revision <= watched.engine.revision(); ++revision) {
            std::map<NodeId, Outcome> last;
            std::vector<trace::Execution> all;
            for (const trace::Execution &each : watched.log) {
                if (each.revision == revision) {
                    last[each.node] = each.outcome;
                    all.push_back(each);
                }
            }
            QCOMPARE(watched.store.executions(revision), all);
            for (NodeId id = 1; id <= watched.store.lastNode(); ++id) {
                const auto found = last.find(id);
                QCOMPARE(watched.store.outcomeAt(id, revision),
                         std::optional(found == last.end() ? Outcome::NotChecked : found->second));
            }
        }
    }
}

void TestStore::changesNameEverythingThatDiffersAndNothingElse()
{
    for (std::uint32_t seed = 1; seed <= 10; ++seed) {
        WatchedWorld watched(seed);
        std::map<NodeId, ShownNode> before;
        for (int step = 0; step < 40; ++step) {
            watched.askAround();
            const trace::Changes changes = watched.feed();
            const std::map<NodeId, ShownNode> after = shownBy(watched.store);
            for (const auto &[id, shown] : after) {
                const bool isNew = !before.contains(id);
                QCOMPARE(std::ranges::count(changes.newNodes, id), isNew ? 1 : 0);
                const auto times = std::ranges::count(changes.touchedNodes, id);
                QVERIFY(times <= (isNew ? 0 : 1));
                if (!isNew && before.at(id) != shown)
                    QCOMPARE(times, 1);
                const std::vector<NodeId> readers = isNew ? std::vector<NodeId>() : before.at(id).readers;
                QCOMPARE(std::ranges::count(changes.rereadNodes, id), shown.readers == readers ? 0 : 1);
            }
            before = after;
            const std::uint64_t epoch = watched.store.epoch();
            QVERIFY(watched.feed().isEmpty()); // nothing happened
            QCOMPARE(watched.store.epoch(), epoch);
            watched.edit();
        }
    }
}

void TestStore::aBatchTakenInPortionsTellsTheSame()
{
    for (std::uint32_t seed = 1; seed <= 10; ++seed) {
        WatchedWorld watched(seed);
        trace::Store stepwise;
        for (int step = 0; step < 40; ++step) {
            watched.askAround();
            const trace::Batch batch = watched.recorder.take();
            const std::size_t things = batch.nodes.size() + batch.commits.size() + batch.executions.size()
                + batch.memos.size() + batch.requests.size() + batch.files.size();
            const std::map<NodeId, ShownNode> before = shownBy(stepwise);
            std::set<NodeId> told;
            std::size_t portions = 0;
            do {
                std::size_t left = 3;
                const trace::Changes changes = stepwise.applySome(batch, left);
                QCOMPARE(left == 0, stepwise.isAmidBatch() || things == 3 * (portions + 1));
                told.insert(changes.newNodes.begin(), changes.newNodes.end());
                told.insert(changes.touchedNodes.begin(), changes.touchedNodes.end());
                ++portions;
            } while (stepwise.isAmidBatch());
            QCOMPARE(portions, std::max<std::size_t>((things + 2) / 3, 1));

            watched.store.apply(batch);
            const std::map<NodeId, ShownNode> after = shownBy(stepwise);
            QCOMPARE(after, shownBy(watched.store));
            QCOMPARE(countedBy(stepwise), countedBy(watched.store));
            for (const auto &[id, shown] : after)
                QVERIFY(told.contains(id) || before.at(id) == shown);
            watched.edit();
        }
    }
}

void TestStore::oldRevisionsAreThinnedToCountsAndSaySo()
{
    trace::Store store({.executions = 10, .revisions = 1000, .requests = 10});
    trace::Batch first = batchOf(1, {});
    for (NodeId id = 1; id <= 4; ++id)
        first.nodes.push_back(nodeCalled(id, std::to_string(id)));
    store.apply(first);
    for (trace::Revision revision = 2; revision <= 6; ++revision) {
        std::vector<trace::Execution> executions;
        for (NodeId id = 1; id <= 4; ++id)
            executions.push_back({.node = id, .outcome = Outcome::ExecutedChanged, .selfNs = 5});
        const trace::Changes changes = store.apply(batchOf(revision, executions));
        QCOMPARE(changes.newRevisions, std::vector{revision});
        // Ten records are two revisions and a half: the third from the end goes as a whole.
        if (revision >= 4)
            QCOMPARE(changes.touchedRevisions, std::vector{revision - 2});
    }
    for (trace::Revision revision = 2; revision <= 6; ++revision) {
        const trace::RevisionRecord &record = *store.revision(revision);
        QCOMPARE(record.isThinned, revision <= 4);
        QCOMPARE(record.count(Outcome::ExecutedChanged), 4u); // The counts stay, whatever happens.
        QCOMPARE(record.ns[std::size_t(Outcome::ExecutedChanged)], 20u);
        QCOMPARE(store.outcomeAt(1, revision),
                 record.isThinned ? std::nullopt : std::optional(Outcome::ExecutedChanged));
        QCOMPARE(store.executions(revision).size(), record.isThinned ? 0u : 4u);
    }
    QCOMPARE(store.state(1).executed, 5u);
    QCOMPARE(store.lastUntil(1, 4), nullptr);
    QCOMPARE(store.lastUntil(1, 5)->revision, 5u);
}

void TestStore::aRevisionThatWasThinnedStaysSo()
{
    trace::Store store({.executions = 2, .revisions = 1000, .requests = 10});
    trace::Batch first = batchOf(1, {{.node = 1}, {.node = 1}, {.node = 1}});
    first.nodes.push_back(nodeCalled(1, "a.html"));
    store.apply(first);
    QVERIFY(store.revision(1)->isThinned);
    store.apply(batchOf(1, {{.node = 1, .outcome = Outcome::ExecutedChanged}})); // A reader was late.
    QVERIFY(store.executions(1).empty());
    QCOMPARE(store.outcomeAt(1, 1), std::nullopt);
    QCOMPARE(store.revision(1)->count(Outcome::ExecutedChanged), 1u);
}

void TestStore::aThinnedRevisionComesBackWhole()
{
    trace::Store whole;
    trace::Store store({.executions = 8, .restored = 9});
    std::map<trace::Revision, std::vector<trace::Execution>> told;
    for (trace::Revision revision = 1; revision <= 9; ++revision) {
        trace::Batch batch = batchOf(revision, {});
        if (revision == 1)
            batch.nodes = {nodeCalled(1, "a.html"), nodeCalled(2, "b.html")};
        for (std::uint64_t at = 0; at < 4; ++at) {
            const Outcome outcome = at % 2 == 0 ? Outcome::ExecutedChanged : Outcome::Validated;
            batch.executions.push_back({.node = NodeId(at < 3 ? 1 : 2),
                                        .revision = revision,
                                        .outcome = outcome,
                                        .sequence = 4 * revision + at});
        }
        told[revision] = batch.executions;
        whole.apply(batch);
        store.apply(batch);
    }
    QVERIFY(store.revision(3)->isThinned);
    const auto restore = [&](trace::Revision revision) {
        trace::RevisionEvents happened{.executions = told[revision], .waits = {}};
        happened.waits.push_back({.node = 1, .revision = revision, .sequence = 4 * revision});
        return store.restore(revision, std::move(happened));
    };
    const auto isRefused = [&](trace::RevisionEvents happened) {
        return store.restore(3, std::move(happened)).isEmpty();
    };
    QVERIFY(isRefused({.executions = {told[3].begin(), told[3].end() - 1}, .waits = {}})); // Not all of it.
    QVERIFY(isRefused({.executions = told[3], .waits = {{.node = 3}}}));
    told[3].back().parent = 3; // Nobody has named it.
    QVERIFY(restore(3).isEmpty());
    told[3].back().parent = 0;
    QVERIFY(restore(9).isEmpty()); // Nothing is missing.
    QVERIFY(store.restore(99, {}).isEmpty());
    QVERIFY(store.executions(3).empty());
    QVERIFY(store.isWholeAfter(7) && !store.isWholeAfter(6));
    const std::uint64_t epoch = store.epoch();
    QCOMPARE(restore(3).touchedRevisions, std::vector<trace::Revision>{3});
    QVERIFY(store.epoch() > epoch);
    QCOMPARE(store.executions(3), told[3]);
    QCOMPARE(store.executionCount(3), 4u);
    QCOMPARE(store.waits().size(), 1u);
    QVERIFY(!store.revision(3)->isThinned);
    QCOMPARE(store.outcomeAt(1, 3), whole.outcomeAt(1, 3));
    QCOMPARE(store.outcomeAt(2, 3), whole.outcomeAt(2, 3));
    QCOMPARE(store.outcomeAt(1, 4), std::nullopt); // That one is still thinned.
    QCOMPARE(store.lastUntil(1, 7), nullptr); // It may have run in between.
    QCOMPARE(store.lastUntil(1, 3)->sequence, whole.lastUntil(1, 3)->sequence);
    trace::Batch late = batchOf(9, {});
    late.executions = {{.node = 1, .revision = 3, .outcome = Outcome::Validated, .sequence = 99}};
    store.apply(late); // A reader was late.
    QCOMPARE(store.executions(3).size(), 5u);
    QCOMPARE(store.outcomeAt(1, 3), std::optional(Outcome::Validated));
    restore(4);
    QVERIFY(!store.revision(3)->isThinned);
    QCOMPARE(store.lastUntil(2, 4)->revision, 4u);
    std::vector<trace::Revision> ranIn;
    const auto look = [&](const trace::Execution &each) {
        ranIn.push_back(each.revision);
        return true;
    };
    store.walkBack(2, look, 4);
    QCOMPARE(ranIn, (std::vector<trace::Revision>{4, 3})); // And there it ends: 2 is thinned.
    restore(5); // There is room for two.
    QVERIFY(store.revision(3)->isThinned);
    QVERIFY(store.executions(3).empty());
    QCOMPARE(store.executions(4), told[4]);
    QCOMPARE(store.executions(5), told[5]);
    QCOMPARE(store.waits().size(), 2u);
    QVERIFY(!store.isWholeAfter(3));
}

void TestStore::forgottenRevisionsAndRequestsAreCounted()
{
    trace::Store store({.executions = 1000, .revisions = 3, .requests = 2});
    for (trace::Revision revision = 1; revision <= 8; ++revision) {
        trace::Batch batch = batchOf(revision, {});
        batch.requests.push_back({.id = revision, .method = "textDocument/hover", .document = {}});
        store.apply(batch);
    }
    QCOMPARE(store.forgottenRevisions(), 5u);
    QCOMPARE(store.revisions().front().revision, 6u);
    QCOMPARE(store.revision(2), nullptr);
    QCOMPARE(store.forgottenRequests(), 6u);
    QCOMPARE(store.request(6), nullptr);
    QCOMPARE(store.request(8)->method, std::string("textDocument/hover"));
}

void TestStore::whatALateReaderToldGoesWithTheRevisionAfterIt()
{
    trace::Store store({.executions = 3, .revisions = 1000, .requests = 10});
    trace::Batch first = batchOf(2, {{.node = 1, .outcome = Outcome::ExecutedChanged}});
    first.nodes.push_back(nodeCalled(1, "a.html"));
    store.apply(first);
    trace::Batch late = batchOf(1, {{.node = 1, .outcome = Outcome::Validated}});
    late.revision = 2;
    store.apply(late);
    QCOMPARE(store.executions(1).size(), 1u);
    store.apply(batchOf(3, {{.node = 1}, {.node = 1}}));
    for (const trace::Revision revision : {1U, 2U}) {
        QVERIFY(store.executions(revision).empty());
        QVERIFY(store.revision(revision)->isThinned);
        QCOMPARE(store.outcomeAt(1, revision), std::nullopt);
    }
    QCOMPARE(store.executions(3).size(), 2u);
}

void TestStore::newRevisionsRiseHoweverTheyCome()
{
    trace::Store store;
    trace::Batch batch = batchOf(4, {{.node = 1}, {.node = 1}, {.node = 1}});
    batch.nodes.push_back(nodeCalled(1, "a.html"));
    for (std::size_t at = 0; at < 3; ++at)
        batch.executions[at].revision = trace::Revision(3 - at);
    QCOMPARE(store.apply(batch).newRevisions, (std::vector<trace::Revision>{1, 2, 3, 4}));
}

void TestStore::theServersOwnWorkPushesOutNoRequestOfAClient()
{
    trace::Store store({.executions = 1000, .revisions = 1000, .requests = 2});
    for (trace::RequestId id = 1; id <= 3; ++id) {
        trace::Batch batch = batchOf(1, {});
        batch.requests.push_back({.id = id, .method = "textDocument/hover", .document = {}});
        for (trace::RequestId work = 1; work <= 5; ++work)
            batch.requests.push_back({.id = trace::ownWork | (id * 10 + work), .method = "work", .document = {}});
        store.apply(batch);
        store.apply(batch); // Told again, they count once.
    }
    std::vector<trace::RequestId> kept;
    for (const auto &[id, request] : store.requests())
        kept.push_back(id);
    QCOMPARE(kept, (std::vector<trace::RequestId>{2, 3, trace::ownWork | 34, trace::ownWork | 35}));
}

void TestStore::lossesAreChargedToTheRevisionInWhichTheyWereSeen()
{
    trace::Store store;
    trace::Batch batch = batchOf(3, {});
    batch.cost.lostValidations = 5;
    store.apply(batch);
    batch = batchOf(4, {});
    batch.cost.lostValidations = 7;
    batch.cost.lostOthers = 1;
    store.apply(batch);
    QCOMPARE(store.revision(3)->lost, 5u);
    QCOMPARE(store.revision(4)->lost, 3u);
}

void TestStore::whatNobodyLookedAtIsAllTheRest()
{
    Watched watched;
    const Page first = makePage(watched.engine, "a.html", "x");
    const Page second = makePage(watched.engine, "b.html", "x");
    ask<IsLong>(watched.engine, first);
    ask<IsLong>(watched.engine, second);
    setText(watched.engine, first, "y");
    ask<IsLong>(watched.engine, first);
    watched.feed();
    const trace::RevisionRecord &record = watched.store.revisions().back();
    QCOMPARE(record.label, std::string("edit"));
    QCOMPARE(record.memos, 4u);
    QCOMPARE(record.count(Outcome::ExecutedBackdated), 1u);
    QCOMPARE(record.count(Outcome::Validated), 1u);
    QCOMPARE(record.notChecked(), 2u);
    QCOMPARE(record.inputs, std::vector{watched.store.find("PageData(a.html).text")});
}

void TestStore::nodesAreFoundByNameKindAndFile()
{
    trace::Store store;
    trace::Batch batch = batchOf(1, {});
    batch.nodes = {{1, "File", "a.html", "stamp", "/p/a.html", true},
                   {2, "Template", "a.html", {}, "/p/a.html", false},
                   {3, "Template", "b.html", {}, "/p/b.html", false}};
    batch.memos = {{.node = 2, .changedAt = 1, .verifiedAt = 1, .reads = {1}},
                   {.node = 3, .changedAt = 1, .verifiedAt = 1, .reads = {2}}};
    QCOMPARE(store.apply(batch).newNodes, (std::vector<NodeId>{1, 2, 3}));
    QCOMPARE(store.find("Template(b.html)"), 3u);
    QCOMPARE(store.find("File(a.html).stamp"), 1u);
    QCOMPARE(store.find("Template(c.html)"), 0u);
    QCOMPARE(store.nodesOfKind("Template"), (std::vector<NodeId>{2, 3}));
    QCOMPARE(store.nodesOfFile("/p/a.html"), (std::vector<NodeId>{1, 2}));
    QCOMPARE(store.dependents({1}, store.revision()), (std::vector<NodeId>{2, 3}));
    QVERIFY(store.nodesOfKind("Facts").empty());
}

void TestStore::aNameIsKeptOnce()
{
    constexpr int files = 4'000;
    constexpr std::size_t block = 64 << 10;
    const std::string root = "/home/somebody/projects/shop/";
    trace::Batch batch = batchOf(1, {});
    std::size_t paths = 0;
    const auto keyOf = [](int file) { return std::format("app{}/templates/pages/{}.html", file % 7, file); };
    const auto add = [&batch](trace::Node node) {
        node.id = NodeId(batch.nodes.size() + 1);
        batch.nodes.push_back(std::move(node));
    };
    for (int file = 0; file < files; ++file) {
        const std::string path = root + keyOf(file);
        paths += path.size();
        add({0, "File", keyOf(file), "stamp", path, true});
        add({0, "TemplateFacts", keyOf(file), {}, path, false});
        trace::FileRecord &record = batch.files.emplace_back();
        record.path = path;
        record.shown = keyOf(file);
    }
    add({0, "FindTemplate", "shop, a.html", {}, {}, false}); // no end of any path
    trace::Store store;
    store.apply(batch);
    QVERIFY2(store.nameBytes() < paths + 2 * block, std::to_string(store.nameBytes()).c_str());
    for (const trace::Node &node : batch.nodes) {
        QCOMPARE(store.node(node.id), trace::NodeName(node));
        QCOMPARE(store.find(nameOf(node)), node.id);
    }
    for (int file = 0; file < files; ++file) {
        QCOMPARE(store.file(root + keyOf(file))->shown, keyOf(file));
        QCOMPARE(store.nodesOfFile(root + keyOf(file)), (std::vector{NodeId(2 * file + 1), NodeId(2 * file + 2)}));
    }
    QCOMPARE(store.nodesOfKind("File").size(), std::size_t(files));
    QCOMPARE(store.find("TemplateFacts(a.html)"), 0u);
}

void TestStore::whatHappenedLongAgoIsFoundInFewLooks()
{
    constexpr trace::Revision revisions = 20'000;
    constexpr std::size_t kept = 15'000;
    std::mt19937 random(1);
    trace::Store store({.executions = kept});
    std::vector<trace::Execution> all;
    for (trace::Revision revision = 1; revision <= revisions; ++revision) {
        trace::Batch batch = batchOf(revision, {});
        if (revision == 1)
            batch.nodes = {nodeCalled(1, "a.html")};
        trace::Execution execution{
            .node = 1, .revision = revision, .outcome = Outcome::Validated, .sequence = revision};
        if (random() % 50 == 0 && revision > kept) // A slow reader tells of an older one.
            execution.revision -= trace::Revision(random() % 20);
        batch.executions = {execution};
        all.push_back(execution);
        store.apply(batch);
    }
    std::size_t mostLooks = 0;
    for (trace::Revision revision = revisions - trace::Revision(kept) + 100; revision <= revisions; revision += 7) {
        auto expected = all.rbegin();
        while (expected->revision > revision)
            ++expected;
        std::size_t looks = 0;
        const trace::Execution *found = store.lastUntil(1, revision, &looks);
        QVERIFY(found);
        QCOMPARE(*found, *expected);
        mostLooks = std::max(mostLooks, looks);
        std::vector<trace::Execution> walked;
        const auto walk = [&walked](const trace::Execution &each) {
            walked.push_back(each);
            return walked.size() < 3;
        };
        store.walkBack(1, walk, revision);
        QCOMPARE(walked, std::vector(expected, expected + 3));
    }
    QVERIFY2(mostLooks > 0 && mostLooks < 100, std::to_string(mostLooks).c_str());
    QVERIFY(!store.lastUntil(1, 10)); // It is forgotten.
}

void TestStore::aTextThatComesBackIsKeptOnce()
{
    trace::Store store({.textBytes = 1'000});
    const auto tell = [&store](trace::Revision revision, const std::string &text) {
        trace::Batch batch = batchOf(revision, {});
        if (revision == 1)
            batch.nodes = {{1, "File", "a", "stamp", "/a", true}};
        batch.executions = {{.node = 1, .revision = revision, .outcome = Outcome::InputSet}};
        batch.texts.push_back({"/a", revision, std::make_shared<const std::string>(text)});
        store.apply(batch);
    };
    tell(1, std::string(300, 'a'));
    tell(2, std::string(300, 'b'));
    tell(3, std::string(300, 'a')); // as after an undo
    QCOMPARE(store.textAt("/a", 1), store.textAt("/a", 3));
    for (trace::Revision revision = 4; revision <= 20; ++revision)
        tell(revision, std::string(300, char('a' + revision)));
    QVERIFY(!store.textAt("/a", 3));
    tell(21, std::string(300, 'a')); // Those before are gone.
    QCOMPARE(*store.textAt("/a", 21), std::string(300, 'a'));
}

namespace {

constexpr NodeId stampOfA = 1;
constexpr NodeId stampOfB = 2;

trace::Node stampCalled(NodeId id, const std::string &name) { return {id, "File", name, "stamp", "/" + name, true}; }

/// What a memo is told to be like, with a run before it.
void tellRun(trace::Store &store, std::vector<trace::Execution> runs, trace::Memo memo, trace::Revision present)
{
    trace::Batch batch;
    batch.revision = present;
    for (NodeId id = store.lastNode() + 1; id <= std::max(memo.node, memo.reads.empty() ? 0 : memo.reads.back()); ++id)
        batch.nodes.push_back(nodeCalled(id, std::to_string(id)));
    batch.executions = std::move(runs);
    batch.memos = {std::move(memo)};
    store.apply(batch);
}

trace::Execution ran(NodeId node, trace::Revision revision, Outcome outcome, trace::Revision since)
{
    return {.node = node, .revision = revision, .outcome = outcome, .since = since, .sequence = revision};
}

trace::Batch setting(trace::Revision revision, std::vector<NodeId> stamps)
{
    std::vector<trace::Execution> executions;
    for (const NodeId stamp : stamps)
        executions.push_back({.node = stamp, .outcome = Outcome::InputSet});
    return batchOf(revision, std::move(executions));
}

trace::TextRecord told(const std::string &name, trace::Revision revision, std::string text)
{
    return {"/" + name, revision, std::make_shared<const std::string>(std::move(text))};
}

std::string textOf(const trace::Store &store, const std::string &name, trace::Revision revision)
{
    const auto text = store.textAt("/" + name, revision);
    return text ? *text : "not kept";
}

} // namespace

void TestStore::textsAreThoseOfTheirRevision()
{
    trace::Store store;
    trace::Batch first = batchOf(1, {});
    first.nodes = {stampCalled(stampOfA, "a"), stampCalled(stampOfB, "b")};
    first.texts = {told("a", 1, "one")};
    store.apply(first);
    trace::Batch third = setting(3, {stampOfA}); // The second was about something else.
    third.texts = {told("a", 3, "three")};
    store.apply(third);
    store.apply(setting(5, {stampOfA})); // Nobody reads it before it is set again.
    trace::Batch sixth = setting(6, {stampOfA});
    store.apply(sixth);
    trace::Batch later = batchOf(8, {});
    later.texts = {told("a", 8, "one"), told("b", 8, "two")}; // As after an undo.
    store.apply(later);
    for (const auto &[revision, text] : std::map<trace::Revision, std::string>{
             {1, "one"}, {2, "one"}, {3, "three"}, {4, "three"}, {5, "not kept"}, {7, "not kept"}, {9, "one"}})
        QCOMPARE(textOf(store, "a", revision), text);
    QCOMPARE(store.textAt("/a", 1), store.textAt("/a", 8)); // The same string.
    QCOMPARE(textOf(store, "b", 7), "not kept"); // Before it was read it may have said anything.
    QCOMPARE(textOf(store, "b", 8), "two");
    QCOMPARE(textOf(store, "c", 2), "not kept");
}

// The engine knows of a new value that it would have been the same since the last change of what it read.
void TestStore::aValueIsThereFromItsFirstRun()
{
    trace::Store store;
    tellRun(store, {ran(1, 9, Outcome::ExecutedNew, 0)}, {.node = 1, .changedAt = 2, .verifiedAt = 9}, 9);
    QCOMPARE(store.state(1).born, 9u);
    QCOMPARE(store.state(1).computed, 9u);
    tellRun(store, {}, {.node = 2, .changedAt = 2, .verifiedAt = 9}, 9); // It was there before watching began.
    QCOMPARE(store.state(2).born, 2u);
    QCOMPARE(store.state(2).computed, 2u);
    tellRun(store, {ran(3, 9, Outcome::ExecutedChanged, 4)}, {.node = 3, .changedAt = 9, .verifiedAt = 9}, 9);
    QCOMPARE(store.state(3).born, 4u);
    QCOMPARE(store.state(3).computed, 4u);
    tellRun(store, {ran(4, 9, Outcome::Cancelled, 0)}, {.node = 1, .changedAt = 2, .verifiedAt = 9, .reads = {4}}, 9);
    QCOMPARE(store.state(4).born, 9u);
    QCOMPARE(store.state(4).computed, 0u);
}

void TestStore::aValueIsKnownAsLongAsItIsToldOf()
{
    trace::Store store;
    const auto valueAt = [&](trace::Revision revision) { return store.valueAt(1, revision).value_or("not kept"); };
    tellRun(store, {ran(1, 1, Outcome::ExecutedNew, 0)}, {.node = 1, .changedAt = 1, .verifiedAt = 1, .value = "x"}, 1);
    // It seemed to have changed, and the memo tells that it had not.
    tellRun(store, {ran(1, 3, Outcome::ExecutedNew, 1)}, {.node = 1, .changedAt = 1, .verifiedAt = 3, .value = "x"}, 3);
    for (const trace::Revision revision : {1U, 2U, 3U})
        QCOMPARE(valueAt(revision), "x");
    trace::Batch lossy; // What was lost since may have been a change of it.
    lossy.revision = 5;
    lossy.cost.lostOthers = 1;
    store.apply(lossy);
    QCOMPARE(valueAt(3), "x");
    QCOMPARE(valueAt(5), "not kept");
    lossy.revision = 6; // It was none.
    lossy.memos = {{.node = 1, .changedAt = 1, .verifiedAt = 6, .value = "x"}};
    store.apply(lossy);
    QCOMPARE(valueAt(5), "x");
    QCOMPARE(valueAt(6), "x");
}

void TestStore::theOldestValuesGoFirst()
{
    const auto valueOf = [](trace::Revision revision) { return std::string(40, char('a' + revision)); };
    for (const bool isRunTold : {true, false}) { // A memo tells of a change also where the run was lost.
        trace::Store store({.valueBytes = 100});
        for (trace::Revision revision = 1; revision <= 6; ++revision) {
            std::vector<trace::Execution> runs;
            if (isRunTold)
                runs.push_back(ran(1, revision, Outcome::ExecutedChanged, revision - 1));
            tellRun(store, runs, {.node = 1, .changedAt = revision, .verifiedAt = revision, .value = valueOf(revision)},
                    revision);
        }
        for (const trace::Revision revision : {1U, 2U, 3U})
            QCOMPARE(store.valueAt(1, revision), std::nullopt);
        for (const trace::Revision revision : {4U, 5U, 6U}) // Two that are outdated, and the present one.
            QCOMPARE(store.valueAt(1, revision), std::optional(valueOf(revision)));
    }
}

void TestStore::readsAreKnownSinceTheRunThatReadThem()
{
    trace::Store store;
    // One batch tells of two runs, and of what the second one read.
    tellRun(store, {ran(1, 3, Outcome::ExecutedNew, 0), ran(1, 4, Outcome::ExecutedChanged, 3)},
            {.node = 1, .changedAt = 4, .verifiedAt = 4, .reads = {2}}, 4);
    QCOMPARE(store.state(1).readsSince, 4u);
    // It was found good again before it was told.
    tellRun(store, {ran(1, 6, Outcome::ExecutedBackdated, 4), ran(1, 8, Outcome::Validated, 6)},
            {.node = 1, .changedAt = 4, .verifiedAt = 8, .reads = {2, 3}}, 8);
    QCOMPARE(store.state(1).readsSince, 6u);
    QCOMPARE(store.state(3).readersSince, 6u);
    // Of each of two runs in one batch it is told what it read.
    trace::Batch both = batchOf(10, {ran(1, 9, Outcome::ExecutedChanged, 8), ran(1, 10, Outcome::ExecutedChanged, 9)});
    both.memos = {{.node = 1, .changedAt = 9, .verifiedAt = 9, .reads = {3}},
                  {.node = 1, .changedAt = 10, .verifiedAt = 10, .reads = {2, 3}}};
    store.apply(both);
    QCOMPARE(store.state(3).readersSince, 6u);
    QCOMPARE(store.state(2).readersSince, 10u);
    // A memo may be ahead of the events: then its run is yet to be told.
    tellRun(store, {ran(1, 11, Outcome::ExecutedBackdated, 10)},
            {.node = 1, .changedAt = 10, .verifiedAt = 13, .reads = {2}}, 13);
    QCOMPARE(store.state(1).readsSince, 13u);
    QCOMPARE(store.state(3).readersSince, 13u);
}

void TestStore::aNewReaderLeavesTheOthersKnown()
{
    trace::Store store;
    tellRun(store, {ran(1, 3, Outcome::ExecutedNew, 0)}, {.node = 1, .changedAt = 3, .verifiedAt = 3, .reads = {2}}, 3);
    const trace::Revision before = store.state(2).readersSince;
    tellRun(store, {ran(3, 7, Outcome::ExecutedNew, 0)}, {.node = 3, .changedAt = 3, .verifiedAt = 7, .reads = {2}}, 7);
    QCOMPARE(store.state(2).readersSince, before);
    QCOMPARE(store.state(2).readers.size(), 2u);
    tellRun(store, {ran(1, 8, Outcome::ExecutedChanged, 3)}, {.node = 1, .changedAt = 8, .verifiedAt = 8}, 8);
    QCOMPARE(store.state(2).readersSince, 8u);
}

void TestStore::theOldestTextsGoFirstAndTheLastOnesStay()
{
    trace::Store store({.textBytes = 1000});
    trace::Batch first = batchOf(1, {});
    first.nodes = {stampCalled(stampOfA, "a"), stampCalled(stampOfB, "b")};
    first.texts = {told("a", 1, std::string(400, '1')), told("b", 1, std::string(5000, 'b'))};
    store.apply(first);
    for (trace::Revision revision = 2; revision <= 5; ++revision) {
        trace::Batch batch = setting(revision, {stampOfA});
        batch.texts = {told("a", revision, std::string(400, char('0' + revision)))};
        store.apply(batch);
    }
    for (const trace::Revision gone : {1U, 2U})
        QCOMPARE(textOf(store, "a", gone), "not kept");
    for (const trace::Revision kept : {3U, 4U, 5U})
        QCOMPARE(textOf(store, "a", kept), std::string(400, char('0' + kept)));
    QCOMPARE(textOf(store, "b", 1).size(), std::size_t(5000));
}

void TestStore::aFileIsAsItWasBetweenTwoChanges()
{
    using Status = trace::FileRecord::Status;
    trace::Store store;
    const auto tell = [&](trace::Batch batch, Status status, trace::Revision changedAt, std::int32_t version) {
        batch.files.push_back({"/a", "a", status, version, {}, changedAt, query::Durability::Low});
        store.apply(batch);
    };
    trace::Batch first = batchOf(1, {});
    first.nodes = {stampCalled(stampOfA, "a")};
    tell(first, Status::Disk, 1, 0);
    tell(setting(3, {stampOfA}), Status::Overlay, 3, 7);
    store.apply(setting(4, {stampOfA})); // One batch tells of the next two, and only how it ended.
    tell(setting(5, {stampOfA}), Status::Absent, 5, 0);
    const auto statusAt = [&](trace::Revision revision) {
        const auto file = store.fileAt("/a", revision);
        return file ? std::optional(file->status) : std::nullopt;
    };
    QCOMPARE(statusAt(1), std::optional(Status::Disk));
    QCOMPARE(statusAt(2), std::optional(Status::Disk));
    QCOMPARE(statusAt(3), std::optional(Status::Overlay));
    QCOMPARE(statusAt(4), std::nullopt);
    QCOMPARE(statusAt(5), std::optional(Status::Absent));
    QCOMPARE(store.fileAt("/a", 3)->shown, "a");
    QCOMPARE(store.changedBefore("/a", 4), trace::Revision(4));
    // It is opened without a change.
    tell(setting(7, {stampOfA}), Status::Disk, 7, 0);
    tell(batchOf(9, {}), Status::Overlay, 7, 1);
    QCOMPARE(statusAt(6), std::optional(Status::Absent));
    for (const trace::Revision before : {7U, 8U})
        QCOMPARE(statusAt(before), std::optional(Status::Disk));
    QCOMPARE(statusAt(9), std::optional(Status::Overlay));
    // It is told of late, and has been the same for long.
    trace::Batch late = batchOf(10, {});
    late.files.push_back({"/b", "b", Status::Disk, {}, {}, 4, query::Durability::Low});
    store.apply(late);
    QCOMPARE(store.fileAt("/b", 3), std::nullopt);
    for (const trace::Revision revision : {4U, 9U, 10U}) {
        QVERIFY(store.fileAt("/b", revision));
        QCOMPARE(store.fileAt("/b", revision)->status, Status::Disk);
    }
}

void TestStore::mistakesAreThoseOfTheLookBefore()
{
    using Result = trace::LookRecord::Result;
    trace::Store store;
    const auto look = [&](trace::Revision now, trace::Revision revision, Result result,
                          std::vector<std::string> found) {
        trace::Batch batch = batchOf(now, {});
        trace::LookRecord &record = batch.looks.emplace_back();
        record.path = "/a";
        record.revision = revision;
        record.result = result;
        for (std::string &message : found)
            record.mistakes.push_back({.rule = "unknown-tag", .message = std::move(message)});
        const trace::Changes changes = store.apply(batch);
        QCOMPARE(changes.lookedAt, std::vector<std::string>{"/a"});
    };
    look(2, 2, Result::Found, {"one"});
    look(4, 4, Result::Same, {});
    look(7, 7, Result::Found, {});
    look(8, 8, Result::Ended, {});
    look(9, 9, Result::Found, {"two", "three"});
    look(9, 6, Result::Found, {"late"}); // By a reader of a revision that is over.
    const auto shown = [&](trace::Revision revision) {
        const auto known = store.mistakesAt("/a", revision);
        if (!known)
            return std::string("not kept");
        std::string text = std::to_string(known->revision) + ":";
        for (const trace::Mistake &mistake : *known->found)
            text += " " + mistake.message;
        return text;
    };
    const std::vector<std::string> expected = {
        "not kept", "not kept", "2: one",   "2: one",       "4: one",      "4: one",
        "6: late",  "7:",       "not kept", "9: two three", "9: two three"};
    for (trace::Revision revision = 0; revision < expected.size(); ++revision)
        QCOMPARE(shown(revision), expected[revision]);
    QCOMPARE(store.mistakesAt("/b", 9), std::nullopt);
    QCOMPARE(store.lookedAt(), std::vector<std::string>{"/a"});
    QCOMPARE(store.mistakesAt("/a", 2)->found, store.mistakesAt("/a", 4)->found); // The same list.
}

void TestStore::theOlderHalfOfTheLooksGoesButForEachLastOne()
{
    trace::Store store({.looks = 10});
    for (trace::Revision revision = 1; revision <= 40; ++revision) {
        trace::Batch batch = batchOf(revision, {});
        batch.looks.push_back({"/a", revision, trace::LookRecord::Result::Found, {}});
        if (revision == 1)
            batch.looks.push_back({"/b", revision, trace::LookRecord::Result::Found, {}});
        store.apply(batch);
    }
    std::size_t kept = 0;
    for (trace::Revision revision = 1; revision <= 40; ++revision) {
        const auto known = store.mistakesAt("/a", revision);
        kept += known.has_value();
        if (known)
            QCOMPARE(known->revision, revision); // Nothing older in the place of what is gone.
    }
    QVERIFY(kept >= 5 && kept <= 10);
    QVERIFY(store.mistakesAt("/a", 40));
    QCOMPARE(store.mistakesAt("/b", 40)->revision, 1u); // Nobody has looked again.
}

NUAGES_TEST(TestStore)
#include "tst_store.moc"
