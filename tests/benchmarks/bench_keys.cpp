#include "tests/benchmarks/trees.h"

#include <benchmark/benchmark.h>

#include <format>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// Rows about keys of several parts, strings, interned values, inputs and readers; the first half is salsa's benchmarks
// creation and field_access, as far as they need no tracked structs.

namespace nuages::benchmarks {

using namespace query;

namespace {

struct TwoKeys {
    static long run(Reader &db, Number number, Number other)
    {
        return db.read<&NumberData::value>(number) + other.index;
    }
};
struct ThreeKeys {
    static long run(Reader &db, Number number, Number other, std::uint32_t third)
    {
        return db.read<&NumberData::value>(number) + other.index + third;
    }
};
struct Length {
    static long run(Reader & /*db*/, const std::string &text) { return static_cast<long>(text.size()); }
};
using Name = Interned<std::string>;
using Value = Interned<long>;

struct InternDistinct {
    static long run(Reader &db, Number number)
    {
        const long first = db.read<&NumberData::value>(number);
        for (long offset = 0; offset < inputs; ++offset)
            benchmark::DoNotOptimize(db.intern<Value>(first + offset));
        return inputs;
    }
};
struct InternSame {
    static long run(Reader &db, Number number)
    {
        const long first = db.read<&NumberData::value>(number);
        for (long offset = 0; offset < inputs; ++offset)
            benchmark::DoNotOptimize(db.intern<Value>(first));
        return inputs;
    }
};
struct InputField {
    static long run(Reader &db, Number number) { return db.read<&NumberData::value>(number); }
};
struct InternedField {
    static long run(Reader &db, Value value) { return db.value(value); }
};

/// Trees, with a name for each input.
struct Named : Trees {
    std::vector<std::string> names;

