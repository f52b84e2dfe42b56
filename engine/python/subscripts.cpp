#include "engine/python/interpreter.h"

#include <algorithm>

namespace nuages::python {

namespace {

/// Where index `index` may point to in a list with elements that may be missing.
std::vector<std::size_t> candidates(const std::vector<Item> &items, std::int64_t index)
{
    std::vector<std::size_t> found;
    const bool fromEnd = index < 0;
    std::int64_t wanted = fromEnd ? -index - 1 : index;
    std::int64_t least = 0; // how many elements are surely passed by now
    std::int64_t most = 0;
    for (std::size_t step = 0; step < items.size() && least <= wanted; ++step) {
        const std::size_t at = fromEnd ? items.size() - 1 - step : step;
        const Count count = items[at].count;
        if (count == Count::Many)
            most = wanted + 1;
        if (most >= wanted || count == Count::Many)
            found.push_back(at);
        least += count == Count::One ? 1 : 0;
        most += 1;
    }
    return found;
}

} // namespace

Value Interpreter::evaluateSubscript(Node expression)
{
    const Value container = evaluate(expression.child(Field::Value));
    const std::vector<Node> indices = expression.children(Field::Subscript);
    const Place here = place(expression);
    if (indices.size() == 1 && indices.front().is(Kind::Slice))
        return forEach(container, [&](const Value &one) { return slice(one, indices.front(), here); });
    if (indices.size() != 1)
        return unknownLike(container, here);
    const Value key = evaluate(indices.front());
    return forEach(container,
                   [&](const Value &one) { return forEach(key, [&](const Value &k) { return item(one, k, here); }); });
}

Value Interpreter::item(const Value &container, const Value &key, Place place)
{
    if (const std::string *symbol = container.asSymbol()) {
        if (*symbol == "os.environ")
            return variable(key, nullptr, place, "os.environ");
        if (*symbol == "sys.modules" && key.asText()) {
            const auto module = m_modules.find(*key.asText());
            if (module != m_modules.end() && m_heap.has(module->second))
                return Value::object(module->second, place);
        }
        return Value::symbol(*symbol + "[]", place);
    }
    if (const auto *dictionary = m_heap.as<Dictionary>(container)) {
        if (!key.isKnown())
            return unknownLike(key, place);
        spend(dictionary->entries.size() / 64);
        const Entry *entry = dictionary->find(key);
        std::vector<Value> values;
        if (entry)
            values.push_back(resolve(entry->value, place));
        if (!m_alive || !m_heap.as<Dictionary>(container))
            return unknown(place, "this path ends here");
        if ((!entry || !entry->isCertain) && !dictionary->open.empty())
            values.push_back({Value::Unknown{dictionary->open.front()}, place});
        if (!values.empty())
            return choose(std::move(values));
        if (!m_tries.empty())
            raise("KeyError", place, "the dictionary has no such key");
        return unknown(place, "the dictionary has no such key");
    }
    const auto *sequence = m_heap.as<Sequence>(container);
    const auto index = key.asInteger();
    if (const std::string *text = container.asText(); text && index) {
        const auto size = static_cast<std::int64_t>(text->size());
        const std::int64_t at = *index < 0 ? *index + size : *index;
        if (at >= 0 && at < size && static_cast<unsigned char>((*text)[static_cast<std::size_t>(at)]) < 0x80)
            return Value::text(std::string(1, (*text)[static_cast<std::size_t>(at)]), place);
        return unknown(place, "the text has no such index");
    }
    if (!sequence)
        return unknownLike(container, place);
    std::vector<Value> values;
    if (index) {
        for (const std::size_t at : candidates(sequence->items, *index))
            values.push_back(sequence->items[at].value);
    } else {
        for (const Item &one : sequence->items)
            values.push_back(one.value);
        values.push_back(unknownLike(key, place));
    }
    if (!values.empty())
        return choose(std::move(values));
    if (!m_tries.empty())
        raise("IndexError", place, "the list has no such index");
    return unknown(place, "the list has no such index");
}

} // namespace nuages::python
