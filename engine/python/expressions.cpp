#include "engine/python/interpreter.h"

#include <algorithm>
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
    case Kind::NotOperator:
        return negated(evaluate(expression.child(Field::Argument)), here);
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

Value Interpreter::evaluateBoolean(Node expression, bool isLostWhereFalse)
{
    const bool isOr = expression.child(Field::Operator).text() == "or";
    Node first = expression.child(Field::Left);
    while (first.is(Kind::ParenthesizedExpression) && first.children().size() == 1)
        first = first.children().front();
    // `condition and value or other` is value or other, whatever the condition is. Only an `and` is evaluated from
    // here, as a long chain of `or` would go as deep as it is long.
    const bool isChoice = isOr && first.is(Kind::BooleanOperator) && first.child(Field::Operator).text() == "and";
    const Value left = isChoice ? evaluateBoolean(first, true) : evaluate(first);
    // What decides by itself: a true value of `or`, a false one of `and`.
    std::vector<Value> results;
    bool asksRight = false;
    for (const Value &alternative : alternativesOf(left)) {
        const Truth value = truth(alternative);
        const bool mayDecide = value != (isOr ? Truth::No : Truth::Yes);
        const bool mayGoOn = value != (isOr ? Truth::Yes : Truth::No);
        const bool isLost = isLostWhereFalse && !isOr
            && (alternative.asSymbol() || (alternative.asUnknown() && alternative.asUnknown()->doubt == Doubt::Unread));
        if (mayDecide)
            results.push_back(isLost ? Value::none(alternative.place) : alternative);
        asksRight |= mayGoOn;
    }
    if (!asksRight)
        return choose(std::move(results));
    const Node right = expression.child(Field::Right);
    if (results.empty())
        return evaluate(right);
    const std::optional<Likely> here = likely(left);
    if (here && here->holds == isOr) { // The right side is asked for only with another value of a variable.
        either([&] { supposing(here->doubt, here->variable, [&] { evaluate(right); }); }, [] {});
        return choose(std::move(results));
    }
    either([&] { results.push_back(evaluate(right)); }, [] {});
    // In `variable or default` it is the right side that is the default.
    const bool addsSomething = std::ranges::any_of(
        alternativesOf(results.back()), [this](const Value &one) { return !one.asUnknown() && !addsNothing(one); });
    if (isOr && here && addsSomething) {
        for (Value &one : results) {
            const OpenReason *why = one.asUnknown();
            if (!why || why->doubt != Doubt::EmptyDefault)
                continue;
            OpenReason other = *why;
            other.doubt = Doubt::OtherValue;
            one = Value::unknown(std::move(other), one.place);
        }
    }
    return choose(std::move(results));
}

Value Interpreter::evaluateConditional(Node expression)
{
    const std::vector<Node> parts = expression.children(); // value if condition else other
    if (parts.size() != 3)
        return unknown(place(expression), "this cannot be parsed");
    const Value condition = evaluate(parts[1]);
    std::vector<Value> results;
    branch(condition, [&] { results.push_back(evaluate(parts[0])); }, [&] { results.push_back(evaluate(parts[2])); });
    if (results.empty())
        return unknown(place(expression), "the settings take too long to evaluate");
    return choose(std::move(results));
}

} // namespace nuages::python
