#include "ui/canvas/walk.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <tuple>

namespace nuages::canvas {

namespace {

quint32 besideInColumn(const Scene &scene, const Card &card, int direction)
{
    const std::span<const Card> column = scene.cardsIn(card.column, 0, scene.rows());
    const auto next = &card - column.data() + direction;
    return next < 0 || next >= std::ssize(column) ? card.id : column[static_cast<std::size_t>(next)].id;
}

quint32 endOfColumn(const Scene &scene, const Card &card, bool isFirst)
{
    const std::span<const Card> column = scene.cardsIn(card.column, 0, scene.rows());
    return isFirst ? column.front().id : column.back().id;
}

quint32 inNextColumn(const Scene &scene, const Card &card, int direction)
{
    const int columns = static_cast<int>(scene.picture().columns.size());
    for (int at = card.column + direction; at >= 0 && at < columns; at += direction) {
        const std::span<const Card> column = scene.cardsIn(at, 0, scene.rows());
        if (!column.empty())
            return std::ranges::min_element(column, {},
                                            [&](const Card &other) { return std::abs(other.row - card.row); })
                ->id;
    }
    return card.id;
}

quint32 alongAWire(const Scene &scene, const Card &card, Step step)
{
    using Distance = std::tuple<bool, int, int, int>;
    std::optional<Distance> best;
    quint32 found = card.id;
    for (const int index : scene.wiresAt(scene.indexOf(card.id))) {
        const Wire &wire = scene.picture().wires[static_cast<std::size_t>(index)];
        const quint32 here = step == Step::ToReader ? wire.from : wire.to;
        const quint32 there = step == Step::ToReader ? wire.to : wire.from;
        if (here != card.id)
            continue;
        const Card &other = *scene.card(there);
        const Distance distance(!wire.onPath, std::abs(other.row - card.row), std::abs(other.column - card.column),
                                other.row);
        if (!best || distance < *best) {
            best = distance;
            found = there;
        }
    }
    return found;
}

} // namespace

quint32 stepFrom(const Scene &scene, quint32 id, Step step)
{
    const Card *card = scene.card(id);
    if (!card)
        return id;
    switch (step) {
    case Step::Up:
        return besideInColumn(scene, *card, -1);
    case Step::Down:
        return besideInColumn(scene, *card, 1);
    case Step::First:
    case Step::Last:
        return endOfColumn(scene, *card, step == Step::First);
    case Step::ColumnBefore:
    case Step::ColumnAfter:
        return inNextColumn(scene, *card, step == Step::ColumnAfter ? 1 : -1);
    case Step::ToRead:
    case Step::ToReader:
        break;
    }
    return alongAWire(scene, *card, step);
}

} // namespace nuages::canvas
