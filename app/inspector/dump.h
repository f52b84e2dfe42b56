#pragma once

#include "app/inspector/player.h"

#include <QJsonObject>

class QWidget;

namespace nuages::app {

/// Everything that the window shows, as JSON: the shown revision with what ran in it by outcome, the models' rows, the
/// chain, requests, open texts, signals, painted items, and what watching cost. Lists without an order of their own are
/// sorted, so that two runs of one script differ only in times.
QJsonObject dumpState(models::Inspection &inspection, const Tally &tally, const QWidget *window);

} // namespace nuages::app
