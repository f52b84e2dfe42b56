#include "engine/trace/ledger.h"

#include "tests/engine/trace/madeup.h"
#include "tests/engine/trace/watched.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace nuages;
using namespace nuages::tests;
using trace::EdgeWork;
using trace::Execution;
using trace::Finding;
using trace::KindWork;
using trace::Ledger;
using trace::NodeId;
using trace::Outcome;
using trace::Scope;
using trace::Work;

namespace {

/// What was done of one kind, counted by looking at everything that ever happened.
struct Counted {
    std::uint64_t useful = 0, same = 0, checked = 0, looked = 0, cancelled = 0, usefulNs = 0, sameNs = 0;

    void add(const Execution &each)
    {
        if (each.outcome == Outcome::ExecutedBackdated) {
            ++same;
            sameNs += each.selfNs;
        }
        if (each.outcome == Outcome::ExecutedNew || each.outcome == Outcome::ExecutedChanged) {
            ++useful;
            usefulNs += each.selfNs;
        }
        if (each.outcome == Outcome::Validated) {
            ++checked;
            looked += each.edges;
        }
        if (each.outcome == Outcome::Cancelled)
            ++cancelled;
    }

    bool isAll(const Work &work) const
    {
        return useful == work.useful && same == work.same && checked == work.checked && looked == work.looked
            && cancelled == work.cancelled && usefulNs == work.usefulNs && sameNs == work.sameNs;
    }
    bool isNothing() const { return useful + same + checked + cancelled == 0; }
};

bool isIn(const Execution &each, const Scope &scope)
{
    if (scope.request != 0 && each.request != scope.request)
        return false;
    return each.revision >= scope.first && each.revision <= scope.last;
}

const Finding *found(const Ledger &ledger, Finding::Kind kind)
{
    const auto at = std::ranges::find(ledger.findings, kind, &Finding::kind);
    return at == ledger.findings.end() ? nullptr : &*at;
}

/// A file whose text is read by a tree, which ten edits change for nothing.
struct EditedFile : MadeUp {
    NodeId stamp = add("File", "a.html", "stamp", "/a.html");
    NodeId tree = add("Tree", "a.html", {}, "/a.html");

    explicit EditedFile(int edits, int changed = 0)
    {
        happened(tree, Outcome::ExecutedNew);
        memo(tree, {stamp});
        for (int edit = 0; edit < edits; ++edit) {
            set({stamp});
            happened(tree, edit < changed ? Outcome::ExecutedChanged : Outcome::ExecutedBackdated, stamp, 1000);
        }
    }
};

} // namespace

class TestLedger : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sumsAgreeWithAListOfAllThatHappened();
    void edgesAgreeWithAListOfAllThatHappened();
    void everythingTogetherIsWhatTheEngineCounted();
    void theDearestComeFirst();
    void aReadThatChangesForNothingIsTooWide();
    void aReadThatMattersNowAndThenIsNot();
    void aQueryThatManyReadIsAHub();
    void aReadThatTheEngineCannotSeeIsNamed();
    void lowDurabilityThatHelpsNobodyIsNamed();
    void inputsThatWereToStayAndDoNotAreNamed();
    void theOnlyReadOfLowDurabilityIsNamed();
    void ofThinnedRevisionsTheCountsAreIn();
    void theTextSaysItInRows();
};

void TestLedger::sumsAgreeWithAListOfAllThatHappened()
{
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        WatchedWorld watched(seed, seed % 2 == 0);
        for (int step = 0; step < 30; ++step) {
            watched.askAround();
            watched.edit();
            watched.feed();
        }
        for (int draw = 0; draw < 10; ++draw) {
            const trace::Revision last = watched.engine.revision();
            const auto first = trace::Revision(1 + watched.random() % last);
            const Scope scope{first, trace::Revision(first + watched.random() % last),
                              draw % 2 == 0 ? trace::RequestId(0) : trace::RequestId(watched.random() % 100)};
            Counted all;
            std::map<std::string, Counted> kinds;
            for (const Execution &each : watched.log) {
                if (!isIn(each, scope) || watched.store.node(each.node).isInput)
                    continue;
                all.add(each);
                kinds[std::string(watched.store.node(each.node).kind)].add(each);
            }
            std::erase_if(kinds, [](const auto &each) { return each.second.isNothing(); });
            const Ledger ledger = trace::ledger(watched.store, scope);
            QVERIFY(all.isAll(ledger.all));
            QCOMPARE(ledger.kinds.size(), kinds.size());
            for (const KindWork &kind : ledger.kinds)
                QVERIFY(kinds.at(kind.kind).isAll(kind.work));
        }
    }
}

