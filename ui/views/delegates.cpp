#include "ui/views/delegates.h"

#include "ui/canvas/glyph.h"
#include "ui/canvas/theme.h"
#include "ui/models/roles.h"
#include "ui/models/shares.h"
#include "ui/views/style.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace nuages::views {

namespace {

constexpr int sideInset = 8;
constexpr int glyphSize = 12;
constexpr int barHeight = 8;

QStyleOptionViewItem prepared(const QStyleOptionViewItem &option, const QModelIndex &index)
{
    QStyleOptionViewItem prepared = option;
    prepared.state &= ~QStyle::State_HasFocus;
    prepared.state.setFlag(QStyle::State_Selected, index.data(models::IsSelectedRole).toBool());
    return prepared;
}

/// The whole, or as many whole words as there is room for and an ellipsis; nothing where there is none for one.
QString wholeWords(const QString &text, const QFontMetrics &metrics, int room)
{
    QString shown = text;
    for (qsizetype end = text.size(); end > 0; end = text.lastIndexOf(u' ', end - 1)) {
        if (end < text.size()) {
            shown = text.left(end);
            if (shown.back().isPunct())
                shown.chop(1);
            shown += u'…';
        }
        if (metrics.horizontalAdvance(shown) <= room)
            return shown;
    }
    return {};
}

/// All that stands beside a name. A value comes first: it says more than that it differs.
QString wholeRemark(const QModelIndex &index)
{
    const QString value = index.data(models::ValueRole).toString();
    const QString detail = index.data(models::DetailRole).toString();
    return value.isEmpty() || detail.isEmpty() ? value + detail : value + QStringLiteral(" · ") + detail;
}

/// The part of it that there is room for.
QString remark(const QModelIndex &index, const QFontMetrics &metrics, int room)
{
    const QString value = index.data(models::ValueRole).toString();
    if (value.isEmpty())
        return wholeWords(index.data(models::DetailRole).toString(), metrics, room);
    const QString whole = wholeRemark(index);
    return metrics.horizontalAdvance(whole) <= room ? whole : metrics.elidedText(value, Qt::ElideRight, room);
}

QString wholeText(const QModelIndex &index)
{
    QString text = index.data().toString();
    if (const QString detail = index.data(models::DetailRole).toString(); !detail.isEmpty())
        text += QStringLiteral("  ") + detail;
    if (const QString value = index.data(models::ValueRole).toString(); !value.isEmpty())
        text += u'\n' + value;
    return text;
}

/// Around the whole row: each cell draws its part.
void paintRing(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index,
               const canvas::Theme &theme)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    if (!view || !view->hasFocus() || view->currentIndex().siblingAtColumn(0) != index.siblingAtColumn(0))
        return;
    constexpr int width = 2;
    const QRect &cell = option.rect;
    const int viewWidth = view->viewport()->width();
    painter.fillRect(QRect(cell.left(), cell.top(), cell.width(), width), theme.accent);
    painter.fillRect(QRect(cell.left(), cell.bottom() - width + 1, cell.width(), width), theme.accent);
    if (index.column() == 0)
        painter.fillRect(QRect(cell.left(), cell.top(), width, cell.height()), theme.accent);
    if (cell.right() >= viewWidth - width)
        painter.fillRect(QRect(viewWidth - width, cell.top(), width, cell.height()), theme.accent);
}

void paintBackground(QPainter &painter, const QStyleOptionViewItem &option, const canvas::Theme &theme)
{
    if (option.state.testFlag(QStyle::State_Selected))
        painter.fillRect(option.rect, theme.selection);
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter.fillRect(option.rect, theme.window);
}

} // namespace

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    const QStyleOptionViewItem option = prepared(given, index);
    const canvas::Theme theme = canvas::Theme::of(option.palette);
    painter->save();
    paintBackground(*painter, option, theme);

    QRect room = option.rect.adjusted(sideInset, 0, -sideInset, 0);
    if (hasGlyph(index)) {
        const auto outcome = static_cast<canvas::Outcome>(index.data(models::OutcomeRole).toInt());
        const QRect box(room.left(), room.center().y() - glyphSize / 2, glyphSize, glyphSize);
        canvas::paintGlyph(*painter, box, outcome, theme[outcome].ink);
        room.setLeft(room.left() + glyphSize + sideInset);
    }

    const QString text = index.data().toString();
    const bool isFirst = index.column() == m_glyphColumn;
    const auto alignment = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt()) | Qt::AlignVCenter;
    const QVariant foreground = index.data(Qt::ForegroundRole);
    const bool isMuted = !index.flags().testFlag(Qt::ItemIsEnabled);
    painter->setFont(option.font);
    painter->setPen(foreground.canConvert<QColor>() ? foreground.value<QColor>() : isMuted ? theme.muted : theme.text);
    const QFontMetrics metrics(option.font);
    const QString shown = metrics.elidedText(text, option.textElideMode, room.width());
    painter->drawText(room, int(alignment), shown);
    if (isFirst) {
        room.setLeft(room.left() + metrics.horizontalAdvance(shown) + sideInset);
        painter->setPen(theme.muted);
        painter->drawText(room, int(alignment), remark(index, metrics, std::max(0, room.width())));
    }
    paintRing(*painter, option, index, theme);
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QFontMetrics &metrics = option.fontMetrics;
    int width = metrics.horizontalAdvance(index.data().toString()) + 2 * sideInset + 1;
    if (index.column() == m_glyphColumn) {
        if (const QString beside = wholeRemark(index); !beside.isEmpty())
            width += metrics.horizontalAdvance(beside) + sideInset;
    }
    return {width + (hasGlyph(index) ? glyphSize + sideInset : 0), heightOfRows()};
}

bool CellDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                             const QModelIndex &index)
{
    const bool isShortened = index.isValid() && sizeHint(option, index).width() > option.rect.width() + 1;
    if (event->type() != QEvent::ToolTip || !isShortened || index.data(Qt::ToolTipRole).isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(), wholeText(index), view->viewport(), option.rect);
    return true;
}

bool CellDelegate::hasGlyph(const QModelIndex &index) const
{
    const QVariant outcome = index.data(models::OutcomeRole);
    return index.column() == m_glyphColumn && outcome.isValid() && outcome.toInt() >= 0;
}

void SharesDelegate::paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    const QStyleOptionViewItem option = prepared(given, index);
    const canvas::Theme theme = canvas::Theme::of(option.palette);
    paintBackground(*painter, option, theme);
    paintRing(*painter, option, index, theme);
    const auto shares = index.data(models::SharesRole).value<models::Shares>();
    const std::uint32_t total = shares.total();
    if (total == 0)
        return;
    const QRect room(option.rect.left() + sideInset, option.rect.center().y() - barHeight / 2,
                     option.rect.width() - 2 * sideInset, barHeight);
    int left = room.left();
    std::uint64_t sum = 0;
    for (const canvas::Outcome segment : models::segments) {
        if (shares[segment] == 0)
            continue;
        sum += shares[segment];
        // One query of two thousand has its two pixels.
        const int end = std::clamp(room.left() + int(sum * std::uint64_t(room.width()) / total), left + 2,
                                   std::max(left + 2, room.right() + 1));
        painter->fillRect(QRect(left, room.top(), end - left, room.height()),
                          QBrush(theme[segment].ink, theme.pattern(segment)));
        left = end;
    }
}

} // namespace nuages::views
