// What a query falls back to in a ring is of its own type, asked for with its own keys.
// gcc: static assertion failed: cycleFallback\(\) takes the keys of run\(\) and returns what that returns
// clang: static assertion failed[^\n]*: cycleFallback\(\) takes the keys of run\(\) and returns what that returns
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

struct Above {
    static int run(Reader &, shop::Shelf) { return 0; }
#ifdef BAD
    static long cycleFallback(Reader &, shop::Shelf) { return 0; }
#else
    static int cycleFallback(Reader &, shop::Shelf) { return 0; }
#endif
};

auto ask(Reader &db, shop::Shelf shelf) { return db.get<Above>(shelf); }
