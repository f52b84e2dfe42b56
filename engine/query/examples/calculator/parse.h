#pragma once

#include "program.h"

#include <string_view>

namespace calculator {

/// Reads a program, a statement a line: `area(w, h) = w * h` or `print area(3, 4) + 1`. Empty lines and those that
/// begin with `#` say nothing. Never fails: a line that cannot be read is one of `badLines`.
Program parse(std::string_view text);

} // namespace calculator
