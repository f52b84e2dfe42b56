// A transaction ends with the function that was given it.
// gcc: use of deleted function '[^']*Transaction\(const [^']*Transaction&\)'
// clang: call to deleted constructor of 'Transaction'
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

void refill(Engine &engine, shop::Shelf shelf)
{
    engine.write("refill", [&](Transaction &tx) {
#ifdef BAD
        Transaction kept = tx;
#else
        Transaction &kept = tx;
#endif
        kept.set<&shop::ShelfData::items>(shelf, 10);
    });
}
