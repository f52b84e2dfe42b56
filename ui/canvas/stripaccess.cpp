#include "ui/canvas/stripaccess.h"

#include "ui/canvas/revisionstrip.h"

namespace nuages::canvas {

StripAccess::StripAccess(RevisionStrip *strip) : QAccessibleWidget(strip, QAccessible::Slider) { }

QString StripAccess::text(QAccessible::Text kind) const
{
    return kind == QAccessible::Value ? strip()->currentInWords() : QAccessibleWidget::text(kind);
}

void *StripAccess::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::ValueInterface)
        return static_cast<QAccessibleValueInterface *>(this);
    return QAccessibleWidget::interface_cast(type);
}

QVariant StripAccess::currentValue() const { return strip()->current(); }

void StripAccess::setCurrentValue(const QVariant &value) { strip()->pick(value.toULongLong()); }

QVariant StripAccess::maximumValue() const
{
    const auto &bars = strip()->history().bars();
    return bars.empty() ? quint64{0} : bars.back().revision;
}

QVariant StripAccess::minimumValue() const
{
    const auto &bars = strip()->history().bars();
    return bars.empty() ? quint64{0} : bars.front().revision;
}

RevisionStrip *StripAccess::strip() const { return static_cast<RevisionStrip *>(widget()); }

} // namespace nuages::canvas
