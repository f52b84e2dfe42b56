// A pointer would let two threads meet in one object.
// first: specialise nuages::query::enableSendable as true
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

void start(Engine &engine, int &number)
{
#ifdef BAD
    auto job = task(engine.ticket(), [](Reader &, int *wanted) { return *wanted; }, &number);
#else
    auto job = task(engine.ticket(), [](Reader &, int wanted) { return wanted; }, number);
#endif
    (void)job;
}
