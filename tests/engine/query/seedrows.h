#pragma once

#include <QTest>

#include <algorithm>
#include <cstdint>
#include <format>
#include <string>

namespace nuages::tests {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
inline constexpr int ordinarySeeds = 5; // Each takes several times longer, and all are run many times.
#else
inline constexpr int ordinarySeeds = 40;
#endif

/// The data of a test that runs something under many schedules: rows of `rowSize` seeds each. NUAGES_SCHEDULES sets how
/// many seeds there are; NUAGES_FIRST_SEED where they start.
inline void addSeedRows(int rowSize)
{
    bool isSet = false;
    int count = qEnvironmentVariableIntValue("NUAGES_SCHEDULES", &isSet);
    if (!isSet)
        count = ordinarySeeds;
    const int end = qEnvironmentVariableIntValue("NUAGES_FIRST_SEED") + count + 1;
    QTest::addColumn<int>("first");
    QTest::addColumn<int>("last");
    for (int first = end - count; first < end; first += rowSize) {
        const int last = std::min(first + rowSize, end) - 1;
        QTest::addRow("seeds %d to %d", first, last) << first << last;
    }
}

/// The test itself: `run` gets each seed of the row and returns what is wrong, or "".
template <class Run>
void runSeeds(Run run)
{
    QFETCH(const int, first);
    QFETCH(const int, last);
    for (int seed = first; seed <= last; ++seed) {
        const std::string failure = run(std::uint32_t(seed));
        QVERIFY2(failure.empty(), std::format("seed {}: {}", seed, failure).c_str());
    }
}

} // namespace nuages::tests
