// A key is kept as long as the engine lives, the text that somebody asked with is not.
// first: the key of a query is kept, so it owns what it says
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
