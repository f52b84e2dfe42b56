// The Reader is closed when the outcome is looked at.
// gcc: TaskResult
// clang: TaskResult
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

#ifdef BAD
using Words = std::vector<std::string_view>;
#else
using Words = std::vector<std::string>;
#endif

auto ask(Ticket ticket, shop::Shelf shelf)
{
    return task(
        std::move(ticket), [](Reader &db, shop::Shelf of) { return Words{db.read<&shop::ShelfData::label>(of)}; },
        shelf);
}
