// What a task needs comes as its arguments, where each is checked.
// first: the function of a task captures nothing
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

void start(Engine &engine, shop::Shelf shelf)
{
#ifdef BAD
    const auto fn = [&shelf](Reader &db, shop::Shelf) { return db.get<shop::IsEmpty>(shelf); };
#else
    const auto fn = [](Reader &db, shop::Shelf wanted) { return db.get<shop::IsEmpty>(wanted); };
#endif
    auto job = task(engine.ticket(), fn, shelf);
    (void)job;
}
