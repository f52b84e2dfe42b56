#include "tests/support/testmain.h"

#include "engine/trace/store.h"
#include "ui/models/focuspicture.h"
#include "ui/models/inspection.h"
#include "ui/models/selection.h"

#include <QTest>

#include <algorithm>
#include <format>
#include <set>

using namespace nuages;
using namespace nuages::models;
using namespace Qt::StringLiterals;
using trace::NodeId;
using trace::Outcome;

/// Which cards the focus has: for the room that there is, and as the user asks for more or fewer.
class TestFocus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWayIsSeenBesideWhatThereIsRoomFor();
    void theWayIsWholeWhereThereIsNoRoomForIt();
    void moreIsShownWhereThereIsMoreRoom();
    void thePictureOfTheSameNodeStaysTheSame();
    void whatIsPinnedIsInEveryPicture();
    void whatIsCollapsedHidesItsNeighbours();
    void whatRanIsHiddenAsWell();
    void whatIsReachedAnotherWayIsNotHidden();
    void expandingShowsUpToAThousand();
    void whatIsExpandedStaysWhileTheUserWalksOn();
};

namespace {

/// A text that goes through six queries of a page, of which the last also reads `others` other kinds, three files each.
/// Then the page is edited.
class World
{
public:
    explicit World(int others)
    {
        const char *const kinds[] = {"File", "Text", "Tree", "Facts", "Shape", "Findings"};
        for (const char *kind : kinds)
            way.push_back(add(kind, "/shop/page.html", way.empty() ? std::vector<NodeId>() : std::vector{way.back()}));
        for (int kind = 0; kind < others; ++kind) {
            for (int file = 0; file < 3; ++file)
                read(way.back(), add(std::format("Other{}", kind), std::format("/shop/o{}{}.html", kind, file), {}));
        }
    }

    NodeId add(const std::string &kind, const std::string &file, const std::vector<NodeId> &reads)
    {
        const auto id = NodeId(m_first->nodes.size() + 1);
        m_first->nodes.push_back({id, kind, file.substr(6), {}, file, reads.empty()});
        m_first->memos.push_back({.node = id, .changedAt = 1, .verifiedAt = 1, .reads = reads});
        return id;
    }

    void read(NodeId reader, NodeId what) { m_first->memos[reader - 1].reads.push_back(what); }

    /// Shows the edit.
    void tell(Inspection &inspection)
    {
        auto second = std::make_shared<trace::Batch>();
        m_first->number = m_first->revision = 1;
        second->number = second->revision = 2;
        std::uint64_t sequence = 0;
        second->commits.push_back({2, "textDocument/didChange", query::Durability::Low, 1, ++sequence});
        for (std::size_t at = 0; at < way.size(); ++at)
            second->executions.push_back({.node = way[at],
                                          .revision = 2,
                                          .outcome = at == 0 ? Outcome::InputSet : Outcome::ExecutedChanged,
                                          .reason = query::Reason::DependencyChanged,
                                          .cause = at == 0 ? 0 : way[at - 1],
                                          .sequence = ++sequence});
        inspection.take(m_first);
        inspection.refresh();
        inspection.take(second);
        inspection.refresh();
    }

    std::vector<NodeId> way;

private:
    std::shared_ptr<trace::Batch> m_first = std::make_shared<trace::Batch>();
};

std::set<NodeId> shownIn(Inspection &inspection)
{
    std::set<NodeId> nodes;
    for (const Focus::Card &card : inspection.focus().focus().cards)
        nodes.insert(card.node);
    return nodes;
}

bool isShown(Inspection &inspection, NodeId node) { return shownIn(inspection).contains(node); }

int rowsOf(const Focus &focus)
{
    std::set<int> rows;
    for (const Focus::Card &card : focus.cards)
        rows.insert(card.row);
    return int(rows.size());
}

} // namespace

