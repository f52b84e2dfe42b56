// A till is not a shelf, though both handles are one number.
// gcc: constraints not satisfied[\s\S]*KeysFor
// clang: no matching member function for call to 'get'[\s\S]*KeysFor
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

bool ask(Reader &db, shop::Shelf shelf, shop::Till till)
{
    (void)shelf;
    (void)till;
#ifdef BAD
    return db.get<shop::IsEmpty>(till);
#else
    return db.get<shop::IsEmpty>(shelf);
#endif
}
