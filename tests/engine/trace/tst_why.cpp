#include "engine/trace/why.h"

#include "tests/engine/query/pages.h"
#include "tests/engine/trace/madeup.h"
#include "tests/engine/trace/watched.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <format>
#include <map>
#include <set>

using namespace nuages;
using namespace nuages::tests;
using trace::Execution;
using trace::NodeId;
using trace::Outcome;
using trace::Step;
using trace::WhyNot;
using namespace Qt::StringLiterals;

namespace {

/// Reads both fields of a page, the note last.
struct Both {
    static long run(query::Reader &db, Page page)
    {
        return std::ssize(db.read<&PageData::text>(page)) + std::ssize(db.read<&PageData::note>(page));
    }
};

struct Twice {
    static long run(query::Reader &db, Page page) { return db.get<Both>(page) * 2; }
};

/// What a query asks the world, and the wish that it makes while it runs.
struct Weather {
    int degrees = 0;
    query::Engine *engine = nullptr;
    query::Wish wish = 0;
};

struct Outdoors {
    static int run(query::Reader &db, Page)
    {
        db.reportUntrackedRead();
        return db.attached<Weather>().degrees;
    }
};
struct Clothes {
    static bool run(query::Reader &db, Page page) { return db.get<Outdoors>(page) > 20; }
};

/// Is interrupted by a write after it has asked for the lines.
struct Interrupted {
    static long run(query::Reader &db, Page page)
    {
        const long lines = db.get<LineCount>(page);
        auto &weather = db.attached<Weather>();
        if (weather.engine && weather.wish > 0)
            weather.engine->wantWrite(weather.wish);
        db.poll();
        return lines;
    }
};

/// What a page shows: its own length, and on a long page a note of another query.
struct Extra {
    static long run(query::Reader &db, Page page) { return std::ssize(db.read<&PageData::note>(page)); }
};
struct Shown {
    static long run(query::Reader &db, Page page) { return db.get<IsLong>(page) ? db.get<Extra>(page) : 0; }
};

std::vector<std::string> namesOf(const std::vector<Step> &steps)
{
    std::vector<std::string> names;
    for (const Step &step : steps)
        names.push_back(step.name);
    return names;
}

using Names = std::vector<std::string>;

/// The last change of `node` before `run` and after the revision it was good in, found by looking at everything.
const Execution *changeOf(const std::vector<Execution> &log, NodeId node, const Execution &run)
{
    const Execution *found = nullptr;
    for (const Execution &each : log) {
        if (each.node == node && each.sequence < run.sequence && each.revision > run.since
            && trace::isChange(each.outcome) && (!found || found->sequence < each.sequence))
            found = &each;
    }
    return found;
}

/// The run of `node` inside which `run` ran, found by looking at everything.
const Execution *aroundOf(const std::vector<Execution> &log, NodeId node, const Execution &run)
{
    const Execution *found = nullptr;
    for (const Execution &each : log) {
        if (each.node == node && each.revision == run.revision && each.sequence > run.sequence
            && trace::isExecution(each.outcome) && (!found || each.sequence < found->sequence))
            found = &each;
    }
    return found;
}

/// Of all memos and of what they read.
std::set<query::DependencyKey> allKeys(const query::Engine &engine)
{
    query::MemoCursor cursor;
    std::vector<query::DependencyKey> memos;
    while (engine.nextMemos(cursor, 100'000, memos)) { }
    std::set<query::DependencyKey> keys(memos.begin(), memos.end());
    for (const query::DependencyKey key : memos) {
        const auto memo = engine.memo(key);
        keys.insert(memo->reads.begin(), memo->reads.end());
    }
    return keys;
}

/// The chain from the press of a key to `run` by brute force.
Names chainTo(const Watched &watched, const Execution &run)
{
    const std::string name = trace::nameOf(watched.store.node(run.node));
    Names chain;
    if (run.outcome == Outcome::InputSet)
        return {watched.store.revision(run.revision)->label, name};
    if (run.reason == query::Reason::UntrackedRead)
        chain = {watched.store.revision(run.revision)->label};
    else if (run.reason == query::Reason::NeverComputed && run.parent == 0)
        chain = {std::format("request {}", run.request)};
    else if (run.reason == query::Reason::NeverComputed)
        chain = chainTo(watched, *aroundOf(watched.log, run.parent, run));
    else
        chain = chainTo(watched, *changeOf(watched.log, run.cause, run));
    chain.push_back(name);
    return chain;
}

} // namespace

class TestWhy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chainAgreesWithBruteForceOnRandomGraphs();
    void causeIsTheFirstReadOfWhichTheValueDiffers();
    void chainNamesTheRightOneOfTwoInputsSetAtOnce_data();
    void chainNamesTheRightOneOfTwoInputsSetAtOnce();
    void untrackedReadIsTheReason();
    void changedDurabilityIsTheReason_data();
    void changedDurabilityIsTheReason();
    void aCollectedDependencyIsTheReason();
    void retriedRequestIsExplainedByItsSecondAttempt();
    void sameValueStopsTheChainAndSaysWhatWasKept();
    void whatWasReadLaterSparedNothingBefore();
    void newQueryGoesByWhoeverNeededIt();
    void changeOfAnEarlierRevisionIsFound();
    void whyNot_data();
    void whyNot();
    void randomWhyNotsAreTrue();
    void whatIsNotKeptIsNotMadeUp();
    void textHasALineForEachStep();
    void stepsHaveTheOldAndTheNewValue();
    void valuesOfStepsAreThoseOfTheWorlds();
    void whatWasTypedIsReadInWholeWords_data();
    void whatWasTypedIsReadInWholeWords();
};

void TestWhy::chainAgreesWithBruteForceOnRandomGraphs()
{
    int chains = 0;
    for (std::uint32_t seed = 1; seed <= 30; ++seed) {
        WatchedWorld watched(seed);
        for (int step = 0; step < 30; ++step) {
            watched.edit();
            watched.askAround();
        }
        watched.feed();
        for (const Execution &run : watched.log) {
            if (!trace::isExecution(run.outcome))
                continue;
            const trace::Why why = trace::why(watched.store, run.node, run.revision);
            QCOMPARE(namesOf(why.chain), chainTo(watched, run));
            QCOMPARE(why.ranIn, run.revision);
            QCOMPARE(why.outcome, run.outcome);
            QCOMPARE(why.chain.back().ns, run.selfNs);
            ++chains;
        }
    }
    QVERIFY(chains > 1000);
}

// Judged by values that were computed from scratch, and by read lists from before the edit.
void TestWhy::causeIsTheFirstReadOfWhichTheValueDiffers()
{
    int causes = 0;
    for (std::uint32_t seed = 1; seed <= 30; ++seed) {
        WatchedWorld watched(seed);
        std::map<NodeId, std::vector<NodeId>> readsBefore;
        for (int step = 0; step < 30; ++step) {
            watched.edit();
            watched.askAround();
            const std::size_t seen = watched.log.size();
            watched.feed();
            std::map<NodeId, query::DependencyKey> keys;
            for (const query::DependencyKey key : allKeys(watched.engine))
                keys[watched.store.find(watched.engine.describe(key))] = key;
            const auto valueAt = [&](NodeId id, query::Revision revision) {
                return Oracle(watched.worlds[revision]).valueOf(trace::nameOf(watched.store.node(id)));
            };
            const auto differed = [&](NodeId id, query::Revision since, query::Revision upTo) {
                for (query::Revision revision = since + 1; revision <= upTo; ++revision) {
                    if (valueAt(id, revision) != valueAt(id, since))
                        return true;
                }
                return false;
            };
            for (std::size_t at = seen; at < watched.log.size(); ++at) {
                const Execution &run = watched.log[at];
                if (run.outcome == Outcome::ExecutedBackdated)
                    QCOMPARE(valueAt(run.node, run.revision), valueAt(run.node, run.since));
                if (!trace::isExecution(run.outcome) || run.reason != query::Reason::DependencyChanged)
                    continue;
                const std::vector<NodeId> &reads = readsBefore.at(run.node);
                const auto cause = std::ranges::find(reads, run.cause);
                QVERIFY(cause != reads.end());
                for (auto read = reads.begin(); read != cause; ++read) // The engine says so; the store is not asked.
                    QVERIFY(watched.engine.memo(keys.at(*read))->changedAt <= run.since);
                if (watched.store.node(run.cause).isInput) // It may have been set to something else and back.
                    QVERIFY(changeOf(watched.log, run.cause, run));
                else
                    QVERIFY(differed(run.cause, run.since, run.revision));
                ++causes;
            }
            for (NodeId id = 1; id <= watched.store.lastNode(); ++id)
                readsBefore[id] = watched.store.reads(id);
        }
    }
    QVERIFY(causes > 500);
}

void TestWhy::chainNamesTheRightOneOfTwoInputsSetAtOnce_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("note");
    QTest::addColumn<std::string>("named");
    QTest::newRow("the text reached it") << std::string("longer") << std::string("n") << std::string("text");
    QTest::newRow("the note reached it") << std::string("x") << std::string("longer") << std::string("note");
    QTest::newRow("both: the one read first") << std::string("long") << std::string("er") << std::string("text");
}

