#pragma once

#include <QAbstractScrollArea>
#include <QAccessible>
#include <QPointer>

namespace nuages::canvas {

/// What a canvas draws at one place, as a screen reader sees it: it has no widget, a name, and can be gone to and
/// pressed. Once the canvas has nothing there any more it is invalid, or whatever is there then.
class ItemAccess : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    bool isValid() const final { return m_canvas && exists(); }
    QObject *object() const final { return nullptr; }
    QAccessibleInterface *parent() const final { return QAccessible::queryAccessibleInterface(m_canvas.data()); }
    QAccessibleInterface *child(int) const final { return nullptr; }
    QAccessibleInterface *childAt(int, int) const final { return nullptr; }
    int childCount() const final { return 0; }
    int indexOfChild(const QAccessibleInterface *) const final { return -1; }
    QString text(QAccessible::Text kind) const final;
    void setText(QAccessible::Text, const QString &) final { }
    QRect rect() const final;
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const final;
    void *interface_cast(QAccessible::InterfaceType type) override;

    QStringList actionNames() const final;
    void doAction(const QString &name) final;
    QStringList keyBindingsForAction(const QString &) const final { return {}; }

protected:
    explicit ItemAccess(QAbstractScrollArea *canvas) : m_canvas(canvas) { }

    QAbstractScrollArea *area() const { return m_canvas.data(); }

private:
    // The following are asked of what exists.
    virtual bool exists() const = 0; ///< As long as there is the canvas.
    virtual bool canBePicked() const { return true; }
    virtual bool isCurrent() const = 0;
    virtual QString words() const = 0;
    virtual QRect place() const = 0; ///< Of the viewport.
    virtual void goTo() = 0;
    virtual void press() = 0;

    QPointer<QAbstractScrollArea> m_canvas;
};

} // namespace nuages::canvas
