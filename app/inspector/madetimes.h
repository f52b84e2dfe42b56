#pragma once

#include "engine/trace/batch.h"

namespace nuages::app {

/// Stands still. For pictures that are the same on every run.
class StillClock final : public query::Clock
{
public:
    query::Instant now() override { return 0; }
};

/// `batch` with times that follow from what happened instead of measured ones: a run takes 10 µs and as much again for
/// each thing that it read, a request 1 ms, watching nothing.
trace::Batch withMadeTimes(trace::Batch batch);

} // namespace nuages::app
