#pragma once

#include "engine/trace/outcome.h"

#include <QString>

namespace nuages::canvas {

using trace::allOutcomes;
using trace::indexOf;
using trace::Outcome;
using trace::outcomeCount;

/// The outcome in plain words and lower case: "ran, same value".
QString plainWords(Outcome outcome);

} // namespace nuages::canvas
