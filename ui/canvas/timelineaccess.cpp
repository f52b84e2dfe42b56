#include "ui/canvas/timelineaccess.h"

namespace nuages::canvas {

namespace {

TimelineAccess *timelineOf(TimelineCanvas *canvas)
{
    return dynamic_cast<TimelineAccess *>(QAccessible::queryAccessibleInterface(canvas));
}

} // namespace

QList<std::pair<QAccessibleInterface *, QAccessible::Relation>> BarAccess::relations(QAccessible::Relation match) const
{
    if (!isValid() || !(match & QAccessible::FlowsFrom))
        return {};
    QAccessibleInterface *cause = timelineOf(canvas())->bar(canvas()->source().causeOf(m_place));
    if (!cause)
        return {};
    return {{cause, QAccessible::FlowsFrom}};
}

TimelineAccess::~TimelineAccess()
{
    for (const QAccessible::Id id : std::as_const(m_bars))
        QAccessible::deleteAccessibleInterface(id);
}

QAccessibleInterface *TimelineAccess::child(int index) const
{
    if (index < 0)
        return nullptr;
    for (int row = 0; row < canvas()->source().rows(); ++row) {
        const int count = int(canvas()->source().bars(row).size());
        if (index < count)
            return bar(TimePlace{.row = row, .bar = index});
        index -= count;
    }
    return nullptr;
}

QAccessibleInterface *TimelineAccess::childAt(int x, int y) const
{
    return bar(canvas()->barAt(canvas()->viewport()->mapFromGlobal(QPoint(x, y))));
}

QAccessibleInterface *TimelineAccess::focusChild() const
{
    return canvas()->hasFocus() ? bar(canvas()->current()) : nullptr;
}

int TimelineAccess::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *access = dynamic_cast<const BarAccess *>(child);
    if (!access || !access->isValid())
        return -1;
    int index = access->bar().bar;
    for (int row = 0; row < access->bar().row; ++row)
        index += int(canvas()->source().bars(row).size());
    return index;
}

QAccessibleInterface *TimelineAccess::bar(std::optional<TimePlace> place) const
{
    if (!place || !canvas()->isThere(*place))
        return nullptr;
    const std::pair key(place->row, place->bar);
    if (const auto known = m_bars.constFind(key); known != m_bars.cend())
        return QAccessible::accessibleInterface(*known);
    auto *made = new BarAccess(canvas(), *place); // owned by the cache of QAccessible
    m_bars.insert(key, QAccessible::registerAccessibleInterface(made));
    return made;
}

} // namespace nuages::canvas