void TestWhy::chainNamesTheRightOneOfTwoInputsSetAtOnce()
{
    QFETCH(std::string, text);
    QFETCH(std::string, note);
    QFETCH(std::string, named);
    Watched watched;
    const Page page = makePage(watched.engine, "a.html", "x");
    const Page other = makePage(watched.engine, "b.html", "x");
    watched.engine.write("open", [&](query::Transaction &tx) { tx.set<&PageData::note>(page, std::string("n")); });
    ask<Twice>(watched.engine, page);
    watched.engine.write("two at once", [&](query::Transaction &tx) {
        tx.set<&PageData::text>(other, std::string("differs, but reached nothing"));
        tx.set<&PageData::note>(page, note);
        tx.set<&PageData::text>(page, text);
    });
    ask<Twice>(watched.engine, page);
    watched.feed();
    const trace::Why why = trace::why(watched.store, watched.nodeOf<Twice>(page), watched.engine.revision());
    const std::string input = "PageData(a.html)." + named;
    QCOMPARE(namesOf(why.chain), (Names{"two at once", input, "Both(a.html)", "Twice(a.html)"}));
    QCOMPARE(why.sentence, "Twice(a.html) ran because " + input + " changed. Its value changed.");
    QCOMPARE(why.chain[0].kind, Step::Kind::Edit);
    QCOMPARE(why.chain[1].kind, Step::Kind::Input);
}