void TestFocus::theWayIsSeenBesideWhatThereIsRoomFor()
{
    World world(9);
    Inspection inspection(u"/shop"_s);
    inspection.setRoom(7, 4);
    world.tell(inspection);
    inspection.selection().selectNode(world.way.back());
    const Focus &focus = inspection.focus().focus();
    for (const NodeId node : world.way)
        QVERIFY(isShown(inspection, node));
    QCOMPARE(focus.columns.size(), 7);
    QCOMPARE(rowsOf(focus), 4);
    QCOMPARE(focus.cards.size(), 6 + 3); // Three of one other kind.
    QCOMPARE(std::ranges::count_if(focus.wires, &Focus::Wire::isOnPath), 5);
}

void TestFocus::theWayIsWholeWhereThereIsNoRoomForIt()
{
    World world(9);
    Inspection inspection(u"/shop"_s);
    inspection.setRoom(4, 1);
    world.tell(inspection);
    inspection.selection().selectNode(world.way.back());
    QCOMPARE(shownIn(inspection), std::set(world.way.begin(), world.way.end()));
}

void TestFocus::moreIsShownWhereThereIsMoreRoom()
{
    World world(9);
    Inspection inspection(u"/shop"_s);
    inspection.setRoom(7, 4);
    world.tell(inspection);
    inspection.selection().selectNode(world.way.back());
    const std::set<NodeId> before = shownIn(inspection);
    inspection.setRoom(9, 8);
    QCOMPARE(inspection.focus().focus().columns.size(), 9);
    QCOMPARE(rowsOf(inspection.focus().focus()), 8);
    QVERIFY(std::ranges::includes(shownIn(inspection), before));
    inspection.setRoom(0, 0);
    QCOMPARE(shownIn(inspection).size(), std::size_t(6 + 3 * 9));
}

void TestFocus::thePictureOfTheSameNodeStaysTheSame()
{
    World world(9);
    Inspection inspection(u"/shop"_s);
    inspection.setRoom(8, 5);
    world.tell(inspection);
    inspection.selection().selectNode(world.way.back());
    const Focus before = inspection.focus().focus();
    for (int time = 0; time < 3; ++time) {
        inspection.refresh();
        QVERIFY(inspection.focus().focus() == before);
    }
}

void TestFocus::whatIsPinnedIsInEveryPicture()
{
    World world(9);
    const NodeId far = world.add("Far", "/shop/far.html", {});
    Inspection inspection(u"/shop"_s);
    inspection.setRoom(7, 4);
    world.tell(inspection);
    inspection.selection().selectNode(world.way.back());
    QVERIFY(!isShown(inspection, far));
    inspection.setPinned(far, true);
    QVERIFY(isShown(inspection, far));
    const auto &cards = inspection.focus().focus().cards;
    QCOMPARE(std::ranges::count_if(cards, &Focus::Card::isPinned), 1);
    QVERIFY(std::ranges::find(cards, far, &Focus::Card::node)->isPinned);
    for (const NodeId node : {world.way[1], world.way.back() + 1}) {
        inspection.selection().selectNode(node);
        QVERIFY(isShown(inspection, far));
        QVERIFY(isShown(inspection, node));
    }
    inspection.setPinned(far, false);
    QVERIFY(!isShown(inspection, far));
}

void TestFocus::whatIsCollapsedHidesItsNeighbours()
{
    World world(2);
    Inspection inspection(u"/shop"_s);
    world.tell(inspection);
    const NodeId findings = world.way.back();
    inspection.selection().selectNode(world.way[2]);
    inspection.selection().selectNode(findings);
    const std::set<NodeId> all = shownIn(inspection);
    QCOMPARE(all.size(), std::size_t(6 + 6));
    inspection.setCollapsed(findings, true);
    QCOMPARE(shownIn(inspection), std::set(world.way.begin(), world.way.end()));
    const auto card = [&] {
        return *std::ranges::find(inspection.focus().focus().cards, findings, &Focus::Card::node);
    };
    QVERIFY(card().isCollapsed);
    QVERIFY2(card().key.endsWith(u", 6 neighbours hidden"_s), qPrintable(card().key));
    inspection.selection().selectNode(world.way[4]); // It stays so in another picture.
    QVERIFY(card().isCollapsed);
    QVERIFY(!isShown(inspection, findings + 1));
    inspection.setCollapsed(findings, false);
    QVERIFY(!card().isCollapsed);
    QVERIFY(isShown(inspection, findings + 1));

    inspection.setCollapsed(findings, true);
    inspection.expand(findings); // Whoever asks for all of them gets them.
    QCOMPARE(shownIn(inspection), all);
}

