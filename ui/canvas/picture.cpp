#include "ui/canvas/picture.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace nuages::canvas {

bool isTitled(const Picture &picture)
{
    return !std::ranges::all_of(picture.columns, &QString::isEmpty, &Column::title);
}

double widthOf(const Wire &wire, double width) { return width + std::log2(std::max(1U, wire.count)) / 2; }

QString subtitleOf(const Card &card) { return card.subtitle.isEmpty() ? plainWords(card.outcome) : card.subtitle; }

QString inWords(const Picture &picture, const Card &card)
{
    const QString &kind = picture.columns.at(static_cast<std::size_t>(card.column)).title;
    const QString &key = card.key.isEmpty() ? card.title : card.key;
    QString words = (kind.isEmpty() ? key : kind + u' ' + key) + u", "_s + subtitleOf(card);
    if (card.difference)
        words += u", "_s + plainWords(*card.difference);
    if (card.isPinned)
        words += QCoreApplication::translate("canvas::picture", ", pinned");
    if (card.isCollapsed)
        words += QCoreApplication::translate("canvas::picture", ", collapsed");
    return words;
}

} // namespace nuages::canvas
