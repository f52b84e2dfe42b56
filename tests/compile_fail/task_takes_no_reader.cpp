// A reader stays on its thread, in a wrapper as well.
// first: specialise nuages::query::enableSendable as true
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

void start(Engine &engine, Reader &db, shop::Shelf shelf)
{
    const auto fn = [](Reader &, auto) { return 1; };
#ifdef BAD
    auto job = task(engine.ticket(), fn, std::ref(db));
#else
    auto job = task(engine.ticket(), fn, shelf);
#endif
    (void)job;
    (void)db;
    (void)shelf;
}
