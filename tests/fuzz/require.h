#pragma once

#include <cstdio>
#include <cstdlib>

namespace nuages::tests {

/// Ends the program with `sentence` if what must hold does not; libFuzzer then keeps the input.
inline void require(bool holds, const char *sentence)
{
    if (holds)
        return;
    std::fprintf(stderr, "broken: %s\n", sentence);
    std::abort();
}

} // namespace nuages::tests
