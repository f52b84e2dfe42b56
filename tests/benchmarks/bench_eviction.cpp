#include "tests/benchmarks/trees.h"

#include <benchmark/benchmark.h>

#include <memory>

// Salsa's benchmarks eviction and eviction_walltime in their form without eviction: what its users pay for memos that
// stay. Each memo is worth 128 steps of a Fibonacci row, so that a cold one is not the engine's alone.

namespace nuages::benchmarks {

using namespace query;

namespace {

struct Fibonacci {
    static unsigned long run(Reader &db, Number number)
    {
        const auto value = static_cast<unsigned long>(db.read<&NumberData::value>(number));
        unsigned long before = 0;
        unsigned long last = 1;
        int steps = 128;
        benchmark::DoNotOptimize(steps);
        for (int i = 0; i < steps; ++i) {
            const unsigned long next = before + last;
            before = last;
            last = next;
        }
        return value + last;
    }
};

struct Items : Trees {
    using Trees::Trees;

    unsigned long total = 0;

    void access(Reader &db, long index) { total += db.get<Fibonacci>(at(index)); }
    void accessAll(Reader &db, long first, long last)
    {
        for (long i = first; i < last; ++i)
            access(db, i);
    }

    /// In a revision of its own.
    void inNextRevision(auto work)
    {
        touch();
        Reader db(engine.ticket());
        work(db);
    }
};

std::unique_ptr<Items> itemsOf(long count) { return std::make_unique<Items>(Durability::Low, count); }

void fast_path(benchmark::State &state)
{
    constexpr long count = 1024;
    const auto items = itemsOf(count);
    Reader db(items->engine.ticket());
    items->accessAll(db, 0, count);
    for (auto _ : state) {
        measure(state, count, [&] { items->accessAll(db, 0, count); });
        benchmark::DoNotOptimize(items->total);
    }
}

void fill(benchmark::State &state)
{
    constexpr long count = 320;
    for (auto _ : state) {
        const auto items = itemsOf(count);
        Reader db(items->engine.ticket());
        measure(state, count, [&] { items->accessAll(db, 0, count); });
        benchmark::DoNotOptimize(items->total);
    }
}

void project_check_then_incremental(benchmark::State &state)
{
    constexpr long files = 1024;
    constexpr long accesses = 64;
    constexpr long edits = 3;
    constexpr long step = 128;
    constexpr long units = (files + edits * (files / step)) * accesses;
    const auto visit = [](Items &items, Reader &db, long file) {
        for (long i = 0; i < accesses; ++i)
            items.access(db, file);
    };
    for (auto _ : state) {
        const auto items = itemsOf(files);
        measure(state, units, [&] {
            {
                Reader db(items->engine.ticket());
                for (long file = 0; file < files; ++file)
                    visit(*items, db, file);
            }
            for (long edit = 0; edit < edits; ++edit) {
                items->inNextRevision([&](Reader &db) {
                    for (long file = 0; file < files; file += step)
                        visit(*items, db, file);
                });
            }
        });
        benchmark::DoNotOptimize(items->total);
    }
}

/// 192 hot items with 128 new ones among them, three hot to two new; four rounds, and one of the hot alone.
void scan_resistance(benchmark::State &state)
{
    constexpr long hot = 192;
    constexpr long fresh = 128;
    constexpr long rounds = 5;
    const auto visit = [](Items &items, Reader &db, long round) {
        for (long i = 0; i < fresh / 2; ++i) {
            items.accessAll(db, i * 3, i * 3 + 3);
            const long next = hot + round * fresh + i * 2;
            items.accessAll(db, next, next + 2);
        }
    };
    for (auto _ : state) {
        const auto items = itemsOf(hot + rounds * fresh);
        {
            Reader db(items->engine.ticket());
            visit(*items, db, 0);
        }
        measure(state, (rounds - 1) * (hot + fresh) + hot, [&] {
            for (long round = 1; round < rounds; ++round)
                items->inNextRevision([&](Reader &db) { visit(*items, db, round); });
            items->inNextRevision([&](Reader &db) { items->accessAll(db, 0, hot); });
        });
        benchmark::DoNotOptimize(items->total);
    }
}

/// Each of 64 hot items twice, a new one between, then 128 new ones; four rounds, and one of the hot alone.
void one_hit_wonders(benchmark::State &state)
{
    constexpr long hot = 64;
    constexpr long fresh = 64 + 128;
    constexpr long rounds = 5;
    const auto visit = [](Items &items, Reader &db, long round) {
        const long first = hot + round * fresh;
        for (long i = 0; i < hot; ++i) {
            items.access(db, i);
            items.access(db, first + i);
            items.access(db, i);
        }
        items.accessAll(db, first + hot, first + fresh);
    };
    for (auto _ : state) {
        const auto items = itemsOf(hot + rounds * fresh);
        {
            Reader db(items->engine.ticket());
            visit(*items, db, 0);
        }
        measure(state, (rounds - 1) * (hot * 2 + fresh) + hot, [&] {
            for (long round = 1; round < rounds; ++round)
                items->inNextRevision([&](Reader &db) { visit(*items, db, round); });
            items->inNextRevision([&](Reader &db) { items->accessAll(db, 0, hot); });
        });
        benchmark::DoNotOptimize(items->total);
    }
}

void phase_change(benchmark::State &state)
{
    constexpr long each = 192;
    constexpr long rounds = 3;
    for (auto _ : state) {
        const auto items = itemsOf(2 * each);
        {
            Reader db(items->engine.ticket());
            items->accessAll(db, 0, each);
        }
        measure(state, rounds * each, [&] {
            for (long round = 0; round < rounds; ++round)
                items->inNextRevision([&](Reader &db) { items->accessAll(db, each, 2 * each); });
        });
        benchmark::DoNotOptimize(items->total);
    }
}

} // namespace

void addEvictionRows()
{
    add("fast_path", fast_path);
    add("fill", fill);
    add("project_check_then_incremental", project_check_then_incremental);
    add("scan_resistance", scan_resistance);
    add("one_hit_wonders", one_hit_wonders);
    add("phase_change", phase_change);
}

} // namespace nuages::benchmarks
