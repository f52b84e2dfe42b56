#include "engine/trace/diff.h"

#include "tests/engine/query/pages.h"
#include "tests/engine/trace/madeup.h"
#include "tests/engine/trace/watched.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace nuages;
using namespace nuages::tests;
using trace::Diff;
using trace::Execution;
using trace::NodeDifference;
using trace::NodeId;
using trace::Outcome;
using trace::Revision;
using trace::ValueChange;

namespace {

std::pair<Revision, Revision> twoOf(WatchedWorld &watched)
{
    const auto draw = [&] { return Revision(1 + watched.random() % watched.engine.revision()); };
    const Revision a = draw();
    return {a, draw()};
}

const NodeDifference *of(const Diff &diff, NodeId node)
{
    const auto found = std::ranges::find(diff.nodes, node, &NodeDifference::node);
    return found == diff.nodes.end() ? nullptr : &*found;
}

} // namespace

class TestDiff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seenFromTheOtherSideItIsTheInverse();
    void aRevisionDoesNotDifferFromItself();
    void itAgreesWithAListOfAllThatHappened();
    void whatIsCalledTheSameHasTheSameValue();
    void inputsAreThoseThatWereSetBetween();
    void whatIsForgottenIsNotCalledTheSame();
    void theTextSaysItInRows();
    void valuesThatDifferAreRead();
};

void TestDiff::seenFromTheOtherSideItIsTheInverse()
{
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        WatchedWorld watched(seed, seed % 2 == 0);
        for (int step = 0; step < 30; ++step) {
            watched.askAround();
            watched.edit();
            watched.feed();
        }
        for (int draw = 0; draw < 20; ++draw) {
            const auto [a, b] = twoOf(watched);
            const Diff there = trace::diff(watched.store, a, b);
            QCOMPARE(there.a.revision, a);
            QCOMPARE(there.b.revision, b);
            QVERIFY(trace::inverse(there) == trace::diff(watched.store, b, a));
        }
    }
}

void TestDiff::aRevisionDoesNotDifferFromItself()
{
    WatchedWorld watched(3);
    for (int step = 0; step < 10; ++step) {
        watched.askAround();
        watched.edit();
        watched.feed();
    }
    for (Revision revision = 1; revision <= watched.engine.revision(); ++revision) {
        const Diff diff = trace::diff(watched.store, revision, revision);
        QVERIFY(diff.inputs.empty());
        QVERIFY(diff.nodes.empty());
        QVERIFY(diff.a == diff.b);
    }
}

void TestDiff::itAgreesWithAListOfAllThatHappened()
{
    std::set<ValueChange> seen;
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        WatchedWorld watched(seed, seed % 2 == 0);
        for (int step = 0; step < 30; ++step) {
            watched.askAround();
            watched.edit();
            watched.feed();
        }
        for (int draw = 0; draw < 10; ++draw) {
            const auto [a, b] = twoOf(watched);
            const Diff diff = trace::diff(watched.store, a, b);
            std::map<NodeId, Outcome> inA;
            std::map<NodeId, Outcome> inB;
            std::map<NodeId, Revision> firstRun;
            std::set<NodeId> changed;
            std::ranges::sort(watched.log, {}, &Execution::sequence);
            std::uint64_t ranInA = 0;
            for (const Execution &each : watched.log) {
                if (each.revision == a)
                    inA[each.node] = each.outcome;
                if (each.revision == b)
                    inB[each.node] = each.outcome;
                if (each.revision > std::min(a, b) && each.revision <= std::max(a, b)
                    && (each.outcome == Outcome::ExecutedChanged || each.outcome == Outcome::ExecutedNew
                        || each.outcome == Outcome::InputSet))
                    changed.insert(each.node);
                if (each.outcome == Outcome::ExecutedNew)
                    firstRun.emplace(each.node, each.revision);
                ranInA += each.revision == a && trace::isExecution(each.outcome);
            }
            QCOMPARE(diff.a.work.ran(), ranInA);
            for (const auto &[node, first] : firstRun) {
                if (watched.store.node(node).isInput || first > std::max(a, b))
                    continue;
                const NodeDifference *difference = of(diff, node);
                const auto outcomeIn = [node](const std::map<NodeId, Outcome> &all) {
                    const auto found = all.find(node);
                    return found == all.end() ? Outcome::NotChecked : found->second;
                };
                const bool isInBoth = first <= std::min(a, b);
                const bool isOther = !isInBoth || changed.contains(node) || outcomeIn(inA) != outcomeIn(inB);
                QCOMPARE(difference != nullptr, isOther);
                if (!difference)
                    continue;
                QCOMPARE(difference->value,
                         !isInBoth                    ? ValueChange::Absent
                             : changed.contains(node) ? ValueChange::Changed
                                                      : ValueChange::Same);
                if (difference->a.isThere)
                    QCOMPARE(*difference->a.outcome, outcomeIn(inA));
                if (difference->b.isThere)
                    QCOMPARE(*difference->b.outcome, outcomeIn(inB));
                seen.insert(difference->value);
            }
        }
    }
    QCOMPARE(seen.size(), 3u);
}

