#include "ui/canvas/accessible.h"

#include "ui/canvas/graphaccess.h"
#include "ui/canvas/graphcanvas.h"
#include "ui/canvas/matrixaccess.h"
#include "ui/canvas/matrixcanvas.h"
#include "ui/canvas/revisionstrip.h"
#include "ui/canvas/stripaccess.h"
#include "ui/canvas/timelineaccess.h"

namespace nuages::canvas {

namespace {

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    if (auto *canvas = qobject_cast<GraphCanvas *>(object))
        return new GraphAccess(canvas); // owned by the cache of QAccessible
    if (auto *matrix = qobject_cast<MatrixCanvas *>(object))
        return new MatrixAccess(matrix);
    if (auto *strip = qobject_cast<RevisionStrip *>(object))
        return new StripAccess(strip);
    if (auto *line = qobject_cast<TimelineCanvas *>(object))
        return new TimelineAccess(line);
    return nullptr;
}

} // namespace

void installAccessibility()
{
    static const bool installed = (QAccessible::installFactory(makeInterface), true);
    Q_UNUSED(installed)
}

} // namespace nuages::canvas
