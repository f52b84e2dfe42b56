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
    QAccessibleInterface *cause = timelineOf(m_canvas.data())->bar(m_canvas->source().causeOf(m_place));
    if (!cause)
        return {};
    return {{cause, QAccessible::FlowsFrom}};
}

QString BarAccess::text(QAccessible::Text kind) const
{
    return isValid() && kind == QAccessible::Name ? m_canvas->source().wordsAt(m_place) : QString();
}

QRect BarAccess::rect() const
{
    if (!isValid())
        return {};
    const QRect area = m_canvas->barArea(m_place);
    return {m_canvas->viewport()->mapToGlobal(area.topLeft()), area.size()};
}

QAccessible::State BarAccess::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    state.focusable = true;
    state.selectable = true;
    state.selected = m_canvas->current() == m_place;
    state.focused = state.selected && m_canvas->hasFocus();
    state.offscreen = !m_canvas->viewport()->rect().intersects(m_canvas->barArea(m_place));
    return state;
}

void *BarAccess::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
}

void BarAccess::doAction(const QString &name)
{
    if (!isValid())
        return;
    if (name == pressAction())
        Q_EMIT m_canvas->activated(m_place.row, m_place.bar);
    if (name == setFocusAction()) {
        m_canvas->setFocus();
        m_canvas->setCurrent(m_place);
    }
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
    int index = access->place().bar;
    for (int row = 0; row < access->place().row; ++row)
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
