// Only a transaction sets inputs, and queries never see one.
// gcc: 'class nuages::query::Reader' has no member named 'set'
// clang: no member named 'set' in 'nuages::query::Reader'
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

struct Sell {
    static int run(Reader &db, shop::Shelf shelf)
    {
#ifdef BAD
        db.set<&shop::ShelfData::items>(shelf, 0);
#else
        db.read<&shop::ShelfData::items>(shelf);
#endif
        return 1;
    }
};

auto ask(Reader &db, shop::Shelf shelf) { return db.get<Sell>(shelf); }
