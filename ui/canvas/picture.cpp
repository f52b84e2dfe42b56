#include "ui/canvas/picture.h"

using namespace Qt::StringLiterals;

namespace nuages::canvas {

QString subtitleOf(const Card &card) { return card.subtitle.isEmpty() ? plainWords(card.outcome) : card.subtitle; }

QString inWords(const Picture &picture, const Card &card)
{
    const QString &kind = picture.columns.at(static_cast<std::size_t>(card.column)).title;
    const QString &key = card.key.isEmpty() ? card.title : card.key;
    return u"%1 %2, %3"_s.arg(kind, key, subtitleOf(card));
}

} // namespace nuages::canvas
