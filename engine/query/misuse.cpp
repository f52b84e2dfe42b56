#include "engine/query/misuse.h"

#include <cstdio>
#include <cstdlib>

namespace nuages::query::detail {

void misuse(const char *sentence)
{
    std::fprintf(stderr, "nuages: %s\n", sentence);
    std::abort();
}

void noSuchHandle() { misuse("a handle was used that this engine did not give out"); }

} // namespace nuages::query::detail