void TestWhy::untrackedReadIsTheReason()
{
    Weather weather{.degrees = 10};
    Watched watched;
    watched.engine.attach(weather);
    const Page page = makePage(watched.engine, "a.html", "x");
    ask<Clothes>(watched.engine, page);
    weather.degrees = 30;
    setText(watched.engine, page, "y");
    ask<Clothes>(watched.engine, page);
    watched.feed();
    const trace::Why outdoors = trace::why(watched.store, watched.nodeOf<Outdoors>(page), 2);
    QCOMPARE(outdoors.sentence,
             std::string("Outdoors(a.html) ran because it reads something that the engine cannot see."
                         " Its value changed."));
    QVERIFY(watched.store.state(outdoors.node).isUntracked);
    const trace::Why clothes = trace::why(watched.store, watched.nodeOf<Clothes>(page), 2);
    QCOMPARE(namesOf(clothes.chain), (Names{"edit", "Outdoors(a.html)", "Clothes(a.html)"}));
    QCOMPARE(clothes.sentence,
             std::string("Clothes(a.html) ran because Outdoors(a.html) reads something that the engine cannot see."
                         " Its value changed."));
}

void TestWhy::changedDurabilityIsTheReason_data()
{
    QTest::addColumn<query::Durability>("level");
    QTest::addColumn<std::string>("words");
    QTest::newRow("dropped") << query::Durability::Low << std::string("more");
    QTest::newRow("raised") << query::Durability::High << std::string("less");
}

// The value is the same, so nothing is said to have changed.
void TestWhy::changedDurabilityIsTheReason()
{
    QFETCH(query::Durability, level);
    QFETCH(std::string, words);
    Watched watched;
    const Page page = makePage(watched.engine, "a.html", "x", query::Durability::Medium);
    ask<LineCount>(watched.engine, page);
    watched.engine.write("level", [&](query::Transaction &tx) { tx.set<&PageData::text>(page, "x", level); });
    ask<LineCount>(watched.engine, page);
    watched.feed();
    const trace::Why why = trace::why(watched.store, watched.nodeOf<LineCount>(page), 2);
    QVERIFY2(why.sentence.starts_with("LineCount(a.html) ran because PageData(a.html).text is expected to change "
                                      + words + " often now."),
             why.sentence.c_str());
}

