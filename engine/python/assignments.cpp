#include "engine/python/interpreter.h"

#include <algorithm>
#include <memory>

namespace nuages::python {

void Interpreter::assign(Node target, const Value &value)
{
    if (!isRunning())
        return;
    switch (target.kind()) {
    case Kind::Identifier:
        bind(std::string(target.text()), value, place(target));
        break;
    case Kind::ParenthesizedExpression:
        if (const std::vector<Node> inner = target.children(); inner.size() == 1)
            assign(inner.front(), value);
        break;
    case Kind::PatternList:
    case Kind::TuplePattern:
    case Kind::ListPattern:
    case Kind::Tuple:
    case Kind::List:
    case Kind::ExpressionList:
        assignMany(target, value);
        break;
    case Kind::Subscript: {
        const Value container = evaluate(target.child(Field::Value));
        const Node index = target.child(Field::Subscript);
        if (index.is(Kind::Slice)) {
            forEach(container, [&](const Value &one) {
                assignSlice(one, index, value);
                return Value::none(value.place);
            });
            break;
        }
        const Value key = evaluate(index);
        forEach(container, [&](const Value &one) {
            assignItem(one, key, value);
            return Value::none(value.place);
        });
        break;
    }
    case Kind::Attribute: {
        const Value object = evaluate(target.child(Field::Object));
        forEach(object, [&](const Value &one) {
            assignAttribute(one, std::string(target.child(Field::Attribute).text()), value, place(target));
            return Value::none(value.place);
        });
        break;
    }
    default:
        break;
    }
}

void Interpreter::assignMany(Node target, const Value &value)
{
    const std::vector<Node> targets = target.children();
    const std::vector<Item> items = elements(value, place(target));
    const bool isExact = std::ranges::all_of(items, [](const Item &item) { return item.count == Count::One; });
    const auto star = std::ranges::find_if(targets, [](Node node) { return node.is(Kind::ListSplatPattern); });
    const std::size_t fixed = targets.size() - (star == targets.end() ? 0 : 1);
    if (!isExact || items.size() < fixed || (star == targets.end() && items.size() != fixed)) {
        for (const Node part : targets) {
            const Node name =
                part.is(Kind::ListSplatPattern) && !part.children().empty() ? part.children().front() : part;
            assign(name,
                   value.isKnown() ? unknown(place(part), "a value that cannot be taken apart is assigned")
                                   : unknownLike(value, place(part)));
        }
        return;
    }
    std::size_t next = 0;
    for (const Node part : targets) {
        if (!part.is(Kind::ListSplatPattern)) {
            assign(part, items[next++].value);
            continue;
        }
        const std::size_t taken = items.size() - fixed;
        const auto from = items.begin() + static_cast<std::ptrdiff_t>(next);
        const Value rest =
            makeSequence(Sequence::Kind::List, {from, from + static_cast<std::ptrdiff_t>(taken)}, place(part));
        if (!part.children().empty())
            assign(part.children().front(), rest);
        next += taken;
    }
}

void Interpreter::assignItem(const Value &container, const Value &key, const Value &value)
{
    if (const std::string *name = container.asSymbol(); name && *name == "os.environ") {
        if (key.asText())
            names(m_environment).set(key, value);
        return;
    }
    const auto id = container.asObject();
    if (!id || !m_heap.has(*id))
        return;
    if (std::holds_alternative<Dictionary>(m_heap.at(*id))) {
        const std::vector<Value> keys = alternativesOf(key);
        spend(peekNames(*id).entries.size() / 64);
        if (keys.size() == 1 && key.isKnown()) {
            names(*id).set(key, value);
            return;
        }
        for (const Value &one : keys) {
            if (!one.isKnown()) {
                names(*id).addOpen(sharedReasonOf(one));
                continue;
            }
            const Entry *old = peekNames(*id).find(one);
            const Entry entry{one, old ? choose({old->value, value}) : value, old && old->isCertain};
            names(*id).remove(one);
            names(*id).entries.push_back(entry);
        }
        return;
    }
    const auto *sequence = std::get_if<Sequence>(&m_heap.at(*id));
    if (!sequence)
        return;
    const auto index = key.asInteger();
    const auto size = static_cast<std::int64_t>(sequence->items.size());
    const bool isExact = index && *index < size && *index >= -size
        && std::ranges::all_of(sequence->items, [](const Item &item) { return item.count == Count::One; });
    const std::size_t at = isExact ? static_cast<std::size_t>(*index < 0 ? *index + size : *index) : 0;
    std::vector<Item> items = sequence->items;
    if (isExact) {
        items[at].value = value;
    } else {
        spend(items.size());
        for (Item &item : items)
            item.value = choose({item.value, value});
    }
    std::get<Sequence>(m_heap.edit(*id)).items = std::move(items);
}

void Interpreter::assignSlice(const Value &container, Node slice, const Value &value)
{
    const auto *sequence = m_heap.as<Sequence>(container);
    if (!sequence || sequence->kind != Sequence::Kind::List)
        return;
    std::vector<Item> items = sequence->items;
    const std::vector<Item> added = elements(value, place(slice));
    const bool isExact = std::ranges::all_of(items, [](const Item &item) { return item.count == Count::One; });
    const auto bounds = sliceBounds(slice, items.size());
    if (bounds && isExact && bounds->step == 1) {
        const auto from = items.begin() + bounds->from;
        const auto at = items.erase(from, items.begin() + std::max(bounds->from, bounds->to));
        items.insert(at, added.begin(), added.end());
    } else {
        // Which elements the slice covers is not known, so each may stay.
        for (Item &item : items)
            item.count = std::max(item.count, Count::Maybe);
        items.insert(items.end(), added.begin(), added.end());
    }
    spend(items.size() / 8);
    std::get<Sequence>(m_heap.edit(*container.asObject())).items = std::move(items);
}

void Interpreter::assignAttribute(const Value &object, const std::string &name, const Value &value, Place place)
{
    if (const std::string *symbol = object.asSymbol(); symbol && *symbol == "sys" && name == "path") {
        std::get<Sequence>(m_heap.edit(m_pythonPath)).items = elements(value, place);
        return;
    }
    if (const auto *module = m_heap.as<Module>(object))
        names(module->scope).set(name, value, place);
    else if (const auto *cls = m_heap.as<Class>(object))
        names(cls->scope).set(name, value, place);
}

void Interpreter::runAugmented(Node statement)
{
    const Node target = statement.child(Field::Left);
    std::string_view op = statement.child(Field::Operator).text();
    op.remove_suffix(op.empty() ? 0 : 1);
    const Value added = evaluate(statement.child(Field::Right));
    const Value old = evaluate(target);
    if (!isRunning())
        return;
    const Value result = forEach(old, [&](const Value &one) { return augmented(op, one, added, place(statement)); });
    assign(target, result);
}

} // namespace nuages::python
