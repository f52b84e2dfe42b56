// A name is kept as long as the engine lives.
// gcc: an interned value owns what it says
// clang: an interned value owns what it says
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

#ifdef BAD
using Word = Interned<std::string_view>;
#else
using Word = Interned<std::string>;
#endif

Word word(Reader &db, std::string_view text) { return db.intern<Word>(text); }
