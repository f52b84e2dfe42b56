#include "engine/query/hash.h"

namespace nuages::query {

void setHashSeed(std::uint64_t seed) { detail::seedOfAllHashes = seed; }

std::uint64_t hashSeed() { return detail::seedOfAllHashes; }

} // namespace nuages::query
