#include "tests/support/testmain.h"
#include "ui/canvas/layout.h"

#include <QSet>
#include <QTest>

#include <algorithm>
#include <random>

using namespace nuages::canvas;
using namespace Qt::StringLiterals;

class TestLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kindsStandBehindWhatTheyRead();
    void kindsOfACycleStandTogether();
    void orderOfKindsForgetsTheOrderOfItsArguments();
    void readsLeadToTheRightInRandomGraphs();

    void rowsFollowThePathsOfFiles();
    void aFileHasARowForEachNodeOfAKind();
    void noTwoNodesShareAPlace();
    void theSameNodesGetTheSamePlaces();
    void nodesThatStayKeepTheirRows();
    void holesAreClosedOnceThereAreMany();
};

namespace {

const std::vector<KindRead> demoReads = {{u"SourceText"_s, u"File"_s},        {u"Template"_s, u"SourceText"_s},
                                         {u"TemplateFacts"_s, u"Template"_s}, {u"Ancestry"_s, u"TemplateFacts"_s},
                                         {u"Diagnostics"_s, u"Template"_s},   {u"Diagnostics"_s, u"Ancestry"_s}};

QStringList names(const std::vector<KindPlace> &order)
{
    QStringList all;
    for (const KindPlace &place : order)
        all << place.kind;
    return all;
}

/// Is there a way along `reads` from one kind to the other? By walking, for small graphs.
bool reaches(const std::vector<KindRead> &reads, const QString &from, const QString &to)
{
    QStringList open{from};
    QSet<QString> seen;
    while (!open.isEmpty()) {
        const QString kind = open.takeLast();
        for (const KindRead &read : reads) {
            if (read.reader != kind || seen.contains(read.read))
                continue;
            if (read.read == to)
                return true;
            seen.insert(read.read);
            open << read.read;
        }
    }
    return false;
}

std::vector<Node> randomNodes(std::mt19937 &random, int count)
{
    const QStringList kinds = names(orderOfKinds({}, demoReads));
    std::vector<Node> nodes;
    for (quint32 id = 1; id <= static_cast<quint32>(count); ++id) {
        const auto kind = static_cast<qsizetype>(random() % kinds.size());
        const int file = static_cast<int>(random() % static_cast<unsigned>(count / 3));
        nodes.push_back({.id = id,
                         .kind = kinds.at(kind),
                         .file = file == 0 ? QString() : u"app/page%1.html"_s.arg(file),
                         .key = QString::number(id)});
    }
    return nodes;
}

QString twoAtOnePlace(const Arrangement &arrangement)
{
    QHash<std::pair<int, int>, quint32> taken;
    for (const auto &[id, place] : arrangement.places.asKeyValueRange()) {
        const std::pair<int, int> at(place.column, place.row);
        if (taken.contains(at))
            return u"%1 and %2"_s.arg(taken.value(at)).arg(id);
        taken.insert(at, id);
    }
    return {};
}

} // namespace

void TestLayout::kindsStandBehindWhatTheyRead()
{
    const auto order = orderOfKinds({u"Settings"_s}, demoReads);
    QCOMPARE(names(order),
             (QStringList{u"File"_s, u"Settings"_s, u"SourceText"_s, u"Template"_s, u"TemplateFacts"_s, u"Ancestry"_s,
                          u"Diagnostics"_s}));
    QCOMPARE(order.at(1).rank, 0);
    QCOMPARE(order.back().rank, 5);
}

void TestLayout::kindsOfACycleStandTogether()
{
    // Zebra and Apple read each other; Middle has their rank and a name between theirs.
    const auto order = orderOfKinds({},
                                    {{u"Zebra"_s, u"Apple"_s},
                                     {u"Apple"_s, u"Zebra"_s},
                                     {u"Apple"_s, u"File"_s},
                                     {u"Middle"_s, u"File"_s},
                                     {u"Middle"_s, u"Middle"_s}});
    QCOMPARE(names(order), (QStringList{u"File"_s, u"Apple"_s, u"Zebra"_s, u"Middle"_s}));
    QCOMPARE(order.at(1).group, order.at(2).group);
    QVERIFY(order.at(2).group != order.at(3).group);
    QCOMPARE(order.at(3).rank, 1);
}

void TestLayout::orderOfKindsForgetsTheOrderOfItsArguments()
{
    std::vector<KindRead> reads = demoReads;
    std::mt19937 random(20240229);
    const auto expected = orderOfKinds({u"A"_s, u"Z"_s}, reads);
    for (int round = 0; round < 20; ++round) {
        std::ranges::shuffle(reads, random);
        QCOMPARE(orderOfKinds({u"Z"_s, u"A"_s}, reads), expected);
    }
}

void TestLayout::readsLeadToTheRightInRandomGraphs()
{
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        std::vector<KindRead> reads;
        for (int i = 0; i < 14; ++i)
            reads.push_back({QString::number(random() % 9), QString::number(random() % 9)});
        const auto order = orderOfKinds({}, reads);
        const QStringList columns = names(order);
        for (const KindRead &read : reads) {
            const auto reader = columns.indexOf(read.reader);
            const auto source = columns.indexOf(read.read);
            const bool cycle = read.reader == read.read || reaches(reads, read.read, read.reader);
            QCOMPARE(order.at(reader).group == order.at(source).group, cycle);
            if (!cycle)
                QVERIFY2(source < reader, qPrintable(read.reader + u" reads "_s + read.read));
        }
    }
}

