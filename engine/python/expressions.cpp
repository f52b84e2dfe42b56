#include "engine/python/interpreter.h"
#include "engine/python/paths.h"
#include "engine/python/strings.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace nuages::python {

namespace {

std::optional<std::int64_t> integerValue(std::string_view text)
{
    std::string digits;
    std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c != '_'; });
    int base = 10;
    std::string_view rest = digits;
    if (rest.size() > 2 && rest[0] == '0') {
        const char mark = static_cast<char>(rest[1] | 0x20);
        base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;
        rest.remove_prefix(base == 10 ? 0 : 2);
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value, base);
    if (error != std::errc() || end != rest.data() + rest.size())
        return std::nullopt;
    return value;
}

/// The count of what is made from an element that is there `outer` times, in a loop that adds it `inner` times.
Count combined(Count outer, Count inner) { return std::max(outer, inner); }

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

Value Interpreter::evaluate(Node expression)
{
    if (!spend())
        return unknown(place(expression), "the settings take too long to evaluate");
    if (m_depth >= m_limits.depth) {
        openModule(
            std::make_shared<const OpenReason>(reason(place(expression), "this is nested too deeply to be read")));
        return unknown(place(expression), "this is nested too deeply to be read");
    }
    ++m_depth;
    Value value = evaluateNow(expression);
    --m_depth;
    return value;
}

Value Interpreter::evaluateNow(Node expression)
{
    const Place here = place(expression);
    const std::vector<Node> children =
        expression.is(Kind::ParenthesizedExpression) ? expression.children() : std::vector<Node>();
    switch (expression.kind()) {
    case Kind::Identifier:
        return lookUp(std::string(expression.text()), here);
    case Kind::String:
    case Kind::ConcatenatedString:
        return evaluateText(expression);
    case Kind::Integer:
        if (const auto value = integerValue(expression.text()))
            return Value::integer(*value, here);
        return unknown(here, "this number is not read");
    case Kind::True:
        return Value::truth(true, here);
    case Kind::False:
        return Value::truth(false, here);
    case Kind::None:
        return Value::none(here);
    case Kind::ParenthesizedExpression:
        return children.size() == 1 ? evaluate(children.front()) : unknown(here, "this cannot be parsed");
    case Kind::List:
        return evaluateSequence(expression, Sequence::Kind::List);
    case Kind::Tuple:
    case Kind::ExpressionList:
        return evaluateSequence(expression, Sequence::Kind::Tuple);
    case Kind::Set:
        return evaluateSequence(expression, Sequence::Kind::Set);
    case Kind::Dictionary:
        return evaluateDictionary(expression);
    case Kind::ListComprehension:
    case Kind::SetComprehension:
    case Kind::GeneratorExpression:
    case Kind::DictionaryComprehension:
        return evaluateComprehension(expression);
    case Kind::Assignment: {
        const Node right = expression.child(Field::Right);
        if (!right)
            return Value::none(here);
        const Value value = evaluate(right);
        assign(expression.child(Field::Left), value);
        return value;
    }
    case Kind::AugmentedAssignment:
        runAugmented(expression);
        return Value::none(here);
    case Kind::NamedExpression: {
        const Value value = evaluate(expression.child(Field::Value));
        assign(expression.child(Field::Name), value);
        return value;
    }
    case Kind::BinaryOperator: {
        const Value left = evaluate(expression.child(Field::Left));
        const Value right = evaluate(expression.child(Field::Right));
        const std::string_view op = expression.child(Field::Operator).text();
        // What is added to a list is one list, whatever it consists of; anything else is one result per pair.
        if (op == "+" && m_heap.as<Sequence>(right) && !left.isKnown())
            return binary(op, left, right, here);
        return forEach(left, [&](const Value &l) {
            if (op == "+" && m_heap.as<Sequence>(l))
                return binary(op, l, right, here);
            return forEach(right, [&](const Value &r) { return binary(op, l, r, here); });
        });
    }
    case Kind::UnaryOperator: {
        const Value value = evaluate(expression.child(Field::Argument));
        const auto number = value.asInteger();
        if (number && expression.text().starts_with('-'))
            return Value::integer(-*number, here);
        return number && expression.text().starts_with('+') ? value : unknownLike(value, here);
    }
    case Kind::NotOperator: {
        const Truth value = truthOf(expression.child(Field::Argument));
        if (value == Truth::Undecided)
            return choose({Value::truth(false, here), Value::truth(true, here)});
        return Value::truth(value == Truth::No, here);
    }
    case Kind::BooleanOperator:
        return evaluateBoolean(expression);
    case Kind::ComparisonOperator:
        return evaluateComparison(expression);
    case Kind::ConditionalExpression:
        return evaluateConditional(expression);
    case Kind::Attribute:
        return evaluateAttribute(expression);
    case Kind::Subscript:
        return evaluateSubscript(expression);
    case Kind::Call:
        return evaluateCall(expression);
    case Kind::Lambda: {
        Function function;
        function.name = "<lambda>";
        function.parameters = expression.child(Field::Parameters);
        function.body = expression.child(Field::Body);
        function.module = m_frame->module;
        function.scopes = m_frame->scopes;
        function.file = m_frame->file;
        return Value::object(create(std::move(function)), here);
    }
    case Kind::Float:
        return Value::symbol("a fraction", here);
    case Kind::Error:
        return unknown(here, "this cannot be parsed");
    default:
        return unknown(here, "this expression is not read");
    }
}

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

