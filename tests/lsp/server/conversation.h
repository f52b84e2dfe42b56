#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace nuages::tests {

/// What came of one seeded run of a client and a session.
struct Conversation {
    std::string failure; ///< The first thing that was wrong; empty if nothing was.
    std::string trace; ///< Every step, then every message of the server: equal for equal seeds.
    std::size_t steps = 0;
};

/// Runs the shipped session with its reader thread, two pool threads, its owner and a clock under a controlled
/// scheduler, while a ModelClient speaks to it.
///
/// Checked after each step: the Invariants. Checked at each message: what the ModelClient says. Checked in each query:
/// the texts it reads are one state of the documents. Checked at the end: every wish was met, every request was replied
/// to once, and nobody hung.
Conversation runConversation(std::uint32_t seed);

} // namespace nuages::tests