void TestFocus::whatRanIsHiddenAsWell()
{
    World world(0);
    Inspection inspection(u"/shop"_s);
    world.tell(inspection);
    inspection.selection().selectNode(world.way[1]);
    QVERIFY(isShown(inspection, world.way[5]));
    inspection.setCollapsed(world.way[4], true);
    QVERIFY(!isShown(inspection, world.way[5])); // Nothing else leads to it.
    QVERIFY(isShown(inspection, world.way[4]) && isShown(inspection, world.way[3]));
}

void TestFocus::whatIsReachedAnotherWayIsNotHidden()
{
    World world(1);
    const NodeId findings = world.way.back();
    world.read(world.way[4], findings + 1); // Of another file, and read by two.
    Inspection inspection(u"/shop"_s);
    world.tell(inspection);
    inspection.selection().selectNode(world.way[4]);
    QVERIFY(isShown(inspection, findings + 2));
    inspection.setCollapsed(findings, true);
    QVERIFY(isShown(inspection, findings + 1));
    QVERIFY(!isShown(inspection, findings + 2));
    inspection.setCollapsed(world.way[4], true);
    QVERIFY(!isShown(inspection, findings + 1));
}

void TestFocus::expandingShowsUpToAThousand()
{
    for (const int readers : {300, 1'500}) {
        World world(0);
        for (int at = 0; at < readers; ++at)
            world.add("Reader", std::format("/shop/r{:04}.html", at), {world.way[3]});
        Inspection inspection(u"/shop"_s);
        inspection.setRoom(7, 8);
        world.tell(inspection);
        inspection.selection().selectNode(world.way.back());
        QVERIFY(shownIn(inspection).size() <= FocusPicture::usual);
        inspection.expand(world.way[3]);
        const Focus &focus = inspection.focus().focus();
        QCOMPARE(focus.cards.size(), std::min(FocusPicture::limit, world.way.size() + std::size_t(readers)));
        QCOMPARE(shownIn(inspection).size(), focus.cards.size());
        QCOMPARE(focus.wires.size(), focus.cards.size() - 1); // Each hangs on another.
        inspection.setCollapsed(world.way[3], true);
        QVERIFY(shownIn(inspection).size() <= FocusPicture::usual);
    }
}

void TestFocus::whatIsExpandedStaysWhileTheUserWalksOn()
{
    World world(0);
    std::vector<NodeId> readers;
    for (int at = 0; at < 100; ++at)
        readers.push_back(world.add("Reader", std::format("/shop/r{:04}.html", at), {world.way[3]}));
    const NodeId far = world.add("Far", "/shop/far.html", {});
    Inspection inspection(u"/shop"_s);
    inspection.setRoom(7, 8);
    world.tell(inspection);
    inspection.selection().selectNode(world.way.back());
    inspection.expand(world.way[3]);
    for (const NodeId next : {readers[99], readers[98], readers[50]}) {
        inspection.focus().keepPlaces();
        inspection.selection().selectNode(next);
        for (const NodeId reader : readers)
            QVERIFY(isShown(inspection, reader));
    }
    inspection.selection().selectNode(far);
    inspection.selection().selectNode(world.way.back());
    QVERIFY(shownIn(inspection).size() <= FocusPicture::usual);
}

NUAGES_TEST(TestFocus)
#include "tst_focus.moc"
