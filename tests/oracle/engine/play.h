#pragma once

#include "tests/oracle/engine/model.h"

#include <cstdint>
#include <string>

namespace nuages::oracle {

/// What came of a script that was played.
struct Played {
    std::string failure; ///< The first thing that was wrong; empty if nothing was.
    std::uint64_t compared = 0; ///< Values, with those from scratch.
    Model::Counts counts{};
    std::uint64_t fallen = 0; ///< Runs that ended with a fallback.
    std::string trace; ///< Each step of a schedule, then each event; equal for equal scripts. Only if wanted.
    std::size_t scheduled = 0; ///< Steps of the schedule.
};

/// Plays a script on an engine and holds all that it gives and says against the model.
///
/// With one thread, line by line. With more, an editor, the readers and the owner of the engine go on as the schedule
/// has it: edits are wished for as they come, requests are stopped and asked again, and overtake edits by little.
/// Checked then as well, after each step: the gate is shut exactly while a wish is unmet, and running work and open
/// readers are the same number; at the end, that every wish was met and nobody hung.
Played play(const Script &script, bool wantsTrace = false);

} // namespace nuages::oracle