void TestLayout::rowsFollowThePathsOfFiles()
{
    const auto kinds = orderOfKinds({u"File"_s}, {});
    const std::vector<Node> nodes = {{.id = 1, .kind = u"File"_s, .file = u"b.html"_s, .key = {}},
                                     {.id = 2, .kind = u"File"_s, .file = {}, .key = u"no file"_s},
                                     {.id = 3, .kind = u"File"_s, .file = u"a.html"_s, .key = {}},
                                     {.id = 4, .kind = u"File"_s, .file = u"c.html"_s, .key = {}},
                                     {.id = 5, .kind = u"File"_s, .file = u"a.py"_s, .isOutside = true, .key = {}}};
    const auto rows = [&](const QString &firstFile) {
        const Arrangement arrangement = arrange(nodes, kinds, {}, firstFile);
        QList<int> all;
        for (const Node &node : nodes)
            all << arrangement.places.value(node.id).row;
        return all;
    };
    QCOMPARE(rows({}), (QList{1, 3, 0, 2, 4}));
    QCOMPARE(rows(u"c.html"_s), (QList{2, 3, 1, 0, 4}));
}

void TestLayout::aFileHasARowForEachNodeOfAKind()
{
    const auto kinds = orderOfKinds({}, {{u"Parse"_s, u"File"_s}});
    const std::vector<Node> nodes = {{.id = 1, .kind = u"File"_s, .file = u"a"_s, .key = u"x"_s},
                                     {.id = 2, .kind = u"Parse"_s, .file = u"a"_s, .key = u"y"_s},
                                     {.id = 3, .kind = u"Parse"_s, .file = u"a"_s, .key = u"x"_s},
                                     {.id = 4, .kind = u"Parse"_s, .file = u"b"_s, .key = u"x"_s}};
    const Arrangement arrangement = arrange(nodes, kinds);
    QCOMPARE(arrangement.places.value(1), (Place{.column = 0, .row = 0}));
    QCOMPARE(arrangement.places.value(3), (Place{.column = 1, .row = 0}));
    QCOMPARE(arrangement.places.value(2), (Place{.column = 1, .row = 1}));
    QCOMPARE(arrangement.places.value(4), (Place{.column = 1, .row = 2}));
    QCOMPARE(arrangement.rows, 3);
}

void TestLayout::noTwoNodesShareAPlace()
{
    std::mt19937 random(3);
    const auto kinds = orderOfKinds({}, demoReads);
    std::vector<Node> nodes = randomNodes(random, 200);
    Arrangement arrangement;
    for (int round = 0; round < 100; ++round) {
        std::ranges::shuffle(nodes, random);
        const auto shown = std::span(nodes).first(100 + random() % 100);
        arrangement = arrange(shown, kinds, arrangement);
        QCOMPARE(twoAtOnePlace(arrangement), QString());
        QCOMPARE(arrangement.places.size(), std::ssize(shown));
    }
}

void TestLayout::theSameNodesGetTheSamePlaces()
{
    std::mt19937 random(5);
    const auto kinds = orderOfKinds({}, demoReads);
    std::vector<Node> nodes = randomNodes(random, 150);
    const Arrangement expected = arrange(nodes, kinds);
    for (int round = 0; round < 10; ++round) {
        std::ranges::shuffle(nodes, random);
        QCOMPARE(arrange(nodes, kinds), expected);
        QCOMPARE(arrange(nodes, kinds, expected), expected);
    }
}

// The mean move of the nodes that are in both pictures stays below a tenth of a row over edits of 1, 10 and 100 nodes.
void TestLayout::nodesThatStayKeepTheirRows()
{
    std::mt19937 random(11);
    const auto kinds = orderOfKinds({}, demoReads);
    std::vector<Node> nodes = randomNodes(random, 400);
    for (const std::size_t edited : {1, 10, 100}) {
        double moved = 0;
        double compared = 0;
        Arrangement arrangement = arrange(std::span(nodes).first(300), kinds);
        for (int round = 0; round < 20; ++round) {
            for (std::size_t i = 0; i < edited; ++i) // out of those shown, into those hidden
                std::swap(nodes[random() % 300], nodes[300 + random() % 100]);
            const Arrangement next = arrange(std::span(nodes).first(300), kinds, arrangement);
            for (const auto &[id, place] : next.places.asKeyValueRange()) {
                if (const auto before = arrangement.places.constFind(id); before != arrangement.places.cend()) {
                    moved += std::abs(before->row - place.row);
                    ++compared;
                }
            }
            arrangement = next;
        }
        QVERIFY2(moved / compared < 0.1, qPrintable(u"%1 edited: %2 rows"_s.arg(edited).arg(moved / compared)));
    }
}

void TestLayout::holesAreClosedOnceThereAreMany()
{
    const auto kinds = orderOfKinds({u"File"_s}, {});
    std::vector<Node> nodes;
    for (quint32 id = 1; id <= 9; ++id)
        nodes.push_back({.id = id, .kind = u"File"_s, .file = QString::number(id), .key = {}});
    const Arrangement all = arrange(nodes, kinds);

    std::vector<Node> fewer(nodes.begin() + 1, nodes.end());
    QCOMPARE(arrange(fewer, kinds, all).rows, 9); // one hole of nine
    fewer.erase(fewer.begin(), fewer.begin() + 3);
    QCOMPARE(arrange(fewer, kinds, all).rows, 5); // four of nine
}

NUAGES_TEST(TestLayout)
#include "tst_layout.moc"
