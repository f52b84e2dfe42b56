#include "engine/python/interpreter.h"
#include "engine/python/strings.h"

#include <algorithm>

namespace nuages::python {

Value Interpreter::evaluateText(Node literal)
{
    const auto parts = stringParts(literal);
    if (!parts)
        return unknown(place(literal), "this literal is not read");
    Value text = Value::text({}, place(literal));
    for (const StringPart &part : *parts) {
        const Value next = part.expression ? textOf(evaluate(part.expression), place(part.expression))
                                           : Value::text(part.text, place(literal));
        text = parts->size() == 1 ? next : joinText(text, next, place(literal));
    }
    return text;
}

Value Interpreter::evaluateSequence(Node display, Sequence::Kind kind)
{
    std::vector<Item> items;
    for (const Node element : display.children()) {
        if (!isRunning())
            break;
        if (element.is(Kind::ListSplat)) {
            const std::vector<Node> inner = element.children();
            if (inner.size() == 1) {
                const std::vector<Item> more = elements(evaluate(inner.front()), place(element));
                items.insert(items.end(), more.begin(), more.end());
            }
        } else {
            items.push_back({evaluate(element)});
        }
    }
    return makeSequence(kind, std::move(items), place(display));
}

Value Interpreter::evaluateDictionary(Node display)
{
    Dictionary dictionary;
    for (const Node element : display.children()) {
        if (!isRunning())
            break;
        if (element.is(Kind::DictionarySplat)) {
            const std::vector<Node> inner = element.children();
            if (inner.size() == 1)
                update(dictionary, evaluate(inner.front()), place(element));
        } else if (element.is(Kind::Pair)) {
            const Value key = evaluate(element.child(Field::Key));
            const Value value = evaluate(element.child(Field::Value));
            spend(dictionary.entries.size() / 64);
            if (key.isKnown())
                dictionary.set(key, value);
            else
                dictionary.addOpen(sharedReasonOf(key));
        } else {
            dictionary.addOpen(
                std::make_shared<const OpenReason>(reason(place(element), "this entry cannot be parsed")));
        }
    }
    return Value::object(create(std::move(dictionary)), place(display));
}

Value Interpreter::makeSequence(Sequence::Kind kind, std::vector<Item> items, Place place)
{
    spend(items.size() / 8);
    Sequence sequence{kind, {}};
    if (kind == Sequence::Kind::Set) {
        for (Item &item : items) {
            if (!std::ranges::contains(sequence.items, item.value, &Item::value) && spend(sequence.items.size() / 32))
                sequence.items.push_back(std::move(item));
        }
    } else {
        sequence.items = std::move(items);
    }
    return Value::object(create(std::move(sequence)), place);
}

std::vector<Item> Interpreter::elements(const Value &value, Place place)
{
    std::vector<Item> found;
    const std::vector<Value> alternatives = alternativesOf(value);
    const auto isElsewhere = [](const Value &one) {
        return one.asUnknown() && one.asUnknown()->doubt != Doubt::Unread;
    };
    const auto here = alternatives.size() - std::ranges::count_if(alternatives, isElsewhere);
    for (const Value &unresolved : alternatives) {
        const Value one = resolve(unresolved, place);
        const std::size_t from = found.size();
        if (const auto *sequence = m_heap.as<Sequence>(one)) {
            found.insert(found.end(), sequence->items.begin(), sequence->items.end());
        } else if (const auto *dictionary = m_heap.as<Dictionary>(one)) {
            for (const Entry &entry : dictionary->entries)
                found.push_back({entry.key, entry.isCertain ? Count::One : Count::Maybe});
            for (const auto &why : dictionary->open)
                found.push_back({{Value::Unknown{why}, place}, Count::Many});
        } else if (const std::string *text = one.asText(); text && text->size() < 1000) {
            for (const char c : *text)
                found.push_back({Value::text(std::string(1, c), one.place)});
        } else if (one.isNone() || one.asInteger()) {
            // Not iterable: on this path the program stops, so it is not one of those that count.
            continue;
        } else {
            found.push_back({unknownLike(one, one.place), Count::Many});
        }
        if (here > 1) {
            for (std::size_t i = from; i < found.size(); ++i)
                found[i].count = std::max(found[i].count, Count::Maybe);
        }
    }
    // A default of which nothing comes leaves the list as it is; with a value something may be added.
    if (found.size() == 1 && isElsewhere(found.front().value) && here > 0) {
        OpenReason why = *found.front().value.asUnknown();
        why.doubt = Doubt::EmptyDefault;
        found.front().value = Value::unknown(std::move(why), found.front().value.place);
    }
    spend(found.size() / 8 + 1);
    return found;
}

} // namespace nuages::python
