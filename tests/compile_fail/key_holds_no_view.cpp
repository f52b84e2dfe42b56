// A key of several words owns each of them.
// first: the key of a query is kept, so it owns what it says
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

struct Length {
#ifdef BAD
    static std::size_t run(Reader & /*db*/, const std::vector<std::string_view> &words) { return words.size(); }
#else
    static std::size_t run(Reader & /*db*/, const std::vector<std::string> &words) { return words.size(); }
#endif
};

auto ask(Reader &db, const KeysOf<Length> &keys) { return db.get<Length>(std::get<0>(keys)); }
