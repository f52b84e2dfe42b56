#include "ui/canvas/itemaccess.h"

namespace nuages::canvas {

QString ItemAccess::text(QAccessible::Text kind) const
{
    return isValid() && kind == QAccessible::Name ? words() : QString();
}

QRect ItemAccess::rect() const
{
    if (!isValid())
        return {};
    const QRect shown = place();
    return {m_canvas->viewport()->mapToGlobal(shown.topLeft()), shown.size()};
}

QAccessible::State ItemAccess::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    state.focusable = state.selectable = canBePicked();
    state.selected = isCurrent();
    state.focused = state.selected && m_canvas->hasFocus();
    state.offscreen = !m_canvas->viewport()->rect().intersects(place());
    return state;
}

void *ItemAccess::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
}

QStringList ItemAccess::actionNames() const
{
    return isValid() && canBePicked() ? QStringList{pressAction(), setFocusAction()} : QStringList();
}

void ItemAccess::doAction(const QString &name)
{
    if (!isValid() || !canBePicked())
        return;
    if (name == setFocusAction()) {
        m_canvas->setFocus();
        goTo();
    }
    if (name == pressAction())
        press();
}

} // namespace nuages::canvas
