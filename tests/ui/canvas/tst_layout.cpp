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
    void orderIsTheSameInEveryPicture();
    void whatWentAwayKeepsItsPlaceAndComesBackToIt();
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
    const Arrangement arrangement = arrange(nodes, kinds);
    QList<int> rows;
    for (const Node &node : nodes)
        rows << arrangement.places.value(node.id).row;
    QCOMPARE(rows, (QList{1, 3, 0, 2, 4}));
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
    QCOMPARE(arrangement.rows.size(), 3U);
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

// Whatever part of the project is shown, and whatever was shown before: of two nodes the same one is above the other
// in every picture, and of two kinds the same one to the left.
void TestLayout::orderIsTheSameInEveryPicture()
{
    std::mt19937 random(11);
    const auto kinds = orderOfKinds({}, demoReads);
    std::vector<Node> nodes = randomNodes(random, 60);
    QHash<std::pair<QString, QString>, bool> isAbove;
    QHash<std::pair<QString, QString>, bool> isLeft;
    Arrangement arrangement;
    for (int round = 0; round < 60; ++round) {
        std::ranges::shuffle(nodes, random);
        const auto shown = std::span(nodes).first(5 + random() % 40);
        arrangement = arrange(shown, kinds, round % 7 == 0 ? Arrangement() : arrangement);
        for (const Node &one : shown) {
            for (const Node &other : shown) {
                const Place here = arrangement.places.value(one.id);
                const Place there = arrangement.places.value(other.id);
                if (one.file != other.file) {
                    const bool now = here.row < there.row;
                    QCOMPARE(isAbove.value({one.file, other.file}, now), now);
                    isAbove.insert({one.file, other.file}, now);
                }
                if (one.kind != other.kind) {
                    const bool now = here.column < there.column;
                    QCOMPARE(isLeft.value({one.kind, other.kind}, now), now);
                    isLeft.insert({one.kind, other.kind}, now);
                }
            }
        }
    }
    QVERIFY(isAbove.size() > 100 && isLeft.size() > 10);
}

void TestLayout::whatWentAwayKeepsItsPlaceAndComesBackToIt()
{
    const auto kinds = orderOfKinds({u"A"_s, u"B"_s, u"C"_s, u"D"_s}, {});
    std::vector<Node> nodes;
    quint32 id = 0;
    for (const QString &file : {u"a"_s, u"b"_s, u"c"_s, u"d"_s}) {
        for (const QString &kind : {u"A"_s, u"B"_s, u"C"_s, u"D"_s})
            nodes.push_back({.id = ++id, .kind = kind, .file = file, .key = file});
    }
    const Arrangement all = arrange(nodes, kinds);
    std::vector<Node> fewer;
    std::ranges::copy_if(nodes, std::back_inserter(fewer),
                         [](const Node &node) { return node.file != u"b"_s && node.kind != u"B"_s; });
    const Arrangement less = arrange(fewer, kinds, all);
    for (const Node &node : fewer)
        QCOMPARE(less.places.value(node.id), all.places.value(node.id));
    QCOMPARE(arrange(nodes, kinds, less), all);
    QCOMPARE(arrange(fewer, kinds).kinds, (QStringList{u"A"_s, u"C"_s, u"D"_s})); // Without a past nothing is empty.
}

void TestLayout::holesAreClosedOnceThereAreMany()
{
    const auto kinds = orderOfKinds({u"File"_s}, {});
    std::vector<Node> nodes;
    for (quint32 id = 1; id <= 9; ++id)
        nodes.push_back({.id = id, .kind = u"File"_s, .file = QString::number(id), .key = {}});
    const Arrangement all = arrange(nodes, kinds);

    std::vector<Node> fewer(nodes.begin() + 1, nodes.end());
    QCOMPARE(arrange(fewer, kinds, all).rows.size(), 9U); // one hole of nine
    fewer.erase(fewer.begin(), fewer.begin() + 3);
    QCOMPARE(arrange(fewer, kinds, all).rows.size(), 5U); // four of nine
}

NUAGES_TEST(TestLayout)
#include "tst_layout.moc"
