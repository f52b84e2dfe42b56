#pragma once

#include "ui/canvas/itemaccess.h"

#include <QAccessibleWidget>
#include <QHash>

namespace nuages::canvas {

class GraphCanvas;

/// A card. Named by its id, so that it outlives a change of the picture.
class CardAccess final : public ItemAccess
{
public:
    CardAccess(GraphCanvas *canvas, quint32 id);

    QList<std::pair<QAccessibleInterface *, QAccessible::Relation>>
    relations(QAccessible::Relation match) const override;

    quint32 id() const { return m_id; }

private:
    GraphCanvas *canvas() const;
    bool exists() const override;
    bool isCurrent() const override;
    QString words() const override;
    QRect place() const override;
    void goTo() override;
    void press() override;

    quint32 m_id;
};

/// A graph as a screen reader sees it: a list of its cards. They are made when they are asked for.
class GraphAccess final : public QAccessibleWidget
{
public:
    explicit GraphAccess(GraphCanvas *canvas);
    ~GraphAccess() override;

    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;
    int indexOfChild(const QAccessibleInterface *child) const override;

    /// The card with this id; null if the picture has none.
    QAccessibleInterface *card(quint32 id) const;

private:
    GraphCanvas *canvas() const;
    void dropGone() const;

    mutable QHash<quint32, QAccessible::Id> m_cards; // By the id of the card; filled by questions, which are const.
};

} // namespace nuages::canvas