void TestWhy::aCollectedDependencyIsTheReason()
{
    MadeUp made;
    const trace::NodeId page = made.add("Page", "a.html");
    const trace::NodeId name = made.add("Name", "card.html");
    made.memo(page, {name});
    made.set({});
    trace::Batch batch;
    batch.executions.push_back({.node = page,
                                .revision = made.revision,
                                .outcome = Outcome::ExecutedBackdated,
                                .reason = query::Reason::DependencyCollected,
                                .cause = name,
                                .since = 1,
                                .sequence = ++made.sequence});
    made.tell(std::move(batch));
    const trace::Why why = trace::why(made.store, page, made.revision);
    QVERIFY2(why.sentence.starts_with("Page(a.html) ran because Name(card.html) had been forgotten while nothing could"
                                      " reach it."),
             why.sentence.c_str());
}

void TestWhy::retriedRequestIsExplainedByItsSecondAttempt()
{
    Weather weather;
    Watched watched;
    watched.engine.attach(weather);
    weather.engine = &watched.engine;
    const Page page = makePage(watched.engine, "a.html", "x");
    const auto attempt = [&](query::RequestId id) {
        watched.recorder.requestStarted(id);
        const auto work = [](query::Reader &db, Page key) { return db.get<Interrupted>(key); };
        return query::runTask(query::task(watched.engine.ticket(id), work, page));
    };
    watched.recorder.requestArrived(7, "textDocument/hover", "/pages/a.html");
    weather.wish = 1;
    QVERIFY(!attempt(7));
    watched.recorder.requestReturned(7, true);
    QVERIFY(watched.engine.tryWrite(1, "typed", [&](query::Transaction &tx) {
        tx.set<&PageData::note>(page, std::string("nothing of it reads this"));
    }));
    weather.wish = 0;
    QVERIFY(attempt(7).has_value());
    watched.recorder.requestEnded(7, trace::RequestRecord::State::Answered);
    watched.feed();

    const NodeId node = watched.nodeOf<Interrupted>(page);
    QCOMPARE(watched.store.outcomeAt(node, 1), std::optional(Outcome::Cancelled));
    QCOMPARE(watched.store.outcomeAt(node, 2), std::optional(Outcome::ExecutedNew));
    // What the first attempt had finished stayed.
    QCOMPARE(watched.store.outcomeAt(watched.nodeOf<LineCount>(page), 1), std::optional(Outcome::ExecutedNew));
    QCOMPARE(watched.store.outcomeAt(watched.nodeOf<LineCount>(page), 2), std::optional(Outcome::Validated));
    const trace::Why why = trace::why(watched.store, node, 2);
    QCOMPARE(why.sentence,
             std::string("Interrupted(a.html) ran for the first time because textDocument/hover asked for it."));
    QCOMPARE(why.chain.front().detail, std::string("attempt 2"));
    QCOMPARE(why.chain.front().request, 7u);
    // In the first revision it did not end, and that is what the answer says.
    QCOMPARE(trace::whyNot(watched.store, node, 1).sentence,
             std::string("Interrupted(a.html) did not end in revision 1: cancelled."));
    // Nothing had asked for the lines but the attempt that was cancelled.
    QCOMPARE(namesOf(trace::why(watched.store, watched.nodeOf<LineCount>(page), 1).chain),
             (Names{"Interrupted(a.html)", "LineCount(a.html)"}));
}

