#pragma once

#include <QStyledItemDelegate>

namespace nuages::views {

/// A cell as everywhere in the window: what the selection names lies on the selection's colour; in one column an
/// outcome has its glyph in front, and ValueRole and DetailRole follow the text in muted colour, as far as there is
/// room for them. The row that the keys would move has a ring. What was shortened is whole in its tool tip.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit CellDelegate(QObject *parent = nullptr) : QStyledItemDelegate(parent) { }

    /// The column with glyph and detail; the first one by itself.
    void setGlyphColumn(int column) { m_glyphColumn = column; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

private:
    bool hasGlyph(const QModelIndex &index) const;

    int m_glyphColumn = 0;
};

/// The stacked bar of models::SharesRole.
class SharesDelegate final : public CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace nuages::views
