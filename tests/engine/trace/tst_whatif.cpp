#include "engine/trace/whatif.h"

#include "tests/engine/trace/madeup.h"
#include "tests/engine/trace/watched.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

using namespace nuages;
using namespace nuages::tests;
using trace::Execution;
using trace::Expected;
using trace::Grade;
using trace::NodeId;
using trace::Outcome;
using trace::WhatIf;

namespace {

const Expected *of(const WhatIf &whatIf, NodeId node)
{
    const auto found = std::ranges::find(whatIf.expected, node, &Expected::node);
    return found == whatIf.expected.end() ? nullptr : &*found;
}

/// What is read, by name, as the engine has it.
std::map<std::string, std::set<std::string>> readsIn(const query::Engine &engine)
{
    query::MemoCursor cursor;
    std::vector<query::DependencyKey> keys;
    while (engine.nextMemos(cursor, 100'000, keys)) { }
    std::map<std::string, std::set<std::string>> reads;
    for (const query::DependencyKey key : keys) {
        const auto memo = engine.memo(key);
        for (const query::DependencyKey read : memo->reads)
            reads[engine.describe(key)].insert(engine.describe(read));
    }
    return reads;
}

/// "Node", "CellData.value": of a name its kind.
std::string kindIn(const std::string &name) { return name.substr(0, name.find('(')) + name.substr(name.find(')') + 1); }

/// A text that is read, parsed and judged.
struct TextOfAFile : MadeUp {
    NodeId stamp = add("File", "a.html", "stamp", "/a.html");
    NodeId text = add("Text", "a.html");
    NodeId tree = add("Tree", "a.html");
    NodeId findings = add("Findings", "a.html");

    TextOfAFile()
    {
        for (const auto &[node, read] : {std::pair(text, stamp), std::pair(tree, text), std::pair(findings, tree)}) {
            happened(node, Outcome::ExecutedNew, 0, 100);
            memo(node, {read});
        }
    }

    void edit(Outcome ofTree)
    {
        set({stamp});
        happened(text, Outcome::ExecutedChanged, stamp, 10);
        happened(tree, ofTree, text, 20);
        happened(findings, ofTree == Outcome::ExecutedBackdated ? Outcome::Validated : Outcome::ExecutedChanged,
                 ofTree == Outcome::ExecutedBackdated ? 0 : tree, 30);
    }
};

} // namespace

class TestWhatIf : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theConeAgreesWithALookAtEveryWay();
    void whatReadsASetInputAndIsAskedForRuns();
    void anUnknownReadPassesAsOftenAsNot();
    void aTextThatAlwaysDiffersIsPassedForSure();
    void aReadThatStopsChangesIsPassedSeldom();
    void whatNobodyAsksForIsNotExpected();
    void onlyWhatIsAskedAlikeAgainIsSure();
    void thePredictionIsScored();
    void theTextSaysItInRows();
};

// Every way through the reads of the engine itself is tried until no chance grows any more.
void TestWhatIf::theConeAgreesWithALookAtEveryWay()
{
    int compared = 0;
    for (std::uint32_t seed = 1; seed <= 150; ++seed) {
        WatchedWorld watched(seed);
        for (int step = 0; step < 25; ++step) {
            watched.askAround();
            watched.feed();
            watched.edit();
        }
        watched.askAround();
        watched.feed();
        const auto reads = readsIn(watched.engine);
        std::vector<NodeId> inputs;
        for (NodeId id = 1; id <= watched.store.lastNode(); ++id) {
            if (watched.store.node(id).isInput)
                inputs.push_back(id);
        }
        const NodeId touched = inputs[watched.random() % inputs.size()];
        const std::string input = nameOf(watched.store.node(touched));

        std::map<std::pair<std::string, std::string>, std::pair<int, int>> passed; // runs, changed
        std::map<std::string, trace::Revision> good;
        for (const Execution &each : watched.log) {
            const std::string name = nameOf(watched.store.node(each.node));
            if (each.outcome != Outcome::InputSet && each.outcome != Outcome::Cancelled
                && each.outcome != Outcome::Cycle)
                good[name] = std::max(good[name], each.revision);
            if (each.cause == 0
                || (each.outcome != Outcome::ExecutedChanged && each.outcome != Outcome::ExecutedBackdated))
                continue;
            auto &[runs, changed] = passed[{kindIn(nameOf(watched.store.node(each.cause))), kindIn(name)}];
            ++runs;
            changed += each.outcome == Outcome::ExecutedChanged;
        }
        trace::Revision last = 0;
        for (const auto &[name, revision] : good)
            last = std::max(last, revision);

        std::map<std::string, double> changes = {{input, 1}}; // the chance that it has another value
        for (bool hasGrown = true; hasGrown;) {
            hasGrown = false;
            for (const auto &[reader, all] : reads) {
                for (const std::string &read : all) {
                    if (!changes.contains(read))
                        continue;
                    const auto [runs, changed] = passed[{kindIn(read), kindIn(reader)}];
                    const bool isFaithful = read == input && runs >= 3 && runs == changed;
                    const double chance = changes.at(read) * (isFaithful ? 1 : double(changed + 1) / (runs + 2));
                    if (chance > changes[reader] + 1e-12) {
                        changes[reader] = chance;
                        hasGrown = true;
                    }
                }
            }
        }
        std::map<std::string, double> chances; // that it runs
        for (const auto &[reader, all] : reads) {
            for (const std::string &read : all) {
                if (changes.contains(read))
                    chances[reader] = std::max(chances[reader], changes.at(read));
            }
        }
        std::set<std::string> asked; // lately
        for (bool hasGrown = true; hasGrown;) {
            const std::size_t before = asked.size();
            for (const auto &[name, revision] : good) {
                if (revision + 3 >= last)
                    asked.insert(name);
            }
            for (const auto &[reader, all] : reads) {
                if (asked.contains(reader))
                    asked.insert(all.begin(), all.end());
            }
            hasGrown = asked.size() > before;
        }

        const WhatIf whatIf = trace::whatIf(watched.store, std::vector{touched});
        std::size_t expected = 0;
        for (const auto &[name, chance] : chances) {
            if (!asked.contains(name))
                continue;
            ++expected;
            const Expected *each = of(whatIf, watched.store.find(name));
            QVERIFY2(each, name.c_str());
            QVERIFY2(std::abs(each->chance - chance) < 1e-9,
                     qPrintable(QStringLiteral("%1: %2 and not %3")
                                    .arg(QString::fromStdString(name))
                                    .arg(each->chance)
                                    .arg(chance)));
            ++compared;
        }
        QCOMPARE(whatIf.expected.size(), expected);
        QCOMPARE(whatIf.asleep, chances.size() - expected);
    }
    QVERIFY2(compared > 100, qPrintable(QString::number(compared)));
}

void TestWhatIf::whatReadsASetInputAndIsAskedForRuns()
{
    int sure = 0;
    for (std::uint32_t seed = 1; seed <= 40; ++seed) {
        WatchedWorld watched(seed);
        const auto askAll = [&] {
            for (const NodeInput node : watched.ground.nodes) {
                const auto work = [](query::Reader &db, NodeInput which) { return db.get<Node>(which); };
                (void)query::runTask(query::task(watched.engine.ticket(), work, node));
            }
            watched.feed();
        };
        askAll();
        for (int step = 0; step < 20; ++step) {
            std::map<NodeId, std::vector<std::string>> predicted; // by input
            for (NodeId id = 1; id <= watched.store.lastNode(); ++id) {
                if (!watched.store.node(id).isInput)
                    continue;
                for (const Expected &each : trace::whatIf(watched.store, std::vector{id}).expected) {
                    const trace::NodeName node = watched.store.node(each.node);
                    if (each.grade == Grade::Sure && each.through == id
                        && node.kind == "Node") // All of them are asked for.
                        predicted[id].push_back(nameOf(node));
                }
            }
            watched.edit();
            askAll();
            const auto ran = trace::ranIn(watched.store, watched.engine.revision());
            const trace::RevisionRecord *record = watched.store.revision(watched.engine.revision());
            for (const NodeId input : record->inputs) {
                for (const std::string &name : predicted[input]) {
                    QVERIFY2(std::ranges::contains(ran, name), name.c_str());
                    ++sure;
                }
            }
        }
    }
    QVERIFY(sure > 200);
}

void TestWhatIf::anUnknownReadPassesAsOftenAsNot()
{
    const TextOfAFile made;
    const WhatIf whatIf = trace::whatIf(made.store, std::vector<std::string>{"/a.html"});
    QCOMPARE(whatIf.touched, std::vector{made.stamp});
    QCOMPARE(of(whatIf, made.text)->grade, Grade::Sure);
    QCOMPARE(of(whatIf, made.tree)->grade, Grade::Maybe);
    QCOMPARE(of(whatIf, made.tree)->chance, 0.5);
    QCOMPARE(of(whatIf, made.findings)->chance, 0.25);
    QCOMPARE(of(whatIf, made.findings)->through, made.tree);
    QCOMPARE(whatIf.sureNs(), 100u);
    QCOMPARE(whatIf.maybeNs(), 75.0);
    QCOMPARE(whatIf.chances(), 0.75);
}

void TestWhatIf::aTextThatAlwaysDiffersIsPassedForSure()
{
    TextOfAFile made;
    for (int edit = 0; edit < 3; ++edit) {
        QCOMPARE(of(trace::whatIf(made.store, std::vector<std::string>{"/a.html"}), made.tree)->grade, Grade::Maybe);
        made.edit(Outcome::ExecutedChanged);
    }
    const WhatIf whatIf = trace::whatIf(made.store, std::vector<std::string>{"/a.html"});
    QCOMPARE(of(whatIf, made.tree)->grade, Grade::Sure);
    QCOMPARE(of(whatIf, made.findings)->grade, Grade::Maybe); // However often the tree has changed.
    QCOMPARE(of(whatIf, made.findings)->chance, 0.8);
}

void TestWhatIf::aReadThatStopsChangesIsPassedSeldom()
{
    TextOfAFile made;
    for (int edit = 0; edit < 8; ++edit)
        made.edit(Outcome::ExecutedBackdated);
    const WhatIf whatIf = trace::whatIf(made.store, std::vector<std::string>{"/a.html"});
    QCOMPARE(of(whatIf, made.findings)->chance, 0.1);
    QCOMPARE(of(whatIf, made.findings)->ns, 100u); // It has not run since.
}

void TestWhatIf::whatNobodyAsksForIsNotExpected()
{
    TextOfAFile made;
    const NodeId other = made.add("Text", "b.html");
    for (int edit = 0; edit < 2; ++edit) {
        made.set({});
        made.happened(other, Outcome::ExecutedChanged);
    }
    const WhatIf lately = trace::whatIf(made.store, std::vector<std::string>{"/a.html"});
    QCOMPARE(of(lately, made.text)->grade, Grade::Maybe); // Not after the last edit.
    QCOMPARE(lately.asleep, 0u);
    for (int edit = 0; edit < 2; ++edit) {
        made.set({});
        made.happened(other, Outcome::ExecutedChanged);
    }
    const WhatIf later = trace::whatIf(made.store, std::vector<std::string>{"/a.html"});
    QVERIFY(later.expected.empty());
    QCOMPARE(later.asleep, 3u);
}

// The server looks at an open document after each edit. It warms up when it finds time.
void TestWhatIf::onlyWhatIsAskedAlikeAgainIsSure()
{
    constexpr trace::RequestId look = trace::ownWork | 1;
    constexpr trace::RequestId warmUp = trace::ownWork | 2;
    constexpr trace::RequestId hover = 3;
    TextOfAFile made;
    trace::Batch batch;
    batch.requests.resize(3);
    batch.requests[0].id = look;
    batch.requests[0].document = "/a.html";
    batch.requests[1].id = warmUp;
    batch.requests[2].id = hover;
    batch.requests[2].method = "hover";
    made.tell(batch);
    const auto isSureAfter = [&](std::initializer_list<trace::RequestId> askers) {
        for (const trace::RequestId asker : askers) {
            made.request = asker;
            made.edit(Outcome::ExecutedChanged);
        }
        return of(trace::whatIf(made.store, std::vector<std::string>{"/a.html"}), made.text)->grade == Grade::Sure;
    };
    QVERIFY(isSureAfter({look, look}));
    QVERIFY(!isSureAfter({warmUp, warmUp}));
    QVERIFY(!isSureAfter({hover, hover}));
    QVERIFY(isSureAfter({look}));
    made.set({}); // It is known to hold, but for whom that was looked at was not told.
    made.memo(made.tree, {made.text});
    QVERIFY(!isSureAfter({}));
    QVERIFY(isSureAfter({look}));
    made.set({}); // Something else was edited, and asked.
    made.request = hover;
    made.happened(made.tree, Outcome::Validated);
    QVERIFY(!isSureAfter({}));
}

void TestWhatIf::thePredictionIsScored()
{
    TextOfAFile made;
    const WhatIf whatIf = trace::whatIf(made.store, std::vector<std::string>{"/a.html"});
    made.edit(Outcome::ExecutedBackdated);
    const auto ran = trace::ranIn(made.store, made.revision);
    const trace::Score score = trace::score(made.store, whatIf, ran);
    QCOMPARE(sentenceOf(score), std::string("of 1 sure 1 ran; of 2 maybe 1"));
    QCOMPARE(score.error, (0.5 * 0.5 + 0.25 * 0.25) / 2);
    QCOMPARE(score.unforeseen, 0u);
    const trace::Score wrong = trace::score(made.store, whatIf, {"Tree(a.html)", "Listing(/)"});
    QCOMPARE(sentenceOf(wrong), std::string("of 1 sure 0 ran; of 2 maybe 1; 1 more ran"));
}

void TestWhatIf::theTextSaysItInRows()
{
    const TextOfAFile made;
    const WhatIf whatIf = trace::whatIf(made.store, std::vector<std::string>{"/a.html"});
    const std::string text = toText(made.store, whatIf, trace::Times::Hidden, 10);
    QVERIFY2(text.starts_with("1 would run for sure, and of 2 that may about 1.\n"), text.c_str());
    QVERIFY2(text.contains("  Findings(a.html)    25 %  Tree(a.html)\n"), text.c_str());
    QVERIFY2(toText(made.store, whatIf, trace::Times::Shown, 1).contains("  and 2 more\n"), text.c_str());
}

NUAGES_TEST(TestWhatIf)
#include "tst_whatif.moc"
