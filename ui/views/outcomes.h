#pragma once

#include "engine/trace/batch.h"
#include "ui/canvas/outcome.h"

namespace nuages::views {

// The canvas knows no trace; this is where its outcomes are held to be the same, in the same order.
static_assert(int(canvas::Outcome::NotChecked) == int(trace::Outcome::NotChecked));
static_assert(int(canvas::Outcome::Validated) == int(trace::Outcome::Validated));
static_assert(int(canvas::Outcome::ExecutedNew) == int(trace::Outcome::ExecutedNew));
static_assert(int(canvas::Outcome::ExecutedChanged) == int(trace::Outcome::ExecutedChanged));
static_assert(int(canvas::Outcome::ExecutedBackdated) == int(trace::Outcome::ExecutedBackdated));
static_assert(int(canvas::Outcome::InputSet) == int(trace::Outcome::InputSet));
static_assert(int(canvas::Outcome::Cancelled) == int(trace::Outcome::Cancelled));
static_assert(int(canvas::Outcome::Cycle) == int(trace::Outcome::Cycle));
static_assert(int(canvas::Outcome::Evicted) == int(trace::Outcome::Evicted));

/// The drawn outcome of a number that a model gave, an int of trace::Outcome.
inline canvas::Outcome outcomeFrom(int outcome) { return static_cast<canvas::Outcome>(outcome); }

} // namespace nuages::views
