#include "tests/support/testmain.h"

#include "ui/models/dependencypath.h"
#include "ui/models/focuspicture.h"
#include "ui/models/inspection.h"
#include "ui/models/neighbours.h"
#include "ui/models/selection.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace nuages;
using namespace nuages::models;
using namespace Qt::StringLiterals;

namespace {

constexpr int never = 1000;

/// The reads from each node to each other one, as a table of all pairs has it.
std::vector<std::vector<int>> distancesOf(const trace::Store &store)
{
    const std::size_t count = store.lastNode() + 1;
    std::vector<std::vector<int>> steps(count, std::vector<int>(count, never));
    for (trace::NodeId reader = 1; reader < count; ++reader) {
        steps[reader][reader] = 0;
        for (const trace::NodeId read : store.reads(reader))
            steps[reader][read] = 1;
    }
    for (std::size_t by = 1; by < count; ++by) {
        for (std::size_t from = 1; from < count; ++from) {
            for (std::size_t to = 1; to < count; ++to)
                steps[from][to] = std::min(steps[from][to], steps[from][by] + steps[by][to]);
        }
    }
    return steps;
}

trace::NodeId nodeNamed(const Inspection &inspection, std::string_view name)
{
    const trace::NodeId node = inspection.store().find(name);
    if (node == 0)
        qFatal("no such node");
    return node;
}

/// Of each file a text, a tree and findings; the findings of "b" read the tree of "a" too.
std::shared_ptr<trace::Batch> twoFiles()
{
    enum : trace::NodeId { TextA = 1, TreeA, FindingsA, TextB, TreeB, FindingsB };
    auto batch = std::make_shared<trace::Batch>();
    batch->number = 1;
    batch->revision = 1;
    batch->nodes = {
        {TextA, "Text", "a", {}, "/shop/a", false},         {TreeA, "Tree", "a", {}, "/shop/a", false},
        {FindingsA, "Findings", "a", {}, "/shop/a", false}, {TextB, "Text", "b", {}, "/shop/b", false},
        {TreeB, "Tree", "b", {}, "/shop/b", false},         {FindingsB, "Findings", "b", {}, "/shop/b", false}};
    const auto reads = [&](trace::NodeId node, std::vector<trace::NodeId> read) {
        batch->memos.push_back({.node = node, .changedAt = 1, .verifiedAt = 1, .reads = std::move(read)});
    };
    reads(TextA, {});
    reads(TreeA, {TextA});
    reads(FindingsA, {TreeA});
    reads(TextB, {});
    reads(TreeB, {TextB});
    reads(FindingsB, {TreeB, TreeA});
    return batch;
}

} // namespace

/// How two queries depend on each other.
class TestPaths : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noPathIsShorter_data();
    void noPathIsShorter();
    void thePictureAndTheListShowThePath();
    void bothDirectionsAreOnePath();
    void thatThereIsNoneIsSaid();
    void itStaysWhileTheUserWalksOnIt();
    void itEndsWhenTheSelectionIsLetGo();
};

void TestPaths::noPathIsShorter_data()
{
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 4; ++seed)
        QTest::addRow("%u", seed) << seed;
}

void TestPaths::noPathIsShorter()
{
    QFETCH(const unsigned, seed);
    std::mt19937 random(seed);
    trace::Batch batch;
    batch.number = batch.revision = 1;
    for (trace::NodeId node = 1; node <= 40; ++node) {
        batch.nodes.push_back({node, "Part", std::to_string(node), {}, {}, false});
        trace::Memo memo{.node = node, .changedAt = 1, .verifiedAt = 1, .reads = {}};
        for (trace::NodeId read = 1; read < node; ++read) {
            if (random() % 12 == 0)
                memo.reads.push_back(read);
        }
        batch.memos.push_back(std::move(memo));
    }
    trace::Store store;
    store.apply(batch);
    const auto steps = distancesOf(store);
    int found = 0;
    for (trace::NodeId one = 1; one <= store.lastNode(); ++one) {
        for (trace::NodeId other = 1; other <= store.lastNode(); ++other) {
            const DependencyPath path = pathBetween(store, one, other, store.revision());
            const int wanted = steps[one][other] < never ? steps[one][other] : steps[other][one];
            QVERIFY(path.isKept);
            QCOMPARE(path.nodes.empty() ? never : int(path.nodes.size()) - 1, wanted);
            if (path.nodes.empty())
                continue;
            ++found;
            QVERIFY(path.nodes.size() == 1 || isThere(path, store, store.revision()));
            QCOMPARE(std::min(path.nodes.front(), path.nodes.back()), std::min(one, other));
            QCOMPARE(std::max(path.nodes.front(), path.nodes.back()), std::max(one, other));
        }
    }
    QVERIFY(found > int(store.lastNode())); // More than each with itself.
}

