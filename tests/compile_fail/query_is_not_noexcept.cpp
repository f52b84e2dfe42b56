// Cancelled would end the program there.
// first: the run() of a query cannot be noexcept
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

struct Half {
#ifdef BAD
    static int run(Reader &db, shop::Shelf shelf) noexcept { return db.read<&shop::ShelfData::items>(shelf) / 2; }
#else
    static int run(Reader &db, shop::Shelf shelf) { return db.read<&shop::ShelfData::items>(shelf) / 2; }
#endif
};

auto ask(Reader &db, shop::Shelf shelf) { return db.get<Half>(shelf); }
