#include "ui/canvas/outcome.h"

namespace nuages::canvas {

QString plainWords(Outcome outcome) { return QString::fromLatin1(trace::nameOf(outcome)); }

} // namespace nuages::canvas