void TestPaths::thePictureAndTheListShowThePath()
{
    Inspection inspection(u"/shop"_s);
    inspection.take(twoFiles());
    inspection.refresh();
    inspection.selection().selectNode(nodeNamed(inspection, "Findings(b)"));
    inspection.showPathTo(nodeNamed(inspection, "Text(a)"));
    const Focus &focus = inspection.focus().focus();
    QCOMPARE(focus.caption, u"path from Text(a) to Findings(b) · 2 steps"_s);
    QStringList cards;
    for (const Focus::Card &card : focus.cards)
        cards << inspection.shownName(card.node);
    QCOMPARE(cards, (QStringList{u"Text(a)"_s, u"Tree(a)"_s, u"Findings(b)"_s}));
    QCOMPARE(focus.wires.size(), 2);
    for (const Focus::Wire &wire : focus.wires)
        QVERIFY(wire.isOnPath);
    QStringList rows;
    for (const NeighbourRow &row : inspection.neighbours().rows()) {
        if (row.side == NeighbourRow::Side::Path)
            rows << row.name;
    }
    QCOMPARE(rows, cards);
}

void TestPaths::bothDirectionsAreOnePath()
{
    Inspection inspection(u"/shop"_s);
    inspection.take(twoFiles());
    inspection.refresh();
    inspection.selection().selectNode(nodeNamed(inspection, "Text(a)"));
    inspection.showPathTo(nodeNamed(inspection, "Findings(b)"));
    QCOMPARE(inspection.focus().focus().caption, u"path from Text(a) to Findings(b) · 2 steps"_s);
}

void TestPaths::thatThereIsNoneIsSaid()
{
    Inspection inspection(u"/shop"_s);
    inspection.take(twoFiles());
    inspection.refresh();
    inspection.selection().selectNode(nodeNamed(inspection, "Findings(a)"));
    const std::size_t before = inspection.focus().focus().cards.size();
    inspection.showPathTo(nodeNamed(inspection, "Tree(b)"));
    const QString said = u"no path to Tree(b): neither reads the other, not even through others"_s;
    QCOMPARE(inspection.focus().focus().caption, said);
    QCOMPARE(inspection.focus().focus().cards.size(), before); // What was seen stays.
    QCOMPARE(inspection.neighbours().rows().front().name, said);
}

void TestPaths::itStaysWhileTheUserWalksOnIt()
{
    Inspection inspection(u"/shop"_s);
    inspection.take(twoFiles());
    inspection.refresh();
    inspection.selection().selectNode(nodeNamed(inspection, "Findings(b)"));
    inspection.showPathTo(nodeNamed(inspection, "Text(a)"));
    inspection.selection().selectNode(nodeNamed(inspection, "Tree(a)"));
    QCOMPARE(inspection.focus().focus().cards.size(), 3);
    inspection.selection().selectNode(nodeNamed(inspection, "Tree(b)"));
    QVERIFY(inspection.focus().path().nodes.empty());
    QVERIFY(inspection.focus().focus().caption.startsWith(u"focus: Tree(b)"));
    inspection.selection().back(); // It was left, and is not come upon again.
    QVERIFY(inspection.focus().focus().caption.startsWith(u"focus: Tree(a)"));
}

void TestPaths::itEndsWhenTheSelectionIsLetGo()
{
    Inspection inspection(u"/shop"_s);
    inspection.take(twoFiles());
    inspection.refresh();
    inspection.selection().selectNode(nodeNamed(inspection, "Findings(b)"));
    inspection.showPathTo(nodeNamed(inspection, "Text(a)"));
    QVERIFY(!inspection.focus().path().nodes.empty());
    inspection.selection().follow();
    QVERIFY(inspection.focus().path().nodes.empty());
    for (const NeighbourRow &row : inspection.neighbours().rows())
        QVERIFY(row.side != NeighbourRow::Side::Path);
}

NUAGES_TEST(TestPaths)
#include "tst_paths.moc"
