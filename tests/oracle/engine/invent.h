#pragma once

#include "tests/oracle/engine/language.h"

#include <random>

namespace nuages::oracle {

using Random = std::mt19937;

/// Lines enough for readers and edits to meet; each takes much longer than on one thread.
inline constexpr int lengthTogether = 30;

/// A script of about `length` lines: a program to begin with, then edits and questions of so many readers.
Script invented(std::uint32_t seed, int length, int threads);

} // namespace nuages::oracle
