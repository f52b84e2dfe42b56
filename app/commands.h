#pragma once

#include "app/failure.h"

#include <expected>
#include <functional>

namespace CLI {
class App;
}

namespace nuages::app {

/// What the command line asked for; runs once, on the main thread, after the whole line was read.
using Command = std::function<std::expected<ExitCode, Failure>()>;

/// Each adds one subcommand to `program`, which sets `chosen` when it is named. Both outlive the parse.
void addCheck(CLI::App &program, Command &chosen);
void addDemo(CLI::App &program, Command &chosen);
void addDiff(CLI::App &program, Command &chosen);
void addFacts(CLI::App &program, Command &chosen);
void addLedger(CLI::App &program, Command &chosen);
void addRule(CLI::App &program, Command &chosen);
void addServe(CLI::App &program, Command &chosen);
void addWhatIf(CLI::App &program, Command &chosen);
void addWhy(CLI::App &program, Command &chosen);

} // namespace nuages::app
