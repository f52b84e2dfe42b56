#include "tests/benchmarks/trees.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include <sys/resource.h>

// What the engine itself costs: the queries add small numbers, so that nearly all time is the engine's.
// The rows named after salsa's are its workloads.

namespace nuages::benchmarks {

using namespace query;

namespace {

// A query that asks for `Hits` others and does nothing else; another key, or another number in it, makes it run again.
template <std::uint32_t Hits>
struct Sum {
    static long run(Reader &db, Number round)
    {
        long sum = db.read<&NumberData::other>(round);
        for (std::uint32_t i = 0; i < Hits; ++i)
            sum += db.get<Leaf<0>>(Number{i});
        return sum;
    }
};

// One pass over the trees after `change`, which is not measured; divided by `units`.
void measurePass(benchmark::State &state, Trees &trees, long units, auto change)
{
    for (auto _ : state) {
        change();
        Reader db(trees.engine.ticket());
        measure(state, units, [&] { trees.sumRoots(db); });
    }
}

void cached_same_revision(benchmark::State &state)
{
    Trees trees;
    trees.compute();
    Reader db(trees.engine.ticket());
    for (auto _ : state)
        measure(state, inputs, [&] { trees.sumRoots(db); });
}

template <std::uint32_t Hits>
void hit_in_a_query(benchmark::State &state)
{
    Trees trees(Durability::Low, 4096);
    Reader db(trees.engine.ticket());
    for (std::uint32_t i = 0; i < Hits; ++i)
        db.get<Leaf<0>>(Number{i});
    std::uint32_t round = 0;
    long total = 0;
    for (; round < 50; ++round) // the reader's room for edges grows once, not in every query
        total += db.get<Sum<Hits>>(Number{round});
    for (auto _ : state) {
        const Number key{round++};
        measure(state, Hits, [&] { total += db.get<Sum<Hits>>(key); });
    }
    benchmark::DoNotOptimize(total);
}

// As hit_in_a_query, but one memo whose query runs again after an edit, so that the memory for what it reads is there.
template <std::uint32_t Hits>
void hit_in_a_query_run_again(benchmark::State &state)
{
    Trees trees(Durability::Low, 4096);
    const Number key{0};
    long total = Reader(trees.engine.ticket()).get<Sum<Hits>>(key);
    for (auto _ : state) {
        trees.engine.write("change", [&](Transaction &tx) { tx.set<&NumberData::other>(key, ++total); });
        Reader db(trees.engine.ticket());
        for (std::uint32_t i = 0; i < Hits; ++i)
            db.get<Leaf<0>>(Number{i}); // good in this revision, so that it will be a hit
        measure(state, Hits, [&] { total += db.get<Sum<Hits>>(key); });
    }
    benchmark::DoNotOptimize(total);
}

void cold_execute(benchmark::State &state)
{
    for (auto _ : state) {
        Trees trees;
        Reader db(trees.engine.ticket());
        measure(state, memos, [&] { trees.sumRoots(db); });
    }
}

void deep_verify_memo(benchmark::State &state)
{
    Trees trees;
    trees.compute();
    measurePass(state, trees, memos, [&] { trees.touch(); });
}

void deep_verify_then_execute(benchmark::State &state)
{
    Trees trees;
    trees.compute();
    long added = 0;
    measurePass(state, trees, memos, [&] {
        added += 1000;
        for (long i = 0; i < inputs; ++i) { // one revision each, as in salsa's
            trees.engine.write("change", [&](Transaction &tx) { tx.set<&NumberData::value>(trees.at(i), i + added); });
        }
    });
}

void validate_high_durability(benchmark::State &state)
{
    Trees trees(Durability::High);
    trees.compute();
    measurePass(state, trees, inputs, [&] { trees.touch(); });
}

// The least of the repetitions: other work on the machine can only add to it.
double leastOf(const std::vector<double> &times) { return *std::ranges::min_element(times); }

// Half a million memos in one engine, and the peak memory of the process that held them.
int measureMemory()
{
    constexpr long count = 65'536;
    Trees trees(Durability::Low, count);
    trees.compute();
    rusage usage = {};
    ::getrusage(RUSAGE_SELF, &usage);
    std::printf("{\"memos\": %ld, \"kibibytes\": %ld}\n", count * 7, usage.ru_maxrss);
    return EXIT_SUCCESS;
}

} // namespace

void add(const char *name, void (*run)(benchmark::State &))
{
    // A fixed number, because the times given are those of one hit, memo or query, and not of the whole pass.
    benchmark::RegisterBenchmark(name, run)
        ->UseManualTime()
        ->Iterations(10)
        ->Repetitions(60)
        ->ReportAggregatesOnly()
        ->ComputeStatistics("least", leastOf);
}

} // namespace nuages::benchmarks

int main(int argc, char **argv)
{
    using namespace nuages::benchmarks;
    const std::vector<std::string_view> arguments(argv + 1, argv + argc);
    if (arguments.size() == 1 && arguments[0] == "--memory")
        return measureMemory();
    if (arguments.size() == 2 && arguments[0] == "--bytes-of-memo")
        return printBytesOfMemo(arguments[1]);
    add("cached_same_revision", cached_same_revision);
    add("hit_in_a_query", hit_in_a_query<256>);
    add("hit_in_a_wide_query", hit_in_a_query<4096>);
    add("hit_in_a_query_run_again", hit_in_a_query_run_again<256>);
    add("hit_in_a_wide_query_run_again", hit_in_a_query_run_again<4096>);
    add("deep_verify_memo", deep_verify_memo);
    add("cold_execute", cold_execute);
    add("deep_verify_then_execute", deep_verify_then_execute);
    add("validate_high_durability", validate_high_durability);
    addKeyRows();
    addEvictionRows();
    addThreadRows();
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return EXIT_FAILURE;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}