void TestWhy::sameValueStopsTheChainAndSaysWhatWasKept()
{
    Watched watched; // Each run takes a millisecond of its own, and one for each run inside it.
    const Page page = makePage(watched.engine, "a.html", "x");
    ask<Shown>(watched.engine, page);
    setText(watched.engine, page, "y");
    ask<Shown>(watched.engine, page);
    watched.feed();
    const trace::Why why = trace::why(watched.store, watched.nodeOf<LineCount>(page), 2);
    QCOMPARE(why.sentence,
             std::string("LineCount(a.html) ran because PageData(a.html).text changed."
                         " Its value stayed the same, so 2 queries did not run again."));
    QCOMPARE(namesOf(why.chain), (Names{"edit", "PageData(a.html).text", "LineCount(a.html)"}));
    QCOMPARE(why.chain.back().detail, std::string("same value: change stops here"));
    QCOMPARE(why.spared, 2u);
    Names stopped = namesOf(why.stopped);
    std::ranges::sort(stopped);
    QCOMPARE(stopped, (Names{"IsLong(a.html)", "Shown(a.html)"}));
    std::uint64_t saved = 0;
    for (const Step &step : why.stopped) {
        QCOMPARE(step.outcome, Outcome::Validated);
        saved += step.ns;
    }
    // Of their first runs: each a millisecond more than those inside it took.
    QCOMPARE(saved, 4'000'000u);
    QCOMPARE(why.savedNs, saved);
    QCOMPARE(why.saving, std::string("That saved about 4.0 ms."));

    // With another number of lines nothing stops there.
    setText(watched.engine, page, "y\n\n");
    ask<Shown>(watched.engine, page);
    watched.feed();
    const trace::Why changed = trace::why(watched.store, watched.nodeOf<LineCount>(page), 3);
    QVERIFY(changed.stopped.empty());
    QVERIFY(changed.saving.empty());
    QCOMPARE(namesOf(changed.also), (Names{"IsLong(a.html)", "Shown(a.html)"}));
    QCOMPARE(changed.also[1].depth, changed.chain.back().depth + 2);
}

void TestWhy::whatWasReadLaterSparedNothingBefore()
{
    MadeUp made;
    const NodeId input = made.add("File", "a", "stamp", "/a");
    const NodeId tree = made.add("Tree", "a");
    const NodeId other = made.add("Tree", "b");
    const NodeId findings = made.add("Findings", "b");
    for (const NodeId node : {tree, other, findings})
        made.happened(node, Outcome::ExecutedNew);
    made.memo(tree, {input});
    made.memo(findings, {other});
    made.set({input});
    made.happened(tree, Outcome::ExecutedBackdated, input, 10);
    made.happened(findings, Outcome::Validated, 0, 0, 1);
    const trace::Revision then = made.revision;
    QVERIFY(trace::why(made.store, tree, then).stopped.empty());
    QCOMPARE(trace::whyNot(made.store, findings, then).answer, WhyNot::Answer::Untouched);

    made.set({input});
    made.happened(findings, Outcome::ExecutedChanged, input, 10);
    made.memo(findings, {tree}); // From now on.
    QVERIFY(trace::why(made.store, tree, then).stopped.empty());
    QCOMPARE(trace::why(made.store, tree, then).savedNs, 0u);
    const WhyNot whyNot = trace::whyNot(made.store, findings, then);
    QCOMPARE(whyNot.answer, WhyNot::Answer::Untouched);
    QVERIFY2(whyNot.sentence.ends_with("; what that depended on is not kept."), whyNot.sentence.c_str());
}

void TestWhy::newQueryGoesByWhoeverNeededIt()
{
    Watched watched;
    const Page page = makePage(watched.engine, "a.html", "x");
    ask<Shown>(watched.engine, page);
    setText(watched.engine, page, "x\n\n\n");
    ask<Shown>(watched.engine, page);
    watched.feed();
    const trace::Why why = trace::why(watched.store, watched.nodeOf<Extra>(page), 2);
    QCOMPARE(namesOf(why.chain),
             (Names{"edit", "PageData(a.html).text", "LineCount(a.html)", "IsLong(a.html)", "Shown(a.html)",
                    "Extra(a.html)"}));
    QCOMPARE(why.sentence,
             std::string("Extra(a.html) ran for the first time because Shown(a.html) needed it, which ran because"
                         " PageData(a.html).text changed."));
    const trace::Why first = trace::why(watched.store, watched.nodeOf<LineCount>(page), 1);
    QCOMPARE(first.sentence,
             std::string("LineCount(a.html) ran for the first time because IsLong(a.html) needed it, which ran for the"
                         " first time because Shown(a.html) needed it, for request 0."));
}

void TestWhy::changeOfAnEarlierRevisionIsFound()
{
    Watched watched;
    const Page page = makePage(watched.engine, "a.html", "x");
    ask<IsLong>(watched.engine, page);
    setText(watched.engine, page, "x\n\n\n");
    ask<LineCount>(watched.engine, page); // changes in revision 2, and nobody asks for the other
    setText(watched.engine, page, "y\n\n\n");
    ask<IsLong>(watched.engine, page); // the lines stay the same in revision 3
    watched.feed();
    const trace::Why why = trace::why(watched.store, watched.nodeOf<IsLong>(page), 3);
    QCOMPARE(namesOf(why.chain), (Names{"edit", "PageData(a.html).text", "LineCount(a.html)", "IsLong(a.html)"}));
    QCOMPARE(why.chain[0].revision, 2u);
    QCOMPARE(why.chain[2].outcome, Outcome::ExecutedChanged);
    QCOMPARE(why.chain[3].revision, 3u);
    // Asked about a revision in which it did not run, the answer names the one in which it did.
    const trace::Why before = trace::why(watched.store, watched.nodeOf<IsLong>(page), 2);
    QCOMPARE(before.ranIn, 1u);
    QCOMPARE(before.sentence, std::string("IsLong(a.html) last ran in revision 1 because request 0 asked for it."));
}

