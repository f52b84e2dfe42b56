// What a reader handed out lives as long as the reader; it ends where it began.
// gcc: use of deleted function '[^']*Reader\(const [^']*Reader&\)'
// clang: call to deleted constructor of 'Reader'
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

void keep(Engine &engine, Reader &db)
{
#ifdef BAD
    Reader kept(std::move(db));
#else
    Reader kept(engine.ticket());
#endif
    (void)engine;
    (void)db;
}
