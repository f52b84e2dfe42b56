// A batch that another program wrote is refused, or means the same when it is written again.

#include "engine/trace/wire.h"
#include "engine/trace/store.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

using namespace nuages;
using tests::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto batch = trace::decode(std::string_view(reinterpret_cast<const char *>(data), size));
    if (!batch)
        return 0;
    const std::string again = trace::encode(*batch);
    const auto twice = trace::decode(again);
    require(twice && trace::encode(*twice) == again, "a batch that was read can be written and read again");
    if (trace::follows(*batch, 0))
        trace::Store().apply(*batch);
    return 0;
}