void TestWhy::whyNot_data()
{
    QTest::addColumn<std::string>("node");
    QTest::addColumn<trace::Revision>("revision");
    QTest::addColumn<WhyNot::Answer>("answer");
    QTest::addColumn<std::string>("sentence");
    const auto row = [](const char *name, const char *node, trace::Revision revision, WhyNot::Answer answer,
                        const char *sentence) {
        QTest::newRow(name) << std::string(node) << revision << answer << std::string(sentence);
    };
    using enum WhyNot::Answer;
    row("it did", "LineCount(a.html)", 2, Ran, "LineCount(a.html) did run in revision 2.");
    row("set", "PageData(a.html).text", 2, Ran, "PageData(a.html).text was set in revision 2.");
    row("something kept its value", "Shown(a.html)", 2, Stopped,
        "Shown(a.html) did not run because LineCount(a.html) ran and its value stayed the same.");
    row("nobody asked", "Shown(b.html)", 2, NotAsked,
        "Shown(b.html) did not run because nobody asked for it in revision 2.");
    row("durable", "Shown(high.html)", 2, Durable,
        "Shown(high.html) did not run because no input of high durability, or higher, has changed since revision 1.");
    row("untouched", "Shown(b.html)", 3, Untouched,
        "Shown(b.html) did not run because nothing that it depends on has changed since revision 1.");
}

void TestWhy::whyNot()
{
    Watched watched;
    const Page page = makePage(watched.engine, "a.html", "x");
    const Page other = makePage(watched.engine, "b.html", "x");
    const Page durable = makePage(watched.engine, "high.html", "x", query::Durability::High);
    for (const Page each : {page, other, durable})
        ask<Shown>(watched.engine, each);
    setText(watched.engine, page, "y");
    ask<Shown>(watched.engine, page);
    ask<Shown>(watched.engine, durable);
    setText(watched.engine, page, "z");
    ask<Shown>(watched.engine, other);
    watched.feed();

    QFETCH(std::string, node);
    QFETCH(trace::Revision, revision);
    QFETCH(WhyNot::Answer, answer);
    QFETCH(std::string, sentence);
    const WhyNot found = trace::whyNot(watched.store, watched.store.find(node), revision);
    QCOMPARE(found.sentence, sentence);
    QCOMPARE(found.answer, answer);
    if (answer == WhyNot::Answer::Stopped) {
        QCOMPARE(namesOf(found.chain),
                 (Names{"edit", "PageData(a.html).text", "LineCount(a.html)", "IsLong(a.html)", "Shown(a.html)"}));
    }
}

void TestWhy::randomWhyNotsAreTrue()
{
    std::map<WhyNot::Answer, int> answers;
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        WatchedWorld watched(seed);
        for (int step = 0; step < 20; ++step) {
            watched.edit();
            watched.askAround();
            watched.feed();
            const trace::Revision now = watched.engine.revision();
            for (NodeId id = 1; id <= watched.store.lastNode(); ++id) {
                const WhyNot found = trace::whyNot(watched.store, id, now);
                ++answers[found.answer];
                const Execution *last = watched.store.lastUntil(id, now);
                const bool isFresh = last && last->revision == now;
                QCOMPARE(found.answer == WhyNot::Answer::NotAsked, !isFresh);
                if (found.answer == WhyNot::Answer::Untouched || found.answer == WhyNot::Answer::Durable) {
                    // Its value, computed from scratch, is what it was when the node was good last.
                    const std::string name = trace::nameOf(watched.store.node(id));
                    QCOMPARE(Oracle(watched.worlds[now]).valueOf(name),
                             Oracle(watched.worlds[last->since]).valueOf(name));
                }
                if (found.answer == WhyNot::Answer::Stopped) {
                    QCOMPARE(found.chain.back().node, id);
                    QVERIFY(std::ranges::contains(found.chain, Outcome::ExecutedBackdated, &Step::outcome));
                }
            }
        }
    }
    for (const auto answer : {WhyNot::Answer::NotAsked, WhyNot::Answer::Durable, WhyNot::Answer::Untouched,
                              WhyNot::Answer::Stopped, WhyNot::Answer::Ran})
        QVERIFY(answers[answer] > 20);
}

