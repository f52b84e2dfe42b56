// The owner sets a field and goes on; readers see it for as long as it stays.
// gcc: a tracked field of an input owns what it says
// clang: a tracked field of an input owns what it says
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

struct SignData {
#ifdef BAD
    std::string_view text;
#else
    std::string text;
#endif
};
using Sign = Input<SignData, &SignData::text>;

std::size_t length(Reader &db, Sign sign) { return db.read<&SignData::text>(sign).size(); }
