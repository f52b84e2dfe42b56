#include "engine/python/interpreter.h"

#include <algorithm>
#include <array>

namespace nuages::python {

std::optional<SliceBounds> Interpreter::sliceBounds(Node slice, std::size_t size)
{
    // The parts are children without fields, and each may be missing: their places between the colons tell.
    std::array<std::optional<std::int64_t>, 3> parts;
    const std::vector<Node> nodes = slice.children();
    const std::string_view text = slice.text();
    for (const Node node : nodes) {
        const std::size_t before = node.range().begin - slice.range().begin;
        std::size_t colons = 0;
        for (const Node other : nodes) {
            if (other == node)
                break;
            colons -= static_cast<std::size_t>(std::ranges::count(other.text(), ':'));
        }
        colons += static_cast<std::size_t>(std::ranges::count(text.substr(0, before), ':'));
        const Value value = evaluate(node);
        if (colons > 2 || (!value.asInteger() && !value.isNone()))
            return std::nullopt;
        parts[colons] = value.asInteger();
    }
    const auto length = static_cast<std::int64_t>(size);
    const std::int64_t step = parts[2].value_or(1);
    if (step == 0)
        return std::nullopt;
    const auto place = [&](std::optional<std::int64_t> part, std::int64_t otherwise) {
        if (!part)
            return otherwise;
        const std::int64_t at = *part < 0 ? *part + length : *part;
        return step > 0 ? std::clamp<std::int64_t>(at, 0, length) : std::clamp<std::int64_t>(at, -1, length - 1);
    };
    return SliceBounds{place(parts[0], step > 0 ? 0 : length - 1), place(parts[1], step > 0 ? length : -1),
                       std::clamp<std::int64_t>(step, -length - 1, length + 1)};
}

Value Interpreter::slice(const Value &container, Node slice, Place place)
{
    const auto *sequence = m_heap.as<Sequence>(container);
    if (const std::string *text = container.asText();
        text && std::ranges::all_of(*text, [](char c) { return c > 0; })) {
        const std::string whole = *text;
        const auto bounds = sliceBounds(slice, whole.size());
        if (!bounds)
            return unknown(place, "this slice is not read");
        std::string part;
        for (const std::size_t at : bounds->indices())
            part.push_back(whole[at]);
        return Value::text(std::move(part), place);
    }
    if (!sequence)
        return unknownLike(container, place);
    const Sequence::Kind kind = sequence->kind;
    std::vector<Item> items = sequence->items;
    const auto bounds = sliceBounds(slice, items.size());
    const bool isExact = std::ranges::all_of(items, [](const Item &item) { return item.count == Count::One; });
    if (!bounds || !isExact) {
        // Any element may be in it or not.
        for (Item &item : items)
            item.count = std::max(item.count, Count::Maybe);
        return makeSequence(kind, std::move(items), place);
    }
    std::vector<Item> part;
    for (const std::size_t at : bounds->indices())
        part.push_back(items[at]);
    return makeSequence(kind, std::move(part), place);
}

} // namespace nuages::python
