#pragma once

#include "ui/canvas/itemaccess.h"
#include "ui/canvas/timelinecanvas.h"

#include <QAccessibleWidget>
#include <QHash>

namespace nuages::canvas {

/// A bar, by its place. Once the time line shows something else it is whatever is there.
class BarAccess final : public ItemAccess
{
public:
    BarAccess(TimelineCanvas *canvas, TimePlace place) : ItemAccess(canvas), m_place(place) { }

    QList<std::pair<QAccessibleInterface *, QAccessible::Relation>>
    relations(QAccessible::Relation match) const override;

    TimePlace bar() const { return m_place; }

private:
    TimelineCanvas *canvas() const { return static_cast<TimelineCanvas *>(area()); }
    bool exists() const override { return canvas()->isThere(m_place); }
    bool isCurrent() const override { return canvas()->current() == m_place; }
    QString words() const override { return canvas()->source().wordsAt(m_place); }
    QRect place() const override { return canvas()->barArea(m_place); }
    void goTo() override { canvas()->setCurrent(m_place); }
    void press() override { Q_EMIT canvas()->activated(m_place.row, m_place.bar); }

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
