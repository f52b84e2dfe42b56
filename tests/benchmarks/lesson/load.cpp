#include "tests/benchmarks/lesson/load.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <random>

namespace nuages::lesson {

namespace {

/// In [0, 1). std::uniform_real_distribution differs from library to library.
double uniform(std::mt19937_64 &random) { return double(random() >> 11) * 0x1p-53; }

Kind kindOf(double share)
{
    const double whole = std::accumulate(perEdit.begin(), perEdit.end(), 0.0);
    double left = share * whole;
    std::size_t kind = 0;
    while (kind + 1 < kinds && left >= perEdit[kind])
        left -= perEdit[kind++];
    return static_cast<Kind>(kind);
}

} // namespace

std::vector<Arrival> arrivalsOf(const Load &load)
{
    std::mt19937_64 random(load.seed);
    const double mean = double(load.editEvery.count()) / std::accumulate(perEdit.begin(), perEdit.end(), 0.0);
    std::vector<Arrival> arrivals;
    for (double at = 0;;) {
        at += -std::log(1 - uniform(random)) * mean;
        if (at >= double(load.length.count()))
            return arrivals;
        const Kind kind = kindOf(uniform(random));
        arrivals.push_back(
            {Duration(static_cast<Duration::rep>(at)), kind, static_cast<std::uint32_t>(random() % load.subjects)});
    }
}

Figures figuresOf(std::span<const Arrival> arrivals, std::span<const Ending> endings, Duration end,
                  bool (*counts)(Kind kind))
{
    assert(arrivals.size() == endings.size());
    Figures figures;
    std::vector<Duration> latencies;
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
        if (!counts(arrivals[i].kind))
            continue;
        figures.unanswered += !endings[i].at;
        latencies.push_back(endings[i].at.value_or(end) - arrivals[i].at);
    }
    figures.count = latencies.size();
    if (latencies.empty())
        return figures;
    std::ranges::sort(latencies);
    figures.median = percentile(latencies, 0.5);
    figures.p99 = percentile(latencies, 0.99);
    figures.longest = latencies.back();
    return figures;
}

Duration percentile(std::span<const Duration> sorted, double share)
{
    assert(!sorted.empty() && share > 0 && share <= 1);
    const auto rank = static_cast<std::size_t>(std::ceil(share * double(sorted.size())));
    return sorted[std::max<std::size_t>(rank, 1) - 1];
}

} // namespace nuages::lesson