void TestWhy::whatIsNotKeptIsNotMadeUp()
{
    query::Engine engine;
    const Page page = makePage(engine, "a.html", "x");
    ask<IsLong>(engine, page);
    setText(engine, page, "x\n\n\n"); // before watching began
    trace::Recorder recorder(engine);
    trace::Store store;
    ask<IsLong>(engine, page);
    store.apply(recorder.take());
    const trace::Why why = trace::why(store, store.find("IsLong(a.html)"), 2);
    QCOMPARE(namesOf(why.chain), (Names{"PageData(a.html).text", "LineCount(a.html)", "IsLong(a.html)"}));
    QCOMPARE(why.chain.front().kind, Step::Kind::Unknown);
    setText(engine, page, "y\n\n\n");
    ask<LineCount>(engine, page);
    store.apply(recorder.take());
    const trace::Why input = trace::why(store, store.find("PageData(a.html).text"), 3);
    QCOMPARE(input.sentence, std::string("PageData(a.html).text was set in revision 3, by edit."));
    QCOMPARE(trace::why(store, store.find("PageData(a.html).text"), 2).sentence,
             std::string("PageData(a.html).text is an input; no set of it is known up to revision 2."));
}

void TestWhy::textHasALineForEachStep()
{
    Watched watched;
    const Page page = makePage(watched.engine, "a.html", "x");
    ask<IsLong>(watched.engine, page);
    setText(watched.engine, page, "y");
    ask<IsLong>(watched.engine, page);
    watched.feed();
    QCOMPARE(trace::toText(trace::why(watched.store, watched.nodeOf<LineCount>(page), 2), trace::Times::Shown),
             std::string("LineCount(a.html) ran because PageData(a.html).text changed."
                         " Its value stayed the same, so 1 query did not run again. That saved about 2.0 ms.\n"
                         "  ⌨ edit  revision 2\n"
                         "    ● PageData(a.html).text  set in revision 2\n"
                         "      ✂ LineCount(a.html)  same value: change stops here  1.0 ms\n"
                         "Stopped here:\n"
                         "  ✓ IsLong(a.html)  kept; 1 looked at  last run 2.0 ms\n"));
    QCOMPARE(trace::toText(trace::whyNot(watched.store, watched.nodeOf<IsLong>(page), 2), trace::Times::Hidden),
             std::string("IsLong(a.html) did not run because LineCount(a.html) ran and its value stayed the same.\n"
                         "  ⌨ edit  revision 2\n"
                         "    ● PageData(a.html).text  set in revision 2\n"
                         "      ✂ LineCount(a.html)  same value: change stops here\n"
                         "        ✓ IsLong(a.html)  checked, kept\n"));
}

void TestWhy::stepsHaveTheOldAndTheNewValue()
{
    Watched watched;
    const Page page = makePage(watched.engine, "a.html", "x");
    ask<IsLong>(watched.engine, page);
    watched.feed();
    const NodeId isLong = watched.nodeOf<IsLong>(page);
    QCOMPARE(trace::toText(trace::why(watched.store, isLong, 1), trace::Times::Hidden),
             std::string("IsLong(a.html) ran for the first time because request 0 asked for it.\n"
                         "  → request 0\n"
                         "    + IsLong(a.html)  ran for the first time\n"
                         "      false\n"));
    setText(watched.engine, page, "y\n\n\n");
    ask<IsLong>(watched.engine, page);
    watched.feed();
    const trace::Why why = trace::why(watched.store, isLong, 2);
    QCOMPARE(trace::toText(why, trace::Times::Hidden),
             std::string("IsLong(a.html) ran because PageData(a.html).text changed. Its value changed.\n"
                         "  ⌨ edit  revision 2\n"
                         "    ● PageData(a.html).text  set in revision 2\n"
                         "      ● LineCount(a.html)  value differs\n"
                         "        1 → 4\n"
                         "        ● IsLong(a.html)  value differs\n"
                         "          false → true\n"));
    QVERIFY(trace::toMarkdown(why).contains(" ms\\\n        `` false → true ``\n"));

    // Nobody looked between two edits.
    setText(watched.engine, page, "y\n\n\n\n");
    ask<LineCount>(watched.engine, page);
    setText(watched.engine, page, "y\n");
    ask<LineCount>(watched.engine, page);
    watched.feed();
    const NodeId count = watched.nodeOf<LineCount>(page);
    QCOMPARE(trace::why(watched.store, count, 3).chain.back().value, std::string("4 → not kept"));
    QCOMPARE(trace::why(watched.store, count, 4).chain.back().value, std::string("not kept → 2"));
}

