#pragma once

#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

namespace nuages::canvas {

class GraphCanvas;

/// A card as a screen reader sees it. Names its card by id, so it outlives a change of the picture; once the card is
/// gone it is invalid.
class CardAccess final : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    CardAccess(GraphCanvas *canvas, quint32 id);

    bool isValid() const override;
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override;
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

    QStringList actionNames() const override;
    void doAction(const QString &name) override;
    QStringList keyBindingsForAction(const QString &name) const override;

    quint32 id() const { return m_id; }

private:
    QPointer<GraphCanvas> m_canvas;
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
