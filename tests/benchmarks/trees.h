#pragma once

#include "engine/query/engine.h"

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstddef>
#include <string_view>
#include <vector>

/// What the rows of bench_query have in common. All their figures are nanoseconds per hit, memo or query, not per pass.
namespace nuages::benchmarks {

struct NumberData {
    long value = 0;
    long other = 0;
};
using Number = query::Input<NumberData, &NumberData::value, &NumberData::other>;

template <int N>
struct Leaf {
    static long run(query::Reader &db, Number number) { return db.read<&NumberData::value>(number) + N; }
};
template <int N>
struct Branch {
    static long run(query::Reader &db, Number number)
    {
        return db.get<Leaf<2 * N>>(number) + db.get<Leaf<2 * N + 1>>(number);
    }
};
struct Root {
    static long run(query::Reader &db, Number number) { return db.get<Branch<0>>(number) + db.get<Branch<1>>(number); }
};

inline constexpr long inputs = 256;
inline constexpr long memosOfTree = 7;
inline constexpr long memos = inputs * memosOfTree;

/// Salsa's benchmark query_fetch: for each of its inputs a tree of four leaves, two branches and a root.
struct Trees {
    query::Engine engine;
    std::vector<Number> numbers;

    explicit Trees(query::Durability durability = query::Durability::Low, long count = inputs)
    {
        engine.write("set up", [&](query::Transaction &tx) {
            for (long i = 0; i < count; ++i)
                numbers.push_back(tx.create<Number>({i, 0}, durability));
        });
    }

    Number at(long index) const { return numbers[static_cast<std::size_t>(index)]; }

    void touch()
    {
        engine.write("elsewhere", [](query::Transaction &tx) { tx.touch(query::Durability::Low); });
    }

    void sumRoots(query::Reader &db) const
    {
        long sum = 0;
        for (const Number number : numbers)
            sum += db.get<Root>(number);
        benchmark::DoNotOptimize(sum);
    }

    void compute()
    {
        query::Reader db(engine.ticket());
        sumRoots(db);
    }
};

double secondsOf(auto work)
{
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// Sets the time of one pass of `work`, divided by `units`.
void measure(benchmark::State &state, long units, auto work)
{
    state.SetIterationTime(secondsOf(work) / static_cast<double>(units));
}

/// A row: 60 repetitions of 10 passes, of which the least counts.
void add(const char *name, void (*run)(benchmark::State &));

void addKeyRows(); ///< Several keys, interning, inputs, readers.
void addEvictionRows(); ///< Salsa's eviction benchmarks, as far as nothing is evicted.
void addThreadRows(); ///< Several threads at once.

/// Prints how many bytes a memo takes, as a line of JSON. `which` says how many fields it reads, "8", or how many keys
/// it has, "two_keys". Returns the exit code; 2 for anything else.
int printBytesOfMemo(std::string_view which);

} // namespace nuages::benchmarks
