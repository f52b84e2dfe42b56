// Both are interned strings; the tag tells them apart.
// gcc: constraints not satisfied[\s\S]*KeysFor
// clang: no matching member function for call to 'get'[\s\S]*KeysFor
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

std::size_t ask(Reader &db, const std::string &name)
{
#ifdef BAD
    return db.get<shop::NameLength>(db.intern<shop::Street>(name));
#else
    return db.get<shop::NameLength>(db.intern<shop::Brand>(name));
#endif
}
