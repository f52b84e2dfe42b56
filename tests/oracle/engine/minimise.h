#pragma once

#include "tests/oracle/engine/language.h"

namespace nuages::oracle {

/// A script that fails as this one does, or in another way, from which no line and no part of a line can be left out.
///
/// With several threads, each attempt tries some schedules, because fewer lines meet differently. `failure` becomes
/// what goes wrong in it.
///
/// Source: Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", 2002.
Script minimised(Script script, std::string &failure);

} // namespace nuages::oracle
