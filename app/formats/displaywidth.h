#pragma once

#include <cstdint>
#include <string_view>

namespace nuages::app {

/// How many cells of a terminal the UTF-8 sequence at the front of `text` takes: 2 for wide letters and pictures, 0 for
/// marks that stand on the letter before, else 1. `text` must not be empty.
///
/// Source: Unicode 15.1, East_Asian_Width W and F; general categories Mn, Me and Cf.
int displayWidth(std::string_view text);

} // namespace nuages::app
