// However deep it is, what a value refers to is its own.
// first: a query returns a value that owns what it says
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

#ifdef BAD
using Names = std::map<std::string, std::optional<std::pair<int, const char *>>>;
#else
using Names = std::map<std::string, std::optional<std::pair<int, std::string>>>;
#endif

struct First {
    static Names run(Reader & /*db*/, shop::Shelf /*shelf*/) { return {}; }
};

auto ask(Reader &db, shop::Shelf shelf) { return db.get<First>(shelf).size(); }
