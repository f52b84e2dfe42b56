#include "engine/python/interpreter.h"
#include "engine/python/paths.h"

#include <algorithm>

namespace nuages::python {

namespace {

constexpr std::size_t textLimit = 1 << 16; // bytes; no text of a settings file is longer

std::optional<std::int64_t> arithmetic(std::string_view op, std::int64_t left, std::int64_t right)
{
    std::int64_t result = 0;
    if (op == "+" && !__builtin_add_overflow(left, right, &result))
        return result;
    if (op == "-" && !__builtin_sub_overflow(left, right, &result))
        return result;
    if (op == "*" && !__builtin_mul_overflow(left, right, &result))
        return result;
    const bool divides = right > 0 && left >= 0; // where Python and C++ agree
    if (op == "//" && divides)
        return left / right;
    if (op == "%" && divides)
        return left % right;
    return std::nullopt;
}

Truth opposite(Truth value) { return value == Truth::Undecided ? value : value == Truth::Yes ? Truth::No : Truth::Yes; }

Truth toTruth(bool value) { return value ? Truth::Yes : Truth::No; }

/// Whether every element is there exactly once, so that elements can be compared place by place.
bool isExact(const Sequence &sequence)
{
    return std::ranges::all_of(sequence.items, [](const Item &item) { return item.count == Count::One; });
}

} // namespace

Truth Interpreter::truth(const Value &value) const
{
    if (std::holds_alternative<Value::Alternatives>(value.data)) {
        const std::vector<Value> alternatives = alternativesOf(value);
        const Truth first = truth(alternatives.front());
        const bool agree = std::ranges::all_of(alternatives, [&](const Value &one) { return truth(one) == first; });
        return agree ? first : Truth::Undecided;
    }
    if (value.isNone())
        return Truth::No;
    if (const auto number = value.asInteger())
        return toTruth(*number != 0);
    if (const std::string *text = value.asText())
        return toTruth(!text->empty());
    if (value.asPath() || m_heap.as<Module>(value) || m_heap.as<Function>(value) || m_heap.as<Class>(value))
        return Truth::Yes;
    if (const auto *sequence = m_heap.as<Sequence>(value)) {
        if (sequence->items.empty())
            return Truth::No;
        const bool hasOne = std::ranges::contains(sequence->items, Count::One, &Item::count);
        return hasOne ? Truth::Yes : Truth::Undecided;
    }
    if (const auto *dictionary = m_heap.as<Dictionary>(value)) {
        if (dictionary->entries.empty() && dictionary->open.empty())
            return Truth::No;
        return std::ranges::any_of(dictionary->entries, &Entry::isCertain) ? Truth::Yes : Truth::Undecided;
    }
    return Truth::Undecided;
}

// bool(value), one alternative after the other.
Value Interpreter::truthValue(const Value &value, Place place) const
{
    std::vector<Value> results;
    for (const Value &one : alternativesOf(value)) {
        const OpenReason *why = one.asUnknown();
        const Truth truth = this->truth(one);
        if (why && why->doubt != Doubt::Unread) {
            results.push_back({one.data, place});
            continue;
        }
        if (truth != Truth::Yes)
            results.push_back(Value::truth(false, place));
        if (truth != Truth::No)
            results.push_back(Value::truth(true, place));
    }
    return oneOf(results, reason(place, "this has too many alternatives"));
}

Value Interpreter::negated(const Value &value, Place place) const
{
    std::vector<Value> results;
    for (const Value &one : alternativesOf(truthValue(value, place)))
        results.push_back(one.asUnknown() ? one : Value::truth(one.asInteger() == 0, place));
    return oneOf(results, reason(place, "this has too many alternatives"));
}

Truth Interpreter::truthOf(Node condition) { return truth(evaluate(condition)); }

Value Interpreter::textOf(const Value &value, Place place)
{
    return forEach(value, [&](const Value &one) {
        if (const std::string *text = one.asFileName())
            return Value::text(*text, place);
        if (const bool *truth = std::get_if<bool>(&one.data))
            return Value::text(*truth ? "True" : "False", place);
        if (const auto number = one.asInteger())
            return Value::text(std::to_string(*number), place);
        if (one.isNone())
            return Value::text("None", place);
        if (one.asForm())
            return one;
        return one.isKnown() ? unknown(place, "the text of this value is not read") : unknownLike(one, place);
    });
}

Value Interpreter::joinText(const Value &left, const Value &right, Place place)
{
    std::vector<Value> results;
    for (const Value &l : alternativesOf(left)) {
        for (const Value &r : alternativesOf(right)) {
            if (!l.asText() || !r.asText()) {
                results.push_back(unknownText(l, {}, r, place));
            } else if (l.asText()->size() + r.asText()->size() > textLimit) {
                results.push_back(unknown(place, "this text is too long"));
            } else {
                spend((l.asText()->size() + r.asText()->size()) / 64);
                results.push_back(Value::text(*l.asText() + *r.asText(), place));
            }
        }
    }
    return choose(std::move(results));
}

Value Interpreter::binary(std::string_view op, const Value &left, const Value &right, Place place)
{
    if (op == "/" && left.asPath() && right.asFileName())
        return Value::path(plainPath(joinPaths(*left.asPath(), *right.asFileName())), place);
    if (op == "/" && left.asText() && right.asPath())
        return Value::path(plainPath(joinPaths(*left.asText(), *right.asPath())), place);
    if (left.asText() && right.asText() && op == "+")
        return joinText(left, right, place);
    if (op == "/" && (left.asFileName() || left.asForm()) && (right.asFileName() || right.asUnknown()))
        return unknownText(left, "/", right, place);
    if (op == "+" && (left.asText() || left.asUnknown()) && (right.asText() || right.asUnknown()))
        return unknownText(left, {}, right, place);
    if (left.asText() && op == "%")
        return formatPercent(left, right, place);
    const auto leftNumber = left.asInteger();
    const auto rightNumber = right.asInteger();
    if (leftNumber && rightNumber) {
        const auto result = arithmetic(op, *leftNumber, *rightNumber);
        return result ? Value::integer(*result, place) : unknown(place, "this calculation is not read");
    }
    if (op == "-" && left.asPath() && rightNumber && *rightNumber >= 0 && *rightNumber < 100) {
        std::string path = *left.asPath(); // environ.Path goes up by subtraction
        for (std::int64_t i = 0; i < *rightNumber; ++i)
            path = parentOf(path);
        return Value::path(path, place);
    }
    const auto *leftList = m_heap.as<Sequence>(left);
    const auto *rightList = m_heap.as<Sequence>(right);
    if (leftList && (op == "+" || op == "|") && (rightList || !right.isKnown())) {
        std::vector<Item> items = leftList->items;
        const Sequence::Kind kind = leftList->kind;
        const std::vector<Item> more = elements(right, place);
        items.insert(items.end(), more.begin(), more.end());
        return makeSequence(kind, std::move(items), place);
    }
    if (rightList && op == "+" && !left.isKnown()) {
        std::vector<Item> items = elements(left, place);
        const auto *list = m_heap.as<Sequence>(right);
        const Sequence::Kind kind = list->kind;
        items.insert(items.end(), list->items.begin(), list->items.end());
        return makeSequence(kind, std::move(items), place);
    }
    if (leftList && rightList && (op == "-" || op == "&")) {
        std::vector<Item> items;
        for (const Item &item : leftList->items) {
            spend(rightList->items.size() / 8);
            const Truth isThere = contains(right, item.value);
            if (isThere == (op == "-" ? Truth::No : Truth::Yes))
                items.push_back(item);
            else if (isThere == Truth::Undecided)
                items.push_back({item.value, std::max(item.count, Count::Maybe)});
        }
        return makeSequence(Sequence::Kind::Set, std::move(items), place);
    }
    if (leftList && rightNumber && op == "*" && *rightNumber < 100) {
        std::vector<Item> items;
        for (std::int64_t i = 0; i < *rightNumber && spend(leftList->items.size()); ++i)
            items.insert(items.end(), leftList->items.begin(), leftList->items.end());
        return makeSequence(leftList->kind, std::move(items), place);
    }
    if (op == "|" && m_heap.as<Dictionary>(left)) {
        Dictionary merged = *m_heap.as<Dictionary>(left);
        update(merged, right, place);
        return Value::object(create(std::move(merged)), place);
    }
    if (!left.isKnown())
        return unknownLike(left, place);
    if (!right.isKnown())
        return unknownLike(right, place);
    return unknown(place, "this calculation is not read");
}

// `x += y` changes a list, a set or a dictionary in place, and rebinds anything else.
Value Interpreter::augmented(std::string_view op, const Value &left, const Value &right, Place place)
{
    if (const auto *list = m_heap.as<Sequence>(left); list && list->kind != Sequence::Kind::Tuple) {
        const bool extends =
            (op == "+" && list->kind == Sequence::Kind::List) || (op == "|" && list->kind == Sequence::Kind::Set);
        if (extends) {
            Arguments arguments;
            arguments.positional = {right};
            arguments.place = place;
            callMethod(left, list->kind == Sequence::Kind::Set ? "update" : "extend", arguments);
            return left;
        }
    }
    if (op == "|" && m_heap.as<Dictionary>(left)) {
        Dictionary merged = *m_heap.as<Dictionary>(left);
        update(merged, right, place);
        m_heap.edit(*left.asObject()) = std::move(merged);
        return left;
    }
    return forEach(right, [&](const Value &one) { return binary(op, left, one, place); });
}

Value Interpreter::evaluateComparison(Node expression)
{
    const std::vector<Node> operands = expression.children();
    const std::vector<Node> operators = expression.children(Field::Operators);
    const Place here = place(expression);
    if (operands.size() == 2 && operators.size() == 1)
        return compared(operators.front().text(), evaluate(operands.front()), evaluate(operands.back()), here);
    Truth all = Truth::Yes;
    for (std::size_t i = 0; i + 1 < operands.size() && i < operators.size() && all != Truth::No; ++i) {
        const Value left = evaluate(operands[i]);
        const Value right = evaluate(operands[i + 1]);
        std::optional<Truth> one;
        for (const Value &l : alternativesOf(left)) {
            for (const Value &r : alternativesOf(right)) {
                const Truth holds = compare(operators[i].text(), l, r);
                one = !one || *one == holds ? holds : Truth::Undecided;
            }
        }
        if (one != Truth::Yes)
            all = one.value_or(Truth::Undecided);
    }
    if (all == Truth::Undecided)
        return choose({Value::truth(false, here), Value::truth(true, here)});
    return Value::truth(all == Truth::Yes, here);
}

// Another value of a variable leaves open what it would come to, and nothing else.
Value Interpreter::compared(std::string_view op, const Value &left, const Value &right, Place place)
{
    std::vector<Value> results;
    for (const Value &l : alternativesOf(left)) {
        for (const Value &r : alternativesOf(right)) {
            const OpenReason *leftWhy = l.asUnknown();
            const OpenReason *rightWhy = r.asUnknown();
            const Truth holds = compare(op, l, r);
            if (holds != Truth::Undecided) {
                results.push_back(Value::truth(holds == Truth::Yes, place));
            } else if ((leftWhy && leftWhy->doubt != Doubt::Unread) || (rightWhy && rightWhy->doubt != Doubt::Unread)) {
                results.push_back({leftWhy && leftWhy->doubt != Doubt::Unread ? l.data : r.data, place});
            } else {
                const std::string *symbol = r.asSymbol();
                const bool asksEnvironment = symbol && *symbol == "os.environ" && l.asText();
                if (!asksEnvironment || op == "in")
                    results.push_back(Value::truth(false, place));
                if (!asksEnvironment || op != "in")
                    results.push_back(Value::truth(true, place));
                if (asksEnvironment)
                    results.push_back(unsetVariable(*l.asText(), Doubt::EmptyDefault, place));
            }
        }
    }
    return choose(std::move(results));
}

Truth Interpreter::compare(std::string_view op, const Value &left, const Value &right)
{
    if (op == "==")
        return equals(left, right);
    if (op == "!=" || op == "<>")
        return opposite(equals(left, right));
    if (op == "in")
        return contains(right, left);
    if (op.starts_with("not"))
        return opposite(contains(right, left));
    if (op.starts_with("is")) {
        if (!left.isKnown() || !right.isKnown())
            return Truth::Undecided;
        const bool same = left.data == right.data;
        // Whether two equal texts or numbers are one object is Python's own business.
        const bool isSettled = !same || left.isNone() || left.asObject() || std::holds_alternative<bool>(left.data);
        return isSettled ? toTruth(same == (op == "is")) : Truth::Undecided;
    }
    const auto ordered = order(left, right);
    if (!ordered)
        return Truth::Undecided;
    if (op == "<")
        return toTruth(*ordered < 0);
    if (op == "<=")
        return toTruth(*ordered <= 0);
    return op == ">" ? toTruth(*ordered > 0) : toTruth(*ordered >= 0);
}

Truth Interpreter::equals(const Value &left, const Value &right, int depth) const
{
    constexpr int deepest = 8;
    if (!left.isKnown() || !right.isKnown() || depth > deepest)
        return Truth::Undecided;
    if (left.data == right.data)
        return Truth::Yes;
    const auto leftNumber = left.asInteger();
    const auto rightNumber = right.asInteger();
    if (leftNumber && rightNumber)
        return toTruth(*leftNumber == *rightNumber);
    const auto *leftList = m_heap.as<Sequence>(left);
    const auto *rightList = m_heap.as<Sequence>(right);
    if (leftList && rightList) {
        if (leftList->kind != rightList->kind)
            return Truth::No;
        if (leftList->kind == Sequence::Kind::Set || !isExact(*leftList) || !isExact(*rightList))
            return Truth::Undecided;
        if (leftList->items.size() != rightList->items.size())
            return Truth::No;
        Truth all = Truth::Yes;
        for (std::size_t i = 0; i < leftList->items.size() && all != Truth::No; ++i) {
            const Truth one = equals(leftList->items[i].value, rightList->items[i].value, depth + 1);
            if (one != Truth::Yes)
                all = one;
        }
        return all;
    }
    if (m_heap.as<Dictionary>(left) && m_heap.as<Dictionary>(right))
        return Truth::Undecided;
    return Truth::No;
}

std::optional<int> Interpreter::order(const Value &left, const Value &right, int depth) const
{
    constexpr int deepest = 8;
    const auto leftNumber = left.asInteger();
    const auto rightNumber = right.asInteger();
    if (leftNumber && rightNumber)
        return *leftNumber < *rightNumber ? -1 : *leftNumber > *rightNumber ? 1 : 0;
    if (left.asText() && right.asText()) {
        const int result = left.asText()->compare(*right.asText());
        return result < 0 ? -1 : result > 0 ? 1 : 0;
    }
    const auto *leftList = m_heap.as<Sequence>(left);
    const auto *rightList = m_heap.as<Sequence>(right);
    if (!leftList || !rightList || depth > deepest || !isExact(*leftList) || !isExact(*rightList)
        || leftList->kind == Sequence::Kind::Set)
        return std::nullopt;
    for (std::size_t i = 0; i < leftList->items.size() && i < rightList->items.size(); ++i) {
        const auto one = order(leftList->items[i].value, rightList->items[i].value, depth + 1);
        if (!one || *one != 0)
            return one;
    }
    return static_cast<int>(leftList->items.size() > rightList->items.size())
        - static_cast<int>(leftList->items.size() < rightList->items.size());
}

Truth Interpreter::contains(const Value &container, const Value &value)
{
    if (const std::string *symbol = container.asSymbol(); symbol && *symbol == "os.environ" && value.asText()) {
        const bool isSet = peekNames(m_environment).find(value) || m_surroundings.variable(*value.asText());
        return isSet ? Truth::Yes : m_commandLine ? Truth::No : Truth::Undecided;
    }
    if (container.asText() && value.asText())
        return toTruth(container.asText()->contains(*value.asText()));
    const auto *sequence = m_heap.as<Sequence>(container);
    const auto *dictionary = m_heap.as<Dictionary>(container);
    if ((!sequence && !dictionary) || !value.isKnown())
        return Truth::Undecided;
    Truth found = dictionary && !dictionary->open.empty() ? Truth::Undecided : Truth::No;
    const auto consider = [&](const Value &element, bool isThere) {
        for (const Value &one : alternativesOf(element)) {
            const Truth same = equals(one, value);
            if (same == Truth::Yes && isThere && element.isKnown())
                found = Truth::Yes;
            else if (same != Truth::No && found == Truth::No)
                found = Truth::Undecided;
        }
    };
    if (sequence) {
        spend(sequence->items.size() / 8);
        for (const Item &item : sequence->items)
            consider(item.value, item.count == Count::One);
    } else {
        spend(dictionary->entries.size() / 8);
        for (const Entry &entry : dictionary->entries)
            consider(entry.key, entry.isCertain);
    }
    return found;
}

Value Interpreter::formatPercent(const Value &format, const Value &argument, Place place)
{
    std::vector<Value> values{argument};
    const auto *tuple = m_heap.as<Sequence>(argument);
    if (tuple && tuple->kind == Sequence::Kind::Tuple) {
        values.clear();
        for (const Item &item : tuple->items)
            values.push_back(item.value);
    }
    const std::string text = *format.asText();
    Value result = Value::text({}, place);
    std::size_t used = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t mark = std::min(text.find('%', at), text.size());
        result = joinText(result, Value::text(text.substr(at, mark - at), place), place);
        if (mark == text.size())
            break;
        const char letter = mark + 1 < text.size() ? text[mark + 1] : '\0';
        if (letter == '%')
            result = joinText(result, Value::text("%", place), place);
        else if ((letter == 's' || letter == 'd') && used < values.size())
            result = joinText(result, textOf(values[used++], place), place);
        else
            return unknown(place, "this format is not read");
        at = mark + 2;
    }
    return result;
}

} // namespace nuages::python
