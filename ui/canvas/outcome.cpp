#include "ui/canvas/outcome.h"

#include <QCoreApplication>

namespace nuages::canvas {

QString plainWords(Outcome outcome) { return QCoreApplication::translate("engine", trace::nameOf(outcome)); }

} // namespace nuages::canvas
