#include "ui/canvas/scene.h"

#include "ui/canvas/route.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace nuages::canvas {

namespace {

std::tuple<quint32, quint32> ends(const Wire &wire) { return {wire.from, wire.to}; }

void addWire(std::vector<QRectF> &areas, const Scene &scene, int wire)
{
    const std::vector<QRectF> pieces = piecesOf(routeOf(scene.from(wire), scene.to(wire)));
    areas.insert(areas.end(), pieces.begin(), pieces.end());
}

void addCards(std::vector<QRectF> &areas, const Scene &before, const Scene &after)
{
    for (const Card &card : before.picture().cards) {
        const Card *now = after.card(card.id);
        if (now && *now == card)
            continue;
        areas.push_back(areaOf(card));
        if (now)
            areas.push_back(areaOf(*now));
    }
    for (const Card &card : after.picture().cards) {
        if (!before.card(card.id))
            areas.push_back(areaOf(card));
    }
}

} // namespace

Scene::Scene(Picture picture) : m_picture(std::move(picture))
{
    auto &cards = m_picture.cards;
    std::ranges::sort(cards, {}, [](const Card &card) { return std::tuple(card.column, card.row); });
    m_index.reserve(static_cast<qsizetype>(cards.size()));
    m_columnBegin.reserve(m_picture.columns.size() + 1);
    for (int i = 0; i < static_cast<int>(cards.size()); ++i) {
        const Card &card = cards[static_cast<std::size_t>(i)];
        Q_ASSERT(card.column >= 0 && card.column < static_cast<int>(m_picture.columns.size()));
        while (static_cast<int>(m_columnBegin.size()) <= card.column)
            m_columnBegin.push_back(i);
        m_index.insert(card.id, i);
        m_rows = std::max(m_rows, card.row + 1);
    }
    m_columnBegin.resize(m_picture.columns.size() + 1, static_cast<int>(cards.size()));

    auto &wires = m_picture.wires;
    std::erase_if(wires, [&](const Wire &wire) { return !m_index.contains(wire.from) || !m_index.contains(wire.to); });
    std::ranges::sort(wires, {}, ends);
    std::vector<int> degrees(cards.size() + 1, 0);
    for (const Wire &wire : wires) {
        ++degrees[static_cast<std::size_t>(m_index.value(wire.from)) + 1];
        ++degrees[static_cast<std::size_t>(m_index.value(wire.to)) + 1];
    }
    for (std::size_t i = 1; i < degrees.size(); ++i)
        degrees[i] += degrees[i - 1];
    m_wiresBegin = degrees;
    m_wires.resize(wires.size() * 2);
    for (int i = 0; i < static_cast<int>(wires.size()); ++i) {
        const Wire &wire = wires[static_cast<std::size_t>(i)];
        for (const quint32 id : {wire.from, wire.to})
            m_wires[static_cast<std::size_t>(degrees[static_cast<std::size_t>(m_index.value(id))]++)] = i;
        m_ends.push_back({.from = placeOf(*card(wire.from)), .to = placeOf(*card(wire.to))});
        if (wire.onPath)
            m_path.push_back(i);
    }
    bundle();
}

void Scene::bundle()
{
    std::map<std::pair<int, int>, Ribbon> found;
    for (const auto &[from, to] : m_ends) {
        Ribbon &ribbon = found[{from.column, to.column}];
        ribbon.from = from.column;
        ribbon.to = to.column;
        ribbon.fromRow += from.row;
        ribbon.toRow += to.row;
        ++ribbon.wires;
    }
    for (auto &[columns, ribbon] : found) {
        ribbon.fromRow /= ribbon.wires;
        ribbon.toRow /= ribbon.wires;
        m_ribbons.push_back(ribbon);
    }
}

QSizeF Scene::size() const { return sceneSize(static_cast<int>(m_picture.columns.size()), m_rows); }

const Card *Scene::card(quint32 id) const
{
    const int index = indexOf(id);
    return index < 0 ? nullptr : &m_picture.cards[static_cast<std::size_t>(index)];
}

const Card *Scene::cardAt(QPointF point) const
{
    const Place place = gridRange({point, QSizeF()}).begin;
    const std::span<const Card> cards = cardsIn(place.column, place.row, place.row + 1);
    return !cards.empty() && cardRect(place).contains(point) ? cards.data() : nullptr;
}

std::span<const Card> Scene::cardsIn(int column, int begin, int end) const
{
    if (column < 0 || column >= static_cast<int>(m_picture.columns.size()))
        return {};
    const auto at = static_cast<std::size_t>(column);
    const auto first = m_picture.cards.begin() + m_columnBegin[at];
    const auto last = m_picture.cards.begin() + m_columnBegin[at + 1];
    return {std::ranges::lower_bound(first, last, begin, {}, &Card::row),
            std::ranges::lower_bound(first, last, end, {}, &Card::row)};
}

std::span<const int> Scene::wiresAt(int card) const
{
    const auto at = static_cast<std::size_t>(card);
    const int begin = m_wiresBegin[at];
    return std::span(m_wires).subspan(static_cast<std::size_t>(begin),
                                      static_cast<std::size_t>(m_wiresBegin[at + 1] - begin));
}

std::vector<int> Scene::wiresIn(const GridRange &range) const
{
    std::vector<int> found;
    for (int i = 0; i < static_cast<int>(m_ends.size()); ++i) {
        const auto &[from, to] = m_ends[static_cast<std::size_t>(i)];
        const auto [left, right] = std::minmax(from.column, to.column);
        const auto [top, bottom] = std::minmax(from.row, to.row);
        if (left < range.end.column && right >= range.begin.column && top < range.end.row && bottom >= range.begin.row)
            found.push_back(i);
    }
    return found;
}

std::vector<QRectF> difference(const Scene &before, const Scene &after)
{
    std::vector<QRectF> areas;
    addCards(areas, before, after);

    // Both lists are sorted by the ends of the wires, so one walk finds what only one of them has.
    const auto &old = before.picture().wires;
    const auto &now = after.picture().wires;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < old.size() || j < now.size()) {
        const int left = static_cast<int>(i);
        const int right = static_cast<int>(j);
        if (j == now.size() || (i < old.size() && ends(old[i]) < ends(now[j]))) {
            addWire(areas, before, left);
            ++i;
        } else if (i == old.size() || ends(now[j]) < ends(old[i])) {
            addWire(areas, after, right);
            ++j;
        } else {
            if (before.from(left) != after.from(right) || before.to(left) != after.to(right)) {
                addWire(areas, before, left);
                addWire(areas, after, right);
            } else if (old[i] != now[j]) {
                addWire(areas, after, right);
            }
            ++i;
            ++j;
        }
    }
    return areas;
}

} // namespace nuages::canvas