void TestLedger::edgesAgreeWithAListOfAllThatHappened()
{
    std::set<std::string> seen;
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        WatchedWorld watched(seed);
        for (int step = 0; step < 30; ++step) {
            watched.askAround();
            watched.edit();
            watched.feed();
        }
        const Scope scope{3, 20, 0};
        std::map<std::string, std::array<std::uint64_t, 4>> edges; // runs, same, ns, sameNs
        for (const Execution &each : watched.log) {
            if (!isIn(each, scope) || each.cause == 0 || !trace::isExecution(each.outcome))
                continue;
            const trace::NodeName read = watched.store.node(each.cause);
            auto &[runs, same, ns, sameNs] =
                edges[std::string(watched.store.node(each.node).kind).append(" ").append(read.kind).append(read.field)];
            ++runs;
            ns += each.selfNs;
            if (each.outcome == Outcome::ExecutedBackdated) {
                ++same;
                sameNs += each.selfNs;
            }
        }
        const Ledger ledger = trace::ledger(watched.store, scope);
        QCOMPARE(ledger.edges.size(), edges.size());
        for (const EdgeWork &edge : ledger.edges) {
            std::string read = edge.read;
            std::erase(read, '.');
            const std::array<std::uint64_t, 4> told = {edge.runs, edge.same, edge.ns, edge.sameNs};
            QCOMPARE(told, edges.at(edge.reader + " " + read));
            QVERIFY(isIn(edge.example, scope));
            QCOMPARE(watched.store.node(edge.example.node).kind, edge.reader);
            QCOMPARE(edge.example.outcome == Outcome::ExecutedBackdated, edge.same > 0);
            seen.insert(edge.reader + read);
        }
    }
    QVERIFY(seen.size() > 5);
}

void TestLedger::everythingTogetherIsWhatTheEngineCounted()
{
    WatchedWorld watched(7);
    for (int step = 0; step < 50; ++step) {
        watched.askAround();
        watched.edit();
    }
    watched.feed();
    const Ledger ledger = trace::ledger(watched.store, {});
    const query::Counters counters = watched.engine.counters();
    QCOMPARE(ledger.all.ran(), counters.executed);
    QCOMPARE(ledger.all.same, counters.backdated);
    QCOMPARE(ledger.all.checked, counters.validatedDeep);
    QCOMPARE(ledger.all.cancelled, counters.cancelled);
    QCOMPARE(ledger.first, 1u);
    QCOMPARE(ledger.last, watched.engine.revision());
}

void TestLedger::theDearestComeFirst()
{
    MadeUp made;
    const NodeId input = made.add("File", "a", "stamp", "/a");
    const NodeId cheap = made.add("Cheap", "a");
    const NodeId dear = made.add("Dear", "a");
    const NodeId dearer = made.add("Dear", "b");
    made.set({input});
    made.happened(cheap, Outcome::ExecutedBackdated, input, 50);
    made.happened(dear, Outcome::ExecutedChanged, input, 700);
    made.happened(dearer, Outcome::ExecutedChanged, input, 900);
    const Ledger ledger = trace::ledger(made.store, {});
    QCOMPARE(ledger.kinds.front().kind, std::string("Dear"));
    QCOMPARE(ledger.kinds.front().dearest, dearer);
    // What was for nothing comes before what was not.
    QCOMPARE(ledger.edges.front().reader, std::string("Cheap"));
    QCOMPARE(ledger.edges.back().example.node, dearer);
}

