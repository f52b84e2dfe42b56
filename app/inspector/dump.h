#pragma once

#include "app/inspector/player.h"
#include "app/inspector/timedapplication.h"

#include <QJsonObject>

namespace nuages::views {
class MainWindow;
}

namespace nuages::app {

/// Everything that the window shows, as JSON: the shown revision with what ran in it by outcome, the models' rows, the
/// chain, requests, open texts, signals, painted items, how much is on the screen, and what watching cost, lost, and
/// how far behind it is. Lists without an order of their own are sorted, so that two runs of one script differ only in
/// times. `turns` are those of the GUI thread, in milliseconds, and `longest` is one of them.
QJsonObject dumpState(models::Inspection &inspection, const Tally &tally, views::MainWindow &window,
                      const std::vector<double> &turns, const std::optional<TimedApplication::Turn> &longest);

} // namespace nuages::app
