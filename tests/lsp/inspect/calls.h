#pragma once

#include "engine/trace/batch.h"
#include "lsp/inspect/door.h"

#include <poll.h>
#include <unistd.h>

#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <string>

namespace nuages::tests {

/// A batch that is known by its revision, and as large as one likes.
inline std::shared_ptr<const trace::Batch> batchOf(trace::Revision revision, std::size_t textBytes = 0)
{
    auto batch = std::make_shared<trace::Batch>();
    batch->number = revision;
    batch->revision = revision;
    if (textBytes > 0)
        batch->texts.push_back({"/a.html", revision, std::make_shared<std::string>(textBytes, 'x')});
    return batch;
}

/// The next frame, read in pieces of so many bytes at the most; nullopt when the server has hung up, and words when it
/// says nothing for so long or what it says is no frame.
inline std::expected<std::optional<inspect::Frame>, std::string> nextFrame(inspect::Call &call, int patienceMs,
                                                                           std::size_t atOnce)
{
    for (;;) {
        auto taken = call.frames.take();
        if (!taken)
            return std::unexpected(taken.error());
        if (*taken)
            return std::move(*taken);
        pollfd waited{call.socket.get(), POLLIN, 0};
        if (poll(&waited, 1, patienceMs) <= 0)
            return std::unexpected("nothing more comes");
        std::string bytes(atOnce, '\0');
        const ssize_t count = read(call.socket.get(), bytes.data(), bytes.size());
        if (count <= 0)
            return std::nullopt;
        call.frames.append({bytes.data(), std::size_t(count)});
    }
}

} // namespace nuages::tests
