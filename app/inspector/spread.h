#pragma once

#include <QJsonObject>

#include <vector>

namespace nuages::app {

/// How milliseconds are spread: {"count", "medianMs", "p99Ms", "longestMs"}; zeros if there are none.
QJsonObject spreadOf(std::vector<double> milliseconds);

} // namespace nuages::app
