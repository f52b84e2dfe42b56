// One ticket opens one reader.
// gcc: use of deleted function '[^']*Ticket\(const [^']*Ticket&\)'
// clang: call to deleted constructor of 'const Ticket'
#include "tests/compile_fail/shop.h"

using namespace nuages::query;

void split(Ticket ticket)
{
#ifdef BAD
    const Ticket second = ticket;
#else
    const Ticket second = std::move(ticket);
#endif
    (void)second;
}
