// Readers and tickets point at their engine.
// gcc: use of deleted function '[^']*Engine\(const [^']*Engine&\)'
// clang: call to deleted constructor of 'const Engine'
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

Revision now(Engine &engine)
{
#ifdef BAD
    const Engine kept = engine;
#else
    const Engine &kept = engine;
#endif
    return kept.revision();
}
