#include "ui/canvas/picture.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace nuages::canvas {

double widthOf(const Wire &wire, double width) { return width + std::log2(std::max(1U, wire.count)) / 2; }

QString subtitleOf(const Card &card) { return card.subtitle.isEmpty() ? plainWords(card.outcome) : card.subtitle; }

QString inWords(const Picture &picture, const Card &card)
{
    const QString &kind = picture.columns.at(static_cast<std::size_t>(card.column)).title;
    const QString &key = card.key.isEmpty() ? card.title : card.key;
    return (kind.isEmpty() ? key : kind + u' ' + key) + u", "_s + subtitleOf(card);
}

} // namespace nuages::canvas
