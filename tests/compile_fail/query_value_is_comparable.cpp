// Without equality no change could ever be found to be none.
// gcc: constraints not satisfied[\s\S]*equality_comparable
// clang: constraints not satisfied for alias template 'ValueOf' \[with Q = Cheapest\]
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

struct Price {
    int cents = 0;
#ifdef BAD
    bool isHigh() const { return cents > 100; }
#else
    bool operator==(const Price &) const = default;
#endif
};

struct Cheapest {
    static Price run(Reader &, shop::Shelf) { return {}; }
};

auto ask(Reader &db, shop::Shelf shelf) { return db.get<Cheapest>(shelf).cents; }
