#include "tests/support/testmain.h"

#include "engine/trace/store.h"
#include "ui/models/telling.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <format>
#include <random>
#include <utility>

using namespace nuages;
using namespace nuages::models;
using trace::NodeId;
using trace::Outcome;

/// Which answer the window goes to by itself.
class TestTelling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void howItWasToldDoesNotMatter_data();
    void howItWasToldDoesNotMatter();
    void whatRanAgainIsNoCandidateWithItsFirstRun();
};

namespace {

constexpr std::array toldKinds{"Diagnostics", "Template", "TemplateFacts"};
constexpr NodeId nodeCount = 30; // The first ten are inputs.

/// Runs at random, some of them told late; nodes run again, stop a change, are cancelled.
class RandomRuns
{
public:
    explicit RandomRuns(unsigned seed) : m_random(seed)
    {
        for (NodeId node = 1; node <= nodeCount; ++node) {
            const std::string key = std::format("{}.html", node % 10);
            const bool isInput = node <= 10;
            m_next.nodes.push_back({.id = node,
                                    .kind = isInput ? "File" : toldKinds.at(node % toldKinds.size()),
                                    .key = key,
                                    .field = isInput ? "stamp" : "",
                                    .file = "/shop/" + key,
                                    .isInput = isInput});
        }
        for (NodeId node = 11; node <= nodeCount; ++node)
            m_next.memos.push_back({.node = node, .changedAt = 1, .verifiedAt = 1, .reads = {node - 10}});
        m_next.commits.push_back({.revision = 1, .label = "read", .sequence = ++m_sequence});
    }

    trace::Batch next()
    {
        trace::Batch batch = std::exchange(m_next, {});
        batch.number = ++m_batches;
        if (below(4) == 0) {
            ++m_revision;
            batch.commits.push_back({.revision = m_revision, .label = "typed", .sequence = ++m_sequence});
            for (unsigned count = below(3); count > 0; --count)
                add(batch, NodeId(1 + below(10)), Outcome::InputSet);
        }
        for (unsigned count = below(8); count > 0; --count) {
            constexpr std::array outcomes{Outcome::ExecutedChanged, Outcome::ExecutedChanged,
                                          Outcome::ExecutedBackdated, Outcome::Validated, Outcome::Cancelled};
            add(batch, NodeId(11 + below(nodeCount - 10)), outcomes.at(below(outcomes.size())));
        }
        batch.revision = m_revision;
        return batch;
    }

    unsigned below(std::size_t bound) { return unsigned(m_random() % bound); }

private:
    void add(trace::Batch &batch, NodeId node, Outcome outcome)
    {
        m_sequence += 2;
        trace::Execution execution{.node = node, .revision = m_revision, .outcome = outcome, .selfNs = below(5)};
        execution.sequence = below(6) == 0 ? m_sequence - 3 : m_sequence; // Of a slow reader.
        batch.executions.push_back(execution);
    }

    std::mt19937 m_random;
    trace::Batch m_next;
    trace::Revision m_revision = 1;
    std::uint64_t m_batches = 0;
    std::uint64_t m_sequence = 0;
};

} // namespace

void TestTelling::howItWasToldDoesNotMatter_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 40; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestTelling::howItWasToldDoesNotMatter()
{
    QFETCH(unsigned, seed);
    RandomRuns runs(seed);
    trace::Store store;
    Telling telling;
    for (int count = 0; count < 100; ++count) {
        const trace::Batch batch = runs.next();
        do {
            std::size_t left = 1 + runs.below(5);
            store.applySome(batch, left);
            const trace::Revision past = 1 + runs.below(store.revision() == 0 ? 1 : store.revision());
            for (const trace::Revision revision : {store.revision(), past, store.revision()}) {
                const NodeId current = runs.below(nodeCount + 1);
                if (current > store.lastNode())
                    continue;
                QCOMPARE(telling.most(store, revision, current), Telling().most(store, revision, current));
            }
        } while (store.isAmidBatch());
    }
}

void TestTelling::whatRanAgainIsNoCandidateWithItsFirstRun()
{
    trace::Batch batch;
    batch.number = batch.revision = 1;
    for (NodeId node = 1; node <= 2; ++node)
        batch.nodes.push_back({node, "Diagnostics", std::format("{}.html", node), {}, {}, false});
    batch.commits.push_back({.revision = 1, .label = "read", .sequence = 1});
    const auto run = [](NodeId node, std::uint64_t ns, std::uint64_t sequence) {
        return trace::Execution{
            .node = node, .revision = 1, .outcome = Outcome::ExecutedNew, .selfNs = ns, .sequence = sequence};
    };
    batch.executions = {run(1, 500, 2), run(2, 400, 3)};
    trace::Store store;
    store.apply(batch);
    Telling telling;
    QCOMPARE(telling.most(store, 1, 0), NodeId(1));
    trace::Batch again;
    again.number = 2;
    again.revision = 1;
    again.executions = {run(1, 10, 4)};
    store.apply(again);
    QCOMPARE(telling.most(store, 1, 0), NodeId(2));
}

NUAGES_TEST(TestTelling)
#include "tst_telling.moc"
