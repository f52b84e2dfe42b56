#pragma once

#include "ui/canvas/timelinecanvas.h"

#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

namespace nuages::canvas {

/// A bar as a screen reader sees it, by its place. Once the time line shows something else it is whatever is there.
class BarAccess final : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    BarAccess(TimelineCanvas *canvas, TimePlace place) : m_canvas(canvas), m_place(place) { }

    bool isValid() const override { return m_canvas && m_canvas->isThere(m_place); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_canvas.data()); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QList<std::pair<QAccessibleInterface *, QAccessible::Relation>>
    relations(QAccessible::Relation match) const override;
    QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString &) override { }
    QRect rect() const override;
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    void doAction(const QString &name) override;
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

    TimePlace place() const { return m_place; }

private:
    QPointer<TimelineCanvas> m_canvas;
    TimePlace m_place;
};

/// A time line as a screen reader sees it: a list of its bars, row by row. They are made when they are asked for.
class TimelineAccess final : public QAccessibleWidget
{
public:
    explicit TimelineAccess(TimelineCanvas *canvas) : QAccessibleWidget(canvas, QAccessible::List) { }
    ~TimelineAccess() override;

    int childCount() const override { return canvas()->barCount(); }
    QAccessibleInterface *child(int index) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;
    int indexOfChild(const QAccessibleInterface *child) const override;

    /// Null if there is no such bar.
    QAccessibleInterface *bar(std::optional<TimePlace> place) const;

private:
    TimelineCanvas *canvas() const { return static_cast<TimelineCanvas *>(widget()); }

    mutable QHash<std::pair<int, int>, QAccessible::Id> m_bars; // Filled by questions, which are const.
};

} // namespace nuages::canvas
