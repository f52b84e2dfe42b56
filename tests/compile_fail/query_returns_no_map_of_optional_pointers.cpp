// However deep it is, what a value refers to is its own.
// gcc: constraints not satisfied[\s\S]*QueryValue
// clang: constraints not satisfied for alias template 'ValueOf' \[with Q = First\]
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

struct First {
#ifdef BAD
    static std::map<std::string, std::optional<std::pair<int, const char *>>> run(Reader & /*db*/,
                                                                                  shop::Shelf /*shelf*/)
    {
        return {};
    }
#else
    static std::map<std::string, std::optional<std::pair<int, std::string>>> run(Reader & /*db*/, shop::Shelf /*shelf*/)
    {
        return {};
    }
#endif
};

auto ask(Reader &db, shop::Shelf shelf) { return db.get<First>(shelf).size(); }
