// A value outlives the text it was made from, so it must own what it says.
// first: a query returns a value that owns what it says
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

struct Label {
#ifdef BAD
    static std::string_view run(Reader &db, shop::Shelf shelf) { return db.read<&shop::ShelfData::label>(shelf); }
#else
    static std::string run(Reader &db, shop::Shelf shelf) { return db.read<&shop::ShelfData::label>(shelf); }
#endif
};

auto ask(Reader &db, shop::Shelf shelf) { return db.get<Label>(shelf); }