void TestLedger::aReadThatChangesForNothingIsTooWide()
{
    const EditedFile made(10);
    const Ledger ledger = trace::ledger(made.store, {});
    const Finding *finding = found(ledger, Finding::Kind::OverWideRead);
    QVERIFY(finding);
    QCOMPARE(finding->node, made.tree);
    QCOMPARE(finding->count, 10u);
    QCOMPARE(finding->ns, 10'000u);
    QVERIFY(made.store.executions(finding->revision).size() > 0);
    QVERIFY(finding->sentence.contains("Tree ran 10 times because File.stamp had changed"));
}

void TestLedger::aReadThatMattersNowAndThenIsNot()
{
    QVERIFY(!found(trace::ledger(EditedFile(10, 1).store, {}), Finding::Kind::OverWideRead)); // 9 of 10
    QVERIFY(found(trace::ledger(EditedFile(11, 1).store, {}), Finding::Kind::OverWideRead)); // 10 of 11
    QVERIFY(!found(trace::ledger(EditedFile(4).store, {}), Finding::Kind::OverWideRead)); // may be chance
}

void TestLedger::aQueryThatManyReadIsAHub()
{
    MadeUp made;
    const NodeId hub = made.add("Libraries", "");
    const NodeId other = made.add("Libraries", "other");
    for (int reader = 0; reader < 60; ++reader)
        made.memo(made.add("Scope", std::to_string(reader)), reader < 50 ? std::vector{hub} : std::vector{other});
    made.happened(hub, Outcome::ExecutedChanged);
    made.happened(other, Outcome::ExecutedChanged);
    const Ledger ledger = trace::ledger(made.store, {});
    QCOMPARE(std::ranges::count(ledger.findings, Finding::Kind::Hub, &Finding::kind), 1);
    QCOMPARE(found(ledger, Finding::Kind::Hub)->node, hub);
    QCOMPARE(found(ledger, Finding::Kind::Hub)->count, 50u);
    made.set({});
    QVERIFY(!found(trace::ledger(made.store, {2, 2, 0}), Finding::Kind::Hub)); // Nobody looked at it then.
}

void TestLedger::aReadThatTheEngineCannotSeeIsNamed()
{
    MadeUp made;
    const NodeId node = made.add("Today", "");
    for (int run = 0; run < 3; ++run) {
        made.set({});
        trace::Batch batch;
        batch.executions.push_back({.node = node,
                                    .revision = made.revision,
                                    .outcome = Outcome::ExecutedChanged,
                                    .selfNs = 7,
                                    .isUntracked = true});
        made.tell(batch);
    }
    const Ledger ledger = trace::ledger(made.store, {});
    const Finding *finding = found(ledger, Finding::Kind::UntrackedRead);
    QVERIFY(finding);
    QCOMPARE(finding->node, node);
    QCOMPARE(finding->revision, made.revision);
    QCOMPARE(finding->count, 3u);
    QCOMPARE(finding->ns, 21u);
}

void TestLedger::lowDurabilityThatHelpsNobodyIsNamed()
{
    MadeUp made;
    const NodeId moving = made.add("File", "a", "stamp", "/a");
    const NodeId still = made.add("File", "a", "status", "/a");
    const NodeId reader = made.add("Listing", "a");
    made.memo(reader, {still});
    for (int edit = 0; edit < 5; ++edit) {
        QVERIFY(!found(trace::ledger(made.store, {}), Finding::Kind::LowForNothing));
        made.set({moving});
        made.happened(reader, Outcome::Validated, 0, 0, 1);
    }
    const Ledger ledger = trace::ledger(made.store, {});
    QCOMPARE(std::ranges::count(ledger.findings, Finding::Kind::LowForNothing, &Finding::kind), 1);
    QCOMPARE(found(ledger, Finding::Kind::LowForNothing)->node, still);
    QCOMPARE(found(ledger, Finding::Kind::LowForNothing)->count, 5u);
    made.set({still});
    QVERIFY(!found(trace::ledger(made.store, {}), Finding::Kind::LowForNothing));
}

void TestLedger::inputsThatWereToStayAndDoNotAreNamed()
{
    MadeUp made;
    const NodeId settings = made.add("File", "settings.py", "stamp", "/settings.py");
    made.memo(settings, {}, trace::Durability::Medium);
    for (int edit = 0; edit < 5; ++edit) {
        QVERIFY(!found(trace::ledger(made.store, {}), Finding::Kind::RestlessInput));
        made.set({settings});
    }
    const Ledger ledger = trace::ledger(made.store, {});
    const Finding *finding = found(ledger, Finding::Kind::RestlessInput);
    QVERIFY(finding);
    QCOMPARE(finding->node, settings);
    QCOMPARE(finding->revision, made.revision);
    QCOMPARE(finding->count, 5u);
}

void TestLedger::theOnlyReadOfLowDurabilityIsNamed()
{
    MadeUp made;
    const NodeId low = made.add("Facts", "a");
    const NodeId high = made.add("Libraries", "");
    const NodeId lone = made.add("Scope", "a");
    const NodeId both = made.add("Scope", "b");
    made.memo(low, {});
    made.memo(high, {}, trace::Durability::High);
    made.memo(lone, {high, low});
    made.memo(both, {low, lone});
    for (int edit = 0; edit < 5; ++edit) {
        made.set({});
        made.happened(lone, Outcome::Validated, 0, 0, 2);
        made.happened(both, Outcome::Validated, 0, 0, 2);
    }
    const Ledger ledger = trace::ledger(made.store, {});
    QCOMPARE(std::ranges::count(ledger.findings, Finding::Kind::LoneLowRead, &Finding::kind), 1);
    QCOMPARE(found(ledger, Finding::Kind::LoneLowRead)->node, lone);
    QCOMPARE(found(ledger, Finding::Kind::LoneLowRead)->count, 5u);
}

void TestLedger::ofThinnedRevisionsTheCountsAreIn()
{
    trace::Store::Limits limits;
    limits.executions = 3;
    MadeUp made(limits);
    const NodeId node = made.add("Tree", "a");
    for (int run = 0; run < 6; ++run) {
        made.set({});
        made.happened(node, Outcome::ExecutedChanged, 0, 10);
    }
    const Ledger ledger = trace::ledger(made.store, {});
    QCOMPARE(ledger.countsOnly, 3u);
    QCOMPARE(ledger.all.useful, 6u);
    QCOMPARE(ledger.all.usefulNs, 60u);
    QCOMPARE(ledger.kinds.front().work.useful, 3u);
    QVERIFY(toText(made.store, ledger, trace::Times::Shown, 10).contains("Of 3 revisions only counts are kept"));
}

void TestLedger::theTextSaysItInRows()
{
    const EditedFile made(10);
    const std::string text = toText(made.store, trace::ledger(made.store, {}), trace::Times::Hidden, 10);
    QVERIFY2(text.starts_with("Revisions 1 to 11\n\n"), text.c_str());
    QVERIFY2(text.contains("  in vain: the same value       10\n"), text.c_str());
    QVERIFY2(text.contains("  File.stamp → Tree     10       10  Tree(a.html) in revision 11\n"), text.c_str());
    QVERIFY2(!text.contains("ms"), text.c_str());
}

NUAGES_TEST(TestLedger)
#include "tst_ledger.moc"
