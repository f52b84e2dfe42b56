// A stream of messages means the same, however it is cut into pieces on its way.

#include "lsp/protocol/framing.h"
#include "tests/fuzz/require.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

using nuages::protocol::FrameStream;
using nuages::tests::require;

namespace {

constexpr std::size_t maxBodySize = 4096;

/// The bodies of the stream, read in pieces of `piece` bytes.
std::vector<std::string> bodies(std::string_view stream, std::size_t piece)
{
    FrameStream frames(maxBodySize);
    std::vector<std::string> found;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
        frames.append(stream.substr(at, piece));
        for (;;) {
            auto body = frames.take();
            if (!body)
                continue; // a part was skipped
            if (!*body)
                break;
            require((*body)->size() <= maxBodySize, "no body is longer than the limit");
            found.push_back(std::move(**body));
        }
    }
    return found;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view stream(reinterpret_cast<const char *>(data), size);
    const std::vector<std::string> whole = bodies(stream, std::max<std::size_t>(size, 1));
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{64}})
        require(bodies(stream, piece) == whole, "pieces of a stream give the bodies of the whole");
    return 0;
}
