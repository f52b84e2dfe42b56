// A key is kept as long as the engine lives, the text that somebody asked with is not.
// gcc: constraints not satisfied[\s\S]*OwnsKeys
// clang: constraints not satisfied for alias template 'ValueOf' \[with Q = Length\]
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

struct Length {
#ifdef BAD
    static std::size_t run(Reader & /*db*/, std::string_view text) { return text.size(); }
#else
    static std::size_t run(Reader & /*db*/, const std::string &text) { return text.size(); }
#endif
};

auto ask(Reader &db, std::string_view text) { return db.get<Length>(text); }
