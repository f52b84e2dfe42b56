#pragma once

#include "engine/trace/store.h"

#include <functional>
#include <string_view>

namespace nuages::models {

/// The node whose answer says most about a revision, for who has picked none: where the change was stopped before it
/// reached the most; else what the user sees of the edited file; else what ran last because of it. `current` if the
/// revision tells nothing better, as where nothing was edited and it ran; 0 if there is none.
trace::NodeId mostTelling(const trace::Store &store, trace::Revision revision, trace::NodeId current);

/// The node for which all others of a file work: its findings, else the one that comes last by `placeOf`. 0 if the file
/// has none.
trace::NodeId mainNodeOf(const trace::Store &store, std::string_view path,
                         const std::function<int(trace::NodeId)> &placeOf);

} // namespace nuages::models
