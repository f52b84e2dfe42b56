#include "engine/project/libraries/reading/interpreter.h"
#include "engine/python/strings.h"

#include <charconv>

namespace nuages::project::reading {

using python::Field;
using python::Kind;
using python::Node;

namespace {

constexpr int nestingLimit = 200;

/// As str() would give it; nullopt if it cannot be told. What is missing at the end of a text stays missing.
std::optional<Text> asText(const Value &value)
{
    if (const auto *text = value.as<Text>())
        return *text;
    if (const auto *number = value.as<std::int64_t>())
        return Text{std::to_string(*number)};
    return std::nullopt;
}

Value integer(std::string_view digits)
{
    std::int64_t number = 0;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return result.ec == std::errc() && result.ptr == digits.data() + digits.size() ? Value(number) : Value();
}

} // namespace

Value Interpreter::makeList(std::vector<Value> items, bool isOpen, bool isShuffled)
{
    auto *list = m_arena.make<List>();
    list->items = std::move(items);
    list->open = isOpen;
    list->isShuffled = isShuffled;
    return list;
}

Value Interpreter::evaluate(Node expression, Scope &scope)
{
    if (m_raised || !step() || m_depth > nestingLimit)
        return {};
    ++m_depth;
    Value value = evaluateKnown(expression, scope);
    --m_depth;
    return value;
}

Value Interpreter::evaluateKnown(Node expression, Scope &scope)
{
    switch (expression.kind()) {
    case Kind::Identifier:
        return name(scope, expression.text());
    case Kind::Attribute:
        return attribute(evaluate(expression.child(Field::Object), scope),
                         std::string(expression.child(Field::Attribute).text()));
    case Kind::Call:
        return evaluateCall(expression, scope);
    case Kind::Subscript:
        return evaluateSubscript(expression, scope);
    case Kind::String:
    case Kind::ConcatenatedString:
        return evaluateString(expression, scope);
    case Kind::Integer:
        return integer(expression.text());
    case Kind::True:
        return true;
    case Kind::False:
        return false;
    case Kind::None:
        return NoneValue{};
    case Kind::List:
    case Kind::Tuple:
    case Kind::Set:
    case Kind::ExpressionList:
        return evaluateList(expression, scope);
    case Kind::Dictionary:
        return evaluateDict(expression, scope);
    case Kind::ListComprehension:
    case Kind::SetComprehension:
    case Kind::GeneratorExpression:
    case Kind::DictionaryComprehension:
        return evaluateComprehension(expression, scope);
    case Kind::ParenthesizedExpression:
    case Kind::Await: {
        const auto inner = expression.children();
        return inner.empty() ? Value() : evaluate(inner.front(), scope);
    }
    case Kind::NamedExpression: {
        const Value value = evaluate(expression.child(Field::Value), scope);
        assign(expression.child(Field::Name), value, scope);
        return value;
    }
    case Kind::ConditionalExpression: {
        const auto parts = expression.children(); // value, condition, other value
        if (parts.size() != 3)
            return {};
        const std::optional<bool> known = truth(evaluate(parts[1], scope));
        if (known)
            return evaluate(parts[*known ? 0 : 2], scope);
        if (m_path)
            return evaluate(parts[m_path->choose(2) == 1 ? 2 : 0], scope);
        Value first = evaluate(parts[0], scope);
        const Value second = evaluate(parts[2], scope);
        if (first == second)
            return first;
        for (const Value &either : {first, second}) { // what it registers, if it does, nobody can say
            const auto *method = either.object<BoundMethod>();
            if (LibraryObject *library = method ? method->self.object<LibraryObject>() : nullptr)
                leaveOpen(*library, expression, scope, "which method registers here depends on a condition");
        }
        return {};
    }
    case Kind::Lambda: {
        auto *function = m_arena.make<Function>();
        function->definition = expression;
        function->name = "<lambda>";
        function->scope = scope.ofClass ? (scope.outer ? scope.outer : scope.module) : &scope;
        return function;
    }
    case Kind::NotOperator: {
        const std::optional<bool> known = truth(evaluate(expression.child(Field::Argument), scope));
        return known ? Value(!*known) : Value();
    }
    case Kind::UnaryOperator: {
        const Value value = evaluate(expression.child(Field::Argument), scope);
        const auto *number = value.as<std::int64_t>();
        return number && expression.text().starts_with('-') ? Value(-*number) : Value();
    }
    case Kind::BooleanOperator:
        return evaluateBoolean(expression, scope);
    case Kind::ComparisonOperator:
        return evaluateComparison(expression, scope);
    case Kind::BinaryOperator: {
        const Value left = evaluate(expression.child(Field::Left), scope);
        const Value right = evaluate(expression.child(Field::Right), scope);
        const std::string_view sign = expression.child(Field::Operator).text();
        return sign == "+" || sign == "|" ? add(left, right) : sign == "%" ? format(left, right) : Value();
    }
    default:
        return {};
    }
}

Value Interpreter::evaluateString(Node expression, Scope &scope)
{
    const auto parts = python::stringParts(expression);
    if (!parts)
        return {};
    Text whole;
    for (const python::StringPart &part : *parts) {
        std::optional<Text> text = Text{part.text};
        if (part.expression)
            text = asText(evaluate(part.expression, scope));
        if (!text || whole.rest != Text::Rest::Nothing)
            return {};
        whole.text += text->text;
        whole.rest = text->rest;
    }
    return whole;
}

Value Interpreter::evaluateList(Node expression, Scope &scope)
{
    std::vector<Value> items;
    bool isOpen = false;
    bool isShuffled = expression.is(Kind::Set);
    for (const Node element : expression.children()) {
        isShuffled = isShuffled || isOpen; // what follows stands somewhere behind
        if (!element.is(Kind::ListSplat)) {
            items.push_back(evaluate(element, scope));
            continue;
        }
        const auto inner = element.children();
        const List *more = iterate(inner.empty() ? Value() : evaluate(inner.front(), scope));
        if (more)
            items.insert(items.end(), more->items.begin(), more->items.end());
        isOpen = isOpen || !more || more->open;
        isShuffled = isShuffled || (more && more->isShuffled);
    }
    return makeList(std::move(items), isOpen, isShuffled);
}

Value Interpreter::evaluateDict(Node expression, Scope &scope)
{
    auto *dict = m_arena.make<Dict>();
    for (const Node element : expression.children()) {
        if (element.is(Kind::Pair)) {
            const Value key = evaluate(element.child(Field::Key), scope);
            Value value = evaluate(element.child(Field::Value), scope);
            if (key.isUnknown())
                dict->open = true;
            else
                dict->set(key, std::move(value));
        } else if (element.is(Kind::DictionarySplat)) {
            Arguments arguments;
            const auto inner = element.children();
            arguments.positional.push_back(inner.empty() ? Value() : evaluate(inner.front(), scope));
            callDict(*dict, "update", arguments);
        }
    }
    return dict;
}

Value Interpreter::evaluateComprehension(Node expression, Scope &scope)
{
    auto *inner = m_arena.make<Scope>();
    inner->outer = scope.ofClass || &scope == scope.module ? nullptr : &scope;
    inner->module = scope.module;
    std::vector<Node> clauses;
    for (const Node child : expression.children()) {
        if (child.is(Kind::ForInClause) || child.is(Kind::IfClause))
            clauses.push_back(child);
    }
    Value result = expression.is(Kind::DictionaryComprehension)
        ? Value(m_arena.make<Dict>())
        : makeList({}, false, expression.is(Kind::SetComprehension));
    runComprehension(clauses, 0, expression.child(Field::Body), *inner, result);
    return result;
}

void Interpreter::runComprehension(const std::vector<Node> &clauses, std::size_t at, Node body, Scope &scope,
                                   Value &result)
{
    List *list = result.object<List>();
    Dict *dict = result.object<Dict>();
    const auto leaveOpen = [&] {
        (list ? list->open : dict->open) = true;
        if (list)
            list->isShuffled = true; // items that are known may follow
    };
    if (!step()) {
        leaveOpen();
    } else if (at == clauses.size()) {
        if (list) {
            list->items.push_back(evaluate(body, scope));
        } else {
            const Value key = evaluate(body.child(Field::Key), scope);
            if (key.isUnknown())
                leaveOpen();
            else
                dict->set(key, evaluate(body.child(Field::Value), scope));
        }
    } else if (clauses[at].is(Kind::IfClause)) {
        const auto condition = clauses[at].children();
        const std::optional<bool> known = truth(condition.empty() ? Value() : evaluate(condition.front(), scope));
        if (!known)
            leaveOpen();
        else if (*known)
            runComprehension(clauses, at + 1, body, scope, result);
    } else {
        const List *items = iterate(evaluate(clauses[at].child(Field::Right), scope));
        if (!items || items->open)
            leaveOpen();
        if (!items)
            return;
        if (list && items->isShuffled)
            list->isShuffled = true;
        const std::vector<Value> known = items->items; // the list may change while it is gone through
        for (const Value &value : known) {
            assign(clauses[at].child(Field::Left), value, scope);
            runComprehension(clauses, at + 1, body, scope, result);
        }
    }
}

Value Interpreter::evaluateSubscript(Node expression, Scope &scope)
{
    const Value object = evaluate(expression.child(Field::Value), scope);
    const Node key = expression.child(Field::Subscript);
    if (key.is(Kind::Slice))
        return slice(object, key, scope);
    return item(object, evaluate(key, scope));
}

Value Interpreter::evaluateCall(Node expression, Scope &scope)
{
    const Node function = expression.child(Field::Function);
    if (function.is(Kind::Identifier) && function.text() == "super") {
        // `super()`: the classes behind the one whose method is running.
        for (Scope *at = &scope; at; at = at->outer) {
            const auto self = at->names.find("__super__");
            if (self != at->names.end())
                return self->second;
        }
        return {};
    }
    const Value callee = evaluate(function, scope);
    Arguments arguments = evaluateArguments(expression.child(Field::Arguments), scope);
    if (m_raised)
        return {};
    return call(callee, std::move(arguments), expression, scope);
}

Arguments Interpreter::evaluateArguments(Node list, Scope &scope)
{
    Arguments arguments;
    if (list.is(Kind::GeneratorExpression)) {
        arguments.positional.push_back(evaluate(list, scope));
        return arguments;
    }
    for (const Node argument : list.children()) {
        if (argument.is(Kind::KeywordArgument)) {
            arguments.named.emplace_back(argument.child(Field::Name).text(),
                                         evaluate(argument.child(Field::Value), scope));
        } else if (argument.is(Kind::ListSplat)) {
            const auto inner = argument.children();
            const List *more = iterate(inner.empty() ? Value() : evaluate(inner.front(), scope));
            if (more)
                arguments.positional.insert(arguments.positional.end(), more->items.begin(), more->items.end());
            arguments.open = arguments.open || !more || more->open;
        } else if (argument.is(Kind::DictionarySplat)) {
            const auto inner = argument.children();
            const Value more = inner.empty() ? Value() : evaluate(inner.front(), scope);
            const Dict *dict = more.object<Dict>();
            for (const auto &[key, value] : dict ? dict->entries : std::vector<std::pair<Value, Value>>()) {
                if (key.text())
                    arguments.named.emplace_back(*key.text(), value);
            }
            arguments.open = arguments.open || !dict || dict->open;
        } else {
            arguments.positional.push_back(evaluate(argument, scope));
        }
    }
    return arguments;
}

} // namespace nuages::project::reading
