#pragma once

#include <QAccessibleWidget>

namespace nuages::canvas {

class RevisionStrip;

/// A strip as a screen reader sees it: a slider over revisions.
class StripAccess final : public QAccessibleWidget, public QAccessibleValueInterface
{
public:
    explicit StripAccess(RevisionStrip *strip);

    /// As a value: "revision 118 of 118 · live".
    QString text(QAccessible::Text kind) const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    QVariant currentValue() const override;
    void setCurrentValue(const QVariant &value) override;
    QVariant maximumValue() const override;
    QVariant minimumValue() const override;
    QVariant minimumStepSize() const override { return 1; }

private:
    RevisionStrip *strip() const;
};

} // namespace nuages::canvas
