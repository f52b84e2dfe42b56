// A list of views is as good as one view: what they show goes when the text is set.
// gcc: constraints not satisfied[\s\S]*QueryValue
// clang: constraints not satisfied for alias template 'ValueOf' \[with Q = Words\]
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

struct Words {
#ifdef BAD
    static std::vector<std::string_view> run(Reader &db, shop::Shelf shelf)
    {
        return {db.read<&shop::ShelfData::label>(shelf)};
    }
#else
    static std::vector<std::string> run(Reader &db, shop::Shelf shelf)
    {
        return {db.read<&shop::ShelfData::label>(shelf)};
    }
#endif
};

auto ask(Reader &db, shop::Shelf shelf) { return db.get<Words>(shelf); }
