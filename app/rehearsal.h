#pragma once

#include "app/failure.h"
#include "app/workspace.h"

#include "engine/query/canceltoken.h"

#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <vector>

namespace nuages::app {

/// An edit that is only tried.
struct Rehearsal {
    std::string root; ///< Of the project.
    std::vector<Overlay> now; ///< Texts that files have now, other than on the disk.
    Overlay then; ///< The text that a file would have.
};

/// How far it is.
struct RehearsalProgress {
    enum class Stage : std::uint8_t { Reading, Editing };

    Stage stage = Stage::Reading; ///< The project is checked as it is, then with the edit.
    std::uint64_t portions = 0; ///< Of the work, since the stage began.
};

/// The names of the queries that the edit really runs: a second engine on the same inputs checks the project, gets the
/// edit and checks again. Works on the calling thread and one more; `stop` ends it soon, with a failure. `tell` is
/// called on the calling thread.
[[nodiscard]] std::expected<std::vector<std::string>, Failure>
rehearse(const Rehearsal &rehearsal, const query::CancelToken &stop,
         const std::function<void(RehearsalProgress)> &tell);

} // namespace nuages::app
