// Without equality no change could ever be found to be none.
// first: the value of a query is compared with the one before it
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