Value Interpreter::evaluateBoolean(Node expression)
{
    const bool isOr = expression.child(Field::Operator).text() == "or";
    const Value left = evaluate(expression.child(Field::Left));
    // What decides by itself: a true value of `or`, a false one of `and`.
    std::vector<Value> results;
    bool asksRight = false;
    for (const Value &alternative : alternativesOf(left)) {
        const Truth value = truth(alternative);
        const bool mayDecide = value != (isOr ? Truth::No : Truth::Yes);
        const bool mayGoOn = value != (isOr ? Truth::Yes : Truth::No);
        if (mayDecide)
            results.push_back(alternative);
        asksRight |= mayGoOn;
    }
    if (!asksRight)
        return choose(std::move(results));
    const Node right = expression.child(Field::Right);
    if (results.empty())
        return evaluate(right);
    either([&] { results.push_back(evaluate(right)); }, [] {});
    return choose(std::move(results));
}

Value Interpreter::evaluateConditional(Node expression)
{
    const std::vector<Node> parts = expression.children(); // value if condition else other
    if (parts.size() != 3)
        return unknown(place(expression), "this cannot be parsed");
    const Truth condition = truthOf(parts[1]);
    if (condition != Truth::Undecided)
        return evaluate(condition == Truth::Yes ? parts[0] : parts[2]);
    std::vector<Value> results;
    either([&] { results.push_back(evaluate(parts[0])); }, [&] { results.push_back(evaluate(parts[2])); });
    return choose(std::move(results));
}

Value Interpreter::resolve(const Value &value, Place place)
{
    const auto *imported = std::get_if<Value::Imported>(&value.data);
    if (!imported)
        return value;
    if (!m_heap.has(imported->module))
        return unknown(place, "the name " + *imported->name + " is not imported on this path");
    const std::string name = *imported->name;
    if (m_depth >= m_limits.depth || !spend())
        return unknown(place, "the name " + name + " is imported in a circle");
    ++m_depth;
    Value found = moduleAttribute(imported->module, name, place);
    --m_depth;
    return found;
}

std::vector<Item> Interpreter::elements(const Value &value, Place place)
{
    std::vector<Item> found;
    const std::vector<Value> alternatives = alternativesOf(value);
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
        if (alternatives.size() > 1) {
            for (std::size_t i = from; i < found.size(); ++i)
                found[i].count = std::max(found[i].count, Count::Maybe);
        }
    }
    spend(found.size() / 8 + 1);
    return found;
}

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

Value Interpreter::evaluateAttribute(Node expression)
{
    const Value object = evaluate(expression.child(Field::Object));
    const std::string name(expression.child(Field::Attribute).text());
    const Place here = place(expression);
    return forEach(object, [&](const Value &one) { return attribute(one, name, here); });
}