// Of two revisions in both of which it was found good, so that it was what it is computed to be from scratch.
void TestDiff::whatIsCalledTheSameHasTheSameValue()
{
    int compared = 0;
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        WatchedWorld watched(seed);
        for (int step = 0; step < 30; ++step) {
            for (int more = 0; more < 4; ++more)
                watched.askAround();
            watched.feed();
            watched.edit();
        }
        watched.feed();
        for (int draw = 0; draw < 20; ++draw) {
            const auto [a, b] = twoOf(watched);
            const Diff diff = trace::diff(watched.store, a, b);
            Oracle then(watched.worlds[a]);
            Oracle now(watched.worlds[b]);
            for (NodeId id = 1; id <= watched.store.lastNode(); ++id) {
                const auto isGoodIn = [&](Revision revision) {
                    return std::ranges::any_of(watched.log, [&](const Execution &each) {
                        return each.node == id && each.revision == revision;
                    });
                };
                const NodeDifference *difference = of(diff, id);
                const bool isSame = !difference || difference->value == ValueChange::Same;
                if (watched.store.node(id).isInput || !isSame || !isGoodIn(a) || !isGoodIn(b))
                    continue;
                const std::string name = nameOf(watched.store.node(id));
                QCOMPARE(now.valueOf(name), then.valueOf(name));
                ++compared;
            }
        }
    }
    QVERIFY2(compared > 500, qPrintable(QString::number(compared)));
}

void TestDiff::inputsAreThoseThatWereSetBetween()
{
    MadeUp made;
    const NodeId first = made.add("File", "a", "stamp", "/a");
    const NodeId second = made.add("File", "b", "stamp", "/b");
    made.set({first});
    made.set({second});
    made.set({first});
    QCOMPARE(trace::diff(made.store, 1, 2).inputs, std::vector{first});
    QCOMPARE(trace::diff(made.store, 3, 2).inputs, std::vector{second});
    QCOMPARE(trace::diff(made.store, 1, 4).inputs, (std::vector{first, second}));
    QCOMPARE(trace::diff(made.store, 1, 4).files, (std::vector<std::string>{"/a", "/b"}));
}

void TestDiff::whatIsForgottenIsNotCalledTheSame()
{
    trace::Store::Limits limits;
    limits.executions = 4;
    MadeUp made(limits);
    const NodeId input = made.add("File", "a", "stamp", "/a");
    const NodeId tree = made.add("Tree", "a");
    made.happened(tree, Outcome::ExecutedNew);
    for (int edit = 0; edit < 6; ++edit) {
        made.set({input});
        made.happened(tree, Outcome::ExecutedChanged, input);
    }
    const Diff diff = trace::diff(made.store, 1, 3); // Both are forgotten.
    QVERIFY(!diff.a.isKept && !diff.b.isKept);
    QCOMPARE(of(diff, tree)->value, ValueChange::Unknown);
    QCOMPARE(of(diff, tree)->a.outcome, std::nullopt);
    QCOMPARE(diff.inputs, std::vector{input});
    const Diff late = trace::diff(made.store, 6, 7);
    QVERIFY(late.a.isKept && late.b.isKept);
    QCOMPARE(of(late, tree)->value, ValueChange::Changed);
    QVERIFY(toText(made.store, diff, trace::Times::Shown, 10).contains("in revision 1 is not kept"));
}

void TestDiff::theTextSaysItInRows()
{
    MadeUp made;
    const NodeId input = made.add("File", "a", "stamp", "/a");
    const NodeId tree = made.add("Tree", "a");
    made.happened(tree, Outcome::ExecutedNew);
    made.set({input});
    made.happened(tree, Outcome::ExecutedChanged, input);
    const std::string text = toText(made.store, trace::diff(made.store, 1, 2), trace::Times::Hidden, 10);
    QVERIFY2(text.starts_with("A is revision 1\nB is revision 2, edit\n"), text.c_str());
    QVERIFY2(text.contains("Inputs that differ:\n  File(a).stamp\n"), text.c_str());
    QVERIFY2(text.contains("Values that differ (1):\n"), text.c_str());
    QVERIFY2(text.contains("  Tree(a)  ran, new  ran, changed\n"), text.c_str());
    QVERIFY2(!text.contains("ms"), text.c_str());
}

void TestDiff::valuesThatDifferAreRead()
{
    Watched watched;
    const Page page = makePage(watched.engine, "a.html", "x");
    for (const char *text : {"x", "x\n\n\n", "x\n"}) {
        if (text != std::string_view("x"))
            setText(watched.engine, page, text);
        ask<IsLong>(watched.engine, page);
        watched.feed();
    }
    const auto text = [&](trace::Revision a, trace::Revision b) {
        return toText(watched.store, trace::diff(watched.store, a, b), trace::Times::Hidden, 10);
    };
    QVERIFY2(text(1, 2).contains("  IsLong(a.html)     ran, new  ran, changed  false → true\n"), text(1, 2).c_str());
    QVERIFY2(text(1, 2).contains("  LineCount(a.html)  ran, new  ran, changed  1 → 4\n"), text(1, 2).c_str());
    QVERIFY2(text(2, 1).contains("  ran, changed  ran, new  4 → 1\n"), text(2, 1).c_str());
    QVERIFY2(text(1, 3).contains("  1 → 2\n"), text(1, 3).c_str());
    QVERIFY2(text(1, 3).contains("  false, in short the same\n"), text(1, 3).c_str()); // It came back.
}

NUAGES_TEST(TestDiff)
#include "tst_diff.moc"
