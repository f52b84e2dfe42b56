#pragma once

#include "engine/query/clock.h"
#include "engine/query/revision.h"

#include <cstdint>

namespace nuages::query {

/// When memos that nobody can reach any more are given up, and how much time a commit may spend on it.
struct Collection {
    std::uint64_t afterMemos = 16'384; ///< Begin when so many memos are new, or as many as were kept last time.
    Instant perCommit = 500'000; ///< Nanoseconds; a step may take a little longer.
    Revision askedWithin = 1'024; ///< A memo that is asked for from outside is reachable for so many revisions.

    friend bool operator==(const Collection &, const Collection &) = default;
};

} // namespace nuages::query
