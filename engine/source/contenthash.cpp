#include "engine/source/contenthash.h"

#define XXH_INLINE_ALL // the header alone: one function does not earn a library to find and link
#include <xxhash.h>

namespace nuages::source {

ContentHash contentHash(std::string_view bytes)
{
    const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
    return {hash.low64, hash.high64};
}

} // namespace nuages::source
