// A member that is not among the tracked ones could change without anybody running again.
// gcc: constraints not satisfied[\s\S]*TrackedField
// clang: no matching member function for call to 'read'[\s\S]*TrackedField
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

int ask(Reader &db, shop::Shelf shelf)
{
#ifdef BAD
    return db.read<&shop::ShelfData::room>(shelf);
#else
    return db.read<&shop::ShelfData::items>(shelf);
#endif
}
