// A key is found again by comparing.
// first: the key of a query is looked up: its type needs an operator==
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

struct Range {
    int from = 0;
    int to = 0;
#ifdef BAD
    int size() const { return to - from; }
#else
    bool operator==(const Range &) const = default;
#endif
};
std::size_t hashValue(const Range &range) { return seededHash(std::uint64_t(range.from)); }

struct Count {
    static int run(Reader & /*db*/, Range range) { return range.to - range.from; }
};

auto ask(Reader &db, Range range) { return db.get<Count>(range); }