    Named()
    {
        for (long i = 0; i < inputs; ++i)
            names.push_back(std::format("templates/shop/page_{}.html", i));
    }
};

/// What each row asks of a reader for one input.
constexpr auto askTwoKeys = [](Reader &db, const Named &world, long i) {
    return db.get<TwoKeys>(world.at(i), world.at(inputs - 1 - i));
};
constexpr auto askThreeKeys = [](Reader &db, const Named &world, long i) {
    return db.get<ThreeKeys>(world.at(i), world.at(inputs - 1 - i), 7U);
};
constexpr auto askString = [](Reader &db, const Named &world, long i) {
    return db.get<Length>(std::string_view(world.names[static_cast<std::size_t>(i)]));
};
constexpr auto internName = [](Reader &db, const Named &world, long i) {
    return long(db.intern<Name>(std::string_view(world.names[static_cast<std::size_t>(i)])).index);
};
constexpr auto readField = [](Reader &db, const Named &world, long i) {
    return db.read<&NumberData::value>(world.at(i));
};

template <auto Ask>
void askAll(Reader &db, const Named &world)
{
    long sum = 0;
    for (long i = 0; i < inputs; ++i)
        sum += Ask(db, world, i);
    benchmark::DoNotOptimize(sum);
}

template <auto Ask>
void warm(benchmark::State &state)
{
    const auto world = std::make_unique<Named>();
    Reader db(world->engine.ticket());
    askAll<Ask>(db, *world);
    for (auto _ : state)
        measure(state, inputs, [&] { askAll<Ask>(db, *world); });
}

template <auto Ask>
void cold(benchmark::State &state)
{
    for (auto _ : state) {
        const auto world = std::make_unique<Named>();
        Reader db(world->engine.ticket());
        measure(state, inputs, [&] { askAll<Ask>(db, *world); });
    }
}

struct SumOfTwoKeys {
    static long run(Reader &db, Number round)
    {
        long sum = db.read<&NumberData::other>(round);
        for (std::uint32_t i = 0; i < inputs; ++i)
            sum += db.get<TwoKeys>(Number{i}, Number{std::uint32_t(inputs - 1 - i)});
        return sum;
    }
};

void hit_two_keys_in_a_query(benchmark::State &state)
{
    Trees trees(Durability::Low, 4096);
    Reader db(trees.engine.ticket());
    std::uint32_t round = 0;
    long total = 0;
    for (; round < 50; ++round)
        total += db.get<SumOfTwoKeys>(Number{round});
    for (auto _ : state) {
        const Number key{round++};
        measure(state, inputs, [&] { total += db.get<SumOfTwoKeys>(key); });
    }
    benchmark::DoNotOptimize(total);
}

template <long Count>
void input_create_many(benchmark::State &state)
{
    for (auto _ : state) {
        Trees warm(Durability::Low, 1);
        measure(state, Count, [&] {
            warm.engine.write("create", [](Transaction &tx) {
                for (long i = 0; i < Count; ++i)
                    benchmark::DoNotOptimize(tx.create<Number>({i, 0}));
            });
        });
    }
}

void intern_distinct_many(benchmark::State &state)
{
    for (auto _ : state) {
        Trees trees(Durability::Low, 2);
        Reader db(trees.engine.ticket());
        measure(state, inputs, [&] { db.get<InternDistinct>(trees.at(1)); });
    }
}

void intern_same_many(benchmark::State &state)
{
    for (auto _ : state) {
        Trees trees(Durability::Low, 2);
        Reader db(trees.engine.ticket());
        db.get<InternSame>(trees.at(0));
        measure(state, inputs, [&] { db.get<InternSame>(trees.at(1)); });
    }
}

void input_field_read_many(benchmark::State &state)
{
    for (auto _ : state) {
        Trees trees;
        Reader db(trees.engine.ticket());
        measure(state, inputs, [&] {
            long sum = 0;
            for (const Number number : trees.numbers)
                sum += db.get<InputField>(number);
            benchmark::DoNotOptimize(sum);
        });
    }
}

void interned_field_read_many(benchmark::State &state)
{
    for (auto _ : state) {
        Trees trees(Durability::Low, 1);
        Reader db(trees.engine.ticket());
        std::vector<Value> values;
        for (long i = 0; i < inputs; ++i)
            values.push_back(db.intern<Value>(i));
        measure(state, inputs, [&] {
            long sum = 0;
            for (const Value value : values)
                sum += db.get<InternedField>(value);
            benchmark::DoNotOptimize(sum);
        });
    }
}

// Each set is a revision of its own.
void set_field(benchmark::State &state)
{
    Trees trees;
    long added = 0;
    for (auto _ : state) {
        added += 1000;
        measure(state, inputs, [&] {
            for (long i = 0; i < inputs; ++i)
                trees.engine.write("", [&](Transaction &tx) { tx.set<&NumberData::value>(trees.at(i), i + added); });
        });
    }
}

void open_reader(benchmark::State &state)
{
    Trees trees;
    for (auto _ : state) {
        measure(state, inputs, [&] {
            for (long i = 0; i < inputs; ++i)
                Reader db(trees.engine.ticket());
        });
    }
}

void open_reader_for_a_hit(benchmark::State &state)
{
    Trees trees;
    trees.compute();
    for (auto _ : state) {
        measure(state, inputs, [&] {
            long sum = 0;
            for (long i = 0; i < inputs; ++i)
                sum += Reader(trees.engine.ticket()).get<Root>(trees.at(i));
            benchmark::DoNotOptimize(sum);
        });
    }
}

} // namespace

void addKeyRows()
{
    add("input_create_many_256", input_create_many<256>);
    add("input_create_many_10240", input_create_many<10'240>);
    add("intern_distinct_many", intern_distinct_many);
    add("intern_same_many", intern_same_many);
    add("input_field_read_many", input_field_read_many);
    add("interned_field_read_many", interned_field_read_many);
    add("hit_two_keys", warm<askTwoKeys>);
    add("hit_three_keys", warm<askThreeKeys>);
    add("hit_string_key", warm<askString>);
    add("hit_two_keys_in_a_query", hit_two_keys_in_a_query);
    add("cold_two_keys", cold<askTwoKeys>);
    add("cold_three_keys", cold<askThreeKeys>);
    add("cold_string_key", cold<askString>);
    add("intern_known_string", warm<internName>);
    add("intern_new_string", cold<internName>);
    add("read_field", warm<readField>);
    add("set_field", set_field);
    add("open_reader", open_reader);
    add("open_reader_for_a_hit", open_reader_for_a_hit);
}

} // namespace nuages::benchmarks
