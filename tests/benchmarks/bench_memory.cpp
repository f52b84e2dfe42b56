#include "tests/benchmarks/trees.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string_view>

#include <unistd.h>

// What a memo costs in memory: by how much the process grows with a memo more for each input.

namespace nuages::benchmarks {

using namespace query;

namespace {

constexpr long count = 65'536;

template <long Edges>
struct FieldsOf {
    static long run(Reader &db, Number number)
    {
        long sum = 0;
        for (long i = 0; i < Edges; ++i)
            sum += db.read<&NumberData::value>(Number{static_cast<std::uint32_t>((number.index + i) % count)});
        return sum;
    }
};
struct FieldByTwo {
    static long run(Reader &db, Number number, Number /*other*/) { return db.read<&NumberData::value>(number); }
};

long residentBytes()
{
    long size = 0;
    long resident = 0;
    std::ifstream("/proc/self/statm") >> size >> resident;
    return resident * ::sysconf(_SC_PAGESIZE);
}

int printGrowth(auto ask)
{
    Trees trees(Durability::Low, count);
    Reader db(trees.engine.ticket());
    for (const Number number : trees.numbers)
        db.get<Leaf<0>>(number); // Salsa makes room for all memos of an input with the first.
    const long before = residentBytes();
    for (const Number number : trees.numbers)
        ask(db, number);
    std::printf("{\"bytes\": %.1f}\n", double(residentBytes() - before) / count);
    return EXIT_SUCCESS;
}

template <long Edges>
int printGrowthBy()
{
    return printGrowth([](Reader &db, Number number) { db.get<FieldsOf<Edges>>(number); });
}

} // namespace

int printBytesOfMemo(std::string_view which)
{
    if (which == "1")
        return printGrowthBy<1>();
    if (which == "2")
        return printGrowthBy<2>();
    if (which == "3")
        return printGrowthBy<3>();
    if (which == "8")
        return printGrowthBy<8>();
    if (which == "32")
        return printGrowthBy<32>();
    if (which == "two_keys")
        return printGrowth([](Reader &db, Number number) { db.get<FieldByTwo>(number, number); });
    std::fprintf(stderr, "bench_query: --bytes-of-memo takes 1, 2, 3, 8, 32 or two_keys\n");
    return 2;
}

} // namespace nuages::benchmarks