/// What is shown beside each step of random chains, against what the world of those revisions says.
void TestWhy::valuesOfStepsAreThoseOfTheWorlds()
{
    WatchedWorld world(11);
    std::size_t compared = 0;
    for (int step = 0; step < 60; ++step) {
        world.edit();
        world.askAround();
        world.feed();
        for (const Execution &each : world.store.executions(world.engine.revision())) {
            if (each.outcome != Outcome::ExecutedChanged && each.outcome != Outcome::ExecutedNew)
                continue;
            const trace::Why why = trace::why(world.store, each.node, each.revision);
            const std::string name = trace::nameOf(world.store.node(each.node));
            const std::string now = Oracle(world.worlds[each.revision]).valueOf(name);
            if (each.outcome == Outcome::ExecutedNew) {
                QCOMPARE(why.chain.back().value, now);
            } else {
                // Good last in the revision `since`, and the same until this one.
                const std::string old = Oracle(world.worlds[each.since]).valueOf(name);
                // A value may count as another one although it is equal: it is less durable, say.
                QCOMPARE(why.chain.back().value, old == now ? now + ", in short the same" : old + " → " + now);
                compared += old != now;
            }
        }
    }
    QVERIFY(compared > 20);
}

void TestWhy::whatWasTypedIsReadInWholeWords_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *before, const char *after, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(before) << QString::fromUtf8(after) << QString::fromUtf8(expected);
    };
    row("a word", "<b>Bookshop</b>", "<b>Books</b>", R"("Bookshop" → "Books")");
    row("a letter at its end", "one two", "one twos", R"("two" → "twos")");
    row("a letter at its begin", "one two", "one atwo", R"("two" → "atwo")");
    row("a sign behind a word", "one two", "one, two", R"("" → ",")");
    row("a tag", "a\n", "a{% if b %}\n", R"("" → "{% if b %}")");
    row("all of it", "", "x", R"("" → "x")");
    row("nothing is left", "a b", "", R"("a b" → "")");
    row("one of two that are the same", "aa", "a", R"("aa" → "a")");
    row("letters of several bytes", "größe", "grüße", R"("größe" → "grüße")");
    row("signs of several bytes", "a – b", "a — b", R"("–" → "—")");
    row("two places", "a b c d e", "a x c y e", R"("b c d" → "x c y")");
    row("quotation marks", R"(a "b")", R"(a "c")", R"("b" → "c")");
    row("much", "begin end", ("begin " + std::string(200, 'x') + " end").c_str(),
        ("\"\" → \"" + std::string(56, 'x') + "…").c_str());
}

void TestWhy::whatWasTypedIsReadInWholeWords()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, expected);
    MadeUp made;
    const NodeId input = made.add("File", "a", "stamp", "/a");
    const auto tellText = [&made](const QString &text) {
        trace::Batch batch;
        trace::FileRecord record;
        record.path = "/a";
        record.status = trace::FileRecord::Status::Disk;
        record.changedAt = made.revision;
        batch.files.push_back(std::move(record));
        batch.texts.push_back({"/a", made.revision, std::make_shared<const std::string>(text.toStdString())});
        made.tell(std::move(batch));
    };
    tellText(before);
    made.set({input});
    tellText(after);
    const trace::Why why = trace::why(made.store, input, 2);
    QCOMPARE(QString::fromStdString(why.chain.back().value), expected);
    QVERIFY(
        QString::fromStdString(trace::toText(why, trace::Times::Hidden)).endsWith(u"\n      "_s + expected + u'\n'));
}

NUAGES_TEST(TestWhy)
#include "tst_why.moc"
