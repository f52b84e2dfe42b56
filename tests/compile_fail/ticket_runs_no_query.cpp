// A ticket may wait in a queue of any thread, so it can do nothing but open a reader.
// gcc: 'class nuages::query::Ticket' has no member named 'get'
// clang: no member named 'get' in 'nuages::query::Ticket'
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

bool ask(Ticket ticket, shop::Shelf shelf)
{
    Reader db(std::move(ticket));
#ifdef BAD
    return ticket.get<shop::IsEmpty>(shelf);
#else
    return db.get<shop::IsEmpty>(shelf);
#endif
}