Value Interpreter::attribute(const Value &object, const std::string &name, Place place)
{
    if (const std::string *symbol = object.asSymbol()) {
        if (*symbol == "sys" && name == "path")
            return Value::object(m_pythonPath, place);
        const std::string dotted = *symbol + '.' + name;
        if (dotted == "os.sep" || dotted == "os.path.sep")
            return Value::text("/", place);
        if (dotted == "os.curdir")
            return Value::text(".", place);
        if (dotted == "os.pardir")
            return Value::text("..", place);
        if (dotted == "typing.TYPE_CHECKING")
            return Value::truth(false, place);
        return Value::symbol(dotted, place);
    }
    if (const std::string *path = object.asPath()) {
        if (name == "parent")
            return Value::path(parentOf(*path), place);
        if (name == "name")
            return Value::text(lastOf(*path), place);
        if (name == "stem")
            return Value::text(stemOf(*path), place);
        if (name == "suffix")
            return Value::text(lastOf(*path).substr(stemOf(*path).size()), place);
        if (name == "parents") {
            std::vector<Item> parents;
            for (std::string at = *path; parentOf(at) != at; at = parentOf(at))
                parents.push_back({Value::path(parentOf(at), place)});
            return makeSequence(Sequence::Kind::Tuple, std::move(parents), place);
        }
        return unknown(place, "the attribute " + name + " of a path is not read");
    }
    if (m_heap.as<Module>(object))
        return moduleAttribute(*object.asObject(), name, place);
    if (const auto *cls = m_heap.as<Class>(object)) {
        const Class copy = *cls;
        return classAttribute(copy, name, place);
    }
    if (object.asUnknown())
        return unknownLike(object, place);
    // A bound method that is kept may change its object at any time.
    const Value result = unknown(place, "the attribute " + name + " is not read");
    open(object, sharedReasonOf(result));
    return result;
}

Value Interpreter::evaluateComprehension(Node expression)
{
    const std::vector<Node> parts = expression.children();
    if (parts.empty())
        return unknown(place(expression), "this cannot be parsed");
    Frame frame = *m_frame;
    frame.scopes.insert(frame.scopes.begin(), create(Dictionary{}));
    frame.globals.clear();
    Frame *outer = std::exchange(m_frame, &frame);
    const std::vector<Node> clauses(parts.begin() + 1, parts.end());
    Value result;
    if (expression.is(Kind::DictionaryComprehension)) {
        const ObjectId id = create(Dictionary{});
        const Node pair = parts.front();
        evaluateClauses(clauses, 0, Count::One, [&](Count count) {
            const Value key = evaluate(pair.child(Field::Key));
            const Value value = evaluate(pair.child(Field::Value));
            const auto add = [&] {
                if (key.isKnown())
                    names(id).set(key, value);
                else
                    names(id).addOpen(sharedReasonOf(key));
            };
            if (count == Count::One)
                add();
            else
                either(add, [] { });
        });
        result = Value::object(id, place(expression));
    } else {
        std::vector<Item> items;
        evaluateClauses(clauses, 0, Count::One,
                        [&](Count count) { items.push_back({evaluate(parts.front()), count}); });
        const auto kind = expression.is(Kind::SetComprehension) ? Sequence::Kind::Set : Sequence::Kind::List;
        result = makeSequence(kind, std::move(items), place(expression));
    }
    m_frame = outer;
    return result;
}

void Interpreter::evaluateClauses(const std::vector<Node> &clauses, std::size_t next, Count count,
                                  const std::function<void(Count)> &element)
{
    if (!isRunning())
        return;
    if (next == clauses.size()) {
        if (spend())
            element(count);
        return;
    }
    const Node clause = clauses[next];
    if (clause.is(Kind::IfClause)) {
        const std::vector<Node> condition = clause.children();
        const Truth holds = condition.empty() ? Truth::Undecided : truthOf(condition.front());
        if (holds != Truth::No)
            evaluateClauses(clauses, next + 1, combined(count, holds == Truth::Yes ? Count::One : Count::Maybe),
                            element);
        return;
    }
    const Value iterable = evaluate(clause.child(Field::Right));
    for (const Item &item : elements(iterable, place(clause))) {
        if (!isRunning())
            return;
        assign(clause.child(Field::Left), item.value);
        evaluateClauses(clauses, next + 1, combined(count, item.count), element);
    }
}

} // namespace nuages::python
