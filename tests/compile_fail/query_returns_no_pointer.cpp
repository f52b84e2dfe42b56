// Equal pointers say nothing about what they point to, so nothing could be back-dated by them.
// gcc: constraints not satisfied[\s\S]*QueryValue
// clang: constraints not satisfied for alias template 'ValueOf' \[with Q = Label\]
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

struct Label {
#ifdef BAD
    static const std::string *run(Reader &db, shop::Shelf shelf) { return &db.read<&shop::ShelfData::label>(shelf); }
#else
    static std::string run(Reader &db, shop::Shelf shelf) { return db.read<&shop::ShelfData::label>(shelf); }
#endif
};

auto ask(Reader &db, shop::Shelf shelf) { return db.get<Label>(shelf); }
