#pragma once

#include <cstdint>
#include <string>

namespace nuages::tests {

/// What came of one seeded run of an editor, readers and the owner of one engine.
struct Interleaving {
    std::string failure; ///< The first thing that was wrong; empty if nothing was.
    std::string trace; ///< Every step, then every event: equal for equal seeds.
    std::size_t steps = 0;
};

/// Runs edits, cancelled requests and three readers over a random graph of queries, under a controlled scheduler.
///
/// Checked: after each step, that the gate is shut exactly while a wish is unmet and that running work and open
/// readers are the same number; each answer against an evaluation from scratch of the revision that was read; each
/// re-execution, that its cause did change; at the end, that every wish was met and nobody hung.
Interleaving runInterleaving(std::uint32_t seed);

} // namespace nuages::tests
