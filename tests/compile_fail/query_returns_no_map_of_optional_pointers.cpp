// However deep it is, what a value refers to is its own.
// gcc: constraints not satisfied[\s\S]*QueryValue
// clang: constraints not satisfied for alias template 'ValueOf' \[with Q = First\]
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
