#include "tests/benchmarks/lesson/load.h"
#include "tests/support/testmain.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace nuages::lesson;
using namespace std::chrono_literals;

class TestLoad : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void percentileIsTheLeastThatSoManyDoNotExceed_data();
    void percentileIsTheLeastThatSoManyDoNotExceed();
    void sameSeedGivesTheSameLoad();
    void arrivalsAreInOrderWithinTheirTime();
    void gapsAreExponential();
    void kindsComeInTheirProportion();
    void latencyCountsFromTheIntendedArrival();
    void whatWasNotAnsweredCountsUntilTheEnd();
};

namespace {

constexpr bool isEdit(Kind kind) { return kind == Kind::Edit; }
constexpr bool isAny(Kind /*kind*/) { return true; }

const Load aMinute{60s, 10ms, 8, 20240229};

} // namespace

void TestLoad::percentileIsTheLeastThatSoManyDoNotExceed_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<double>("share");
    QTest::addColumn<int>("expected");

    QTest::newRow("one value is every percentile") << 1 << 0.99 << 1;
    QTest::newRow("the lower of two is the median") << 2 << 0.5 << 1;
    QTest::newRow("the middle of three") << 3 << 0.5 << 2;
    QTest::newRow("the last but one of a hundred") << 100 << 0.99 << 99;
    QTest::newRow("the last of fifty") << 50 << 0.99 << 50;
    QTest::newRow("all") << 7 << 1.0 << 7;
}

void TestLoad::percentileIsTheLeastThatSoManyDoNotExceed()
{
    QFETCH(const int, count);
    QFETCH(const double, share);
    QFETCH(const int, expected);
    std::vector<Duration> sorted;
    for (int i = 1; i <= count; ++i)
        sorted.emplace_back(i);

    QCOMPARE(percentile(sorted, share).count(), expected);
}

void TestLoad::sameSeedGivesTheSameLoad()
{
    const auto first = arrivalsOf(aMinute);
    Load other = aMinute;
    ++other.seed;

    QVERIFY(first == arrivalsOf(aMinute));
    QVERIFY(first != arrivalsOf(other));
}

void TestLoad::arrivalsAreInOrderWithinTheirTime()
{
    const auto arrivals = arrivalsOf(aMinute);

    QVERIFY(std::ranges::is_sorted(arrivals, {}, &Arrival::at));
    QVERIFY(arrivals.front().at >= 0s);
    QVERIFY(arrivals.back().at < aMinute.length);
    QVERIFY(std::ranges::all_of(arrivals, [](const Arrival &each) { return each.subject < aMinute.subjects; }));
}

// Of an exponential distribution 1 - 1/e lie below the mean, and the deviation is the mean.
void TestLoad::gapsAreExponential()
{
    std::vector<double> gaps;
    Duration before{};
    for (const Arrival &each : arrivalsOf(aMinute)) {
        if (each.kind != Kind::Edit)
            continue;
        gaps.push_back(double((each.at - before).count()));
        before = each.at;
    }
    const double mean = double(before.count()) / double(gaps.size());
    const auto below = std::ranges::count_if(gaps, [mean](double gap) { return gap < mean; });
    double squares = 0;
    for (const double gap : gaps)
        squares += (gap - mean) * (gap - mean);

    QVERIFY(std::abs(mean / 10e6 - 1) < 0.03);
    QVERIFY(std::abs(double(below) / double(gaps.size()) - (1 - std::exp(-1.0))) < 0.02);
    QVERIFY(std::abs(std::sqrt(squares / double(gaps.size())) / mean - 1) < 0.05);
}

void TestLoad::kindsComeInTheirProportion()
{
    std::array<double, kinds> counts{};
    for (const Arrival &each : arrivalsOf(aMinute))
        ++counts[static_cast<std::size_t>(each.kind)];

    for (std::size_t kind = 0; kind < kinds; ++kind)
        QVERIFY(std::abs(counts[kind] / (6000 * perEdit[kind]) - 1) < 0.15);
}

// A client that was held up for 40 ms sent the second one late; its user waited all the same.
void TestLoad::latencyCountsFromTheIntendedArrival()
{
    const std::vector<Arrival> arrivals = {{0ms, Kind::Edit}, {10ms, Kind::Edit}, {20ms, Kind::Light}};
    const std::vector<Ending> endings = {{40ms, 0}, {41ms, 0}, {42ms, 0}};

    const Figures edits = figuresOf(arrivals, endings, 50ms, isEdit);

    QCOMPARE(edits.count, 2U);
    QVERIFY(edits.median == 31ms);
    QVERIFY(edits.longest == 40ms);
}

void TestLoad::whatWasNotAnsweredCountsUntilTheEnd()
{
    const std::vector<Arrival> arrivals = {{0ms, Kind::Light}, {10ms, Kind::Heavy}};
    const std::vector<Ending> endings = {{1ms, 0}, {}};

    const Figures all = figuresOf(arrivals, endings, 100ms, isAny);

    QCOMPARE(all.unanswered, 1U);
    QVERIFY(all.longest == 90ms);
    QCOMPARE(figuresOf(arrivals, endings, 100ms, isEdit).count, 0U);
}

NUAGES_TEST(TestLoad)
#include "tst_load.moc"
