#pragma once

#include <string>

namespace nuages::app {

/// Why the program cannot do what was asked: usage or environment. main() prints the sentence on stderr, nothing
/// on stdout, and exits with 2.
struct Failure {
    std::string sentence; ///< Names what is at fault; without program name, full stop or line feed.
};

/// What every subcommand ends with.
enum class ExitCode : int { Clean = 0, Findings = 1, Failed = 2 };

} // namespace nuages::app
