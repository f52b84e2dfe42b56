#pragma once

namespace nuages::query::detail {

/// Prints "nuages: " and the sentence on stderr and aborts: for what the types cannot forbid, in every build.
[[noreturn, gnu::cold]] void misuse(const char *sentence);

[[noreturn, gnu::cold]] void noSuchHandle();

} // namespace nuages::query::detail
