// A list of views is as good as one view: what they show goes when the text is set.
// first: a query returns a value that owns what it says
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

#ifdef BAD
using Parts = std::vector<std::string_view>;
#else
using Parts = std::vector<std::string>;
#endif

struct Words {
    static Parts run(Reader &db, shop::Shelf shelf) { return {db.read<&shop::ShelfData::label>(shelf)}; }
};

auto ask(Reader &db, shop::Shelf shelf) { return db.get<Words>(shelf); }
