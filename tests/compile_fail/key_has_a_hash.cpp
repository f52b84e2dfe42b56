// The engine knows how to hash what the standard library has, and no more.
// first: a key or interned value of a type of your own needs a std::size_t hashValue
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

struct Range {
    int from = 0;
    int to = 0;
    bool operator==(const Range &) const = default;
};
#ifdef BAD
std::size_t hashOf(const Range &range) { return seededHash(std::uint64_t(range.from)); }
#else
std::size_t hashValue(const Range &range) { return seededHash(std::uint64_t(range.from)); }
#endif

struct Count {
    static int run(Reader & /*db*/, Range range) { return range.to - range.from; }
};

auto ask(Reader &db, Range range) { return db.get<Count>(range); }
