#include "engine/python/functions.h"
#include "engine/python/interpreter.h"

#include <algorithm>

namespace nuages::python {

Arguments Interpreter::evaluateArguments(Node list, Place where)
{
    Arguments arguments;
    arguments.place = where;
    if (list.is(Kind::GeneratorExpression)) {
        arguments.positional.push_back(evaluate(list));
        return arguments;
    }
    for (const Node argument : list.children()) {
        if (!isRunning())
            break;
        const std::vector<Node> inner = argument.children();
        if (argument.is(Kind::KeywordArgument)) {
            arguments.keywords.emplace_back(argument.child(Field::Name).text(), evaluate(argument.child(Field::Value)));
        } else if (argument.is(Kind::ListSplat) && !inner.empty()) {
            const Value value = evaluate(inner.front());
            for (const Item &item : elements(value, where)) {
                if (item.count == Count::One)
                    arguments.positional.push_back(item.value);
                else
                    arguments.unread.push_back(item.value);
            }
        } else if (argument.is(Kind::DictionarySplat) && !inner.empty()) {
            const Value value = evaluate(inner.front());
            const auto *dictionary = m_heap.as<Dictionary>(value);
            if (!dictionary) {
                arguments.unread.push_back(value);
                continue;
            }
            for (const Entry &entry : dictionary->entries) {
                if (entry.key.asText() && entry.isCertain)
                    arguments.keywords.emplace_back(*entry.key.asText(), entry.value);
                else
                    arguments.unread.push_back(entry.value);
            }
            if (!dictionary->open.empty())
                arguments.unread.push_back({Value::Unknown{dictionary->open.front()}, where});
        } else {
            arguments.positional.push_back(evaluate(argument));
        }
    }
    return arguments;
}

Value Interpreter::evaluateCall(Node call)
{
    const Node function = call.child(Field::Function);
    const Node list = call.child(Field::Arguments);
    const Place here = place(call);
    if (function.is(Kind::Attribute)) {
        const Value object = evaluate(function.child(Field::Object));
        const std::string name(function.child(Field::Attribute).text());
        const Arguments arguments = evaluateArguments(list, here);
        if (!isRunning())
            return unknown(here, "this path ends here");
        return forEach(object, [&](const Value &one) { return callMethod(one, name, arguments); });
    }
    const Value callee = evaluate(function);
    const Arguments arguments = evaluateArguments(list, here);
    if (!isRunning())
        return unknown(here, "this path ends here");
    return forEach(callee, [&](const Value &one) { return this->call(one, arguments); });
}

Value Interpreter::call(const Value &callee, const Arguments &arguments)
{
    if (const std::string *symbol = callee.asSymbol()) {
        const std::string name = *symbol;
        return callSymbol(name, arguments);
    }
    if (const auto *function = m_heap.as<Function>(callee)) {
        const Function copy = *function;
        return callFunction(copy, arguments);
    }
    if (callee.asPath() && !arguments.positional.empty()) // environ.Path is called to join
        return binary("/", callee, arguments.positional.front(), arguments.place);
    return callUnreadable(callee, arguments);
}

// What a callee that is not read gets hold of, it may change.
Value Interpreter::callUnreadable(const Value &callee, const Arguments &arguments)
{
    std::string why = "the function called here cannot be read";
    if (const OpenReason *known = callee.asUnknown())
        why = known->why;
    else if (const auto *cls = m_heap.as<Class>(callee))
        why = "an object of class " + cls->name + " is not followed";
    const OpenReason *known = callee.asUnknown();
    const bool isElsewhere = known && known->doubt != Doubt::Unread; // then the variable's line is the one to be named
    const Value result = isElsewhere ? unknownLike(callee, arguments.place) : unknown(arguments.place, std::move(why));
    for (const Value &argument : arguments.all())
        open(argument, sharedReasonOf(result));
    return result;
}

Value Interpreter::callSymbol(const std::string &name, const Arguments &arguments)
{
    if (isEnvironmentReader(name))
        return readEnvironment(name, arguments);
    if (constexpr std::string_view environ = "os.environ."; name.starts_with(environ)) {
        if (const auto result = environMethod(name.substr(environ.size()), arguments))
            return *result;
    }
    if (const KnownFunction *known = knownFunction(name)) {
        const auto result = known->run(*this, arguments);
        if (result)
            return *result;
    }
    // Functions of Python itself and of packages known by name leave their arguments as they are.
    return Value::symbol(name + "()", arguments.place);
}

Value Interpreter::callFunction(const Function &function, const Arguments &arguments, std::optional<Value> self)
{
    if (m_calls >= m_limits.calls || m_depth + 5 >= m_limits.depth)
        return callUnreadable(unknown(arguments.place, "functions call each other too deeply"), arguments);
    ++m_calls;
    m_depth += 5;
    Exit returns;
    Frame frame;
    frame.file = function.file;
    frame.module = function.module;
    frame.scopes = function.scopes;
    const ObjectId scope = create(Dictionary{});
    frame.scopes.insert(frame.scopes.begin(), scope);
    frame.returns = &returns;
    bindParameters(function, arguments, std::move(self), scope);
    Frame *outer = std::exchange(m_frame, &frame);
    const bool suffices = runForeign(m_files[function.file], [&] {
        if (!function.body.is(Kind::Block)) {
            returns.values.push_back(evaluate(function.body));
            return;
        }
        runBlock(function.body);
        if (m_alive)
            returns.values.push_back(Value::none(arguments.place));
    });
    m_frame = outer;
    --m_calls;
    m_depth -= 5;
    resume(returns);
    if (!suffices)
        return callUnreadable(
            unknown(arguments.place, "the function " + function.name + " cannot be followed to its end"), arguments);
    if (function.body.text().contains("yield"))
        return unknown(arguments.place, "the generator " + function.name + " is not followed");
    return returns.values.empty() ? unknown(arguments.place, "the function " + function.name + " does not return")
                                  : choose(std::move(returns.values));
}

void Interpreter::bindParameters(const Function &function, const Arguments &arguments, std::optional<Value> self,
                                 ObjectId scope)
{
    std::vector<Value> positional = arguments.positional;
    if (self)
        positional.insert(positional.begin(), *self);
    std::vector<std::pair<std::string, Value>> keywords = arguments.keywords;
    std::size_t next = 0;
    bool onlyKeywords = false;
    Dictionary locals;
    for (const Node parameter : function.parameters.children()) {
        Node name = parameter;
        if (parameter.is(Kind::DefaultParameter) || parameter.is(Kind::TypedDefaultParameter))
            name = parameter.child(Field::Name);
        else if (parameter.is(Kind::TypedParameter) && !parameter.children().empty())
            name = parameter.children().front();
        const Place here{function.file, parameter.line()};
        if (name.is(Kind::KeywordSeparator)) {
            onlyKeywords = true;
            continue;
        }
        if (name.is(Kind::ListSplatPattern) || name.is(Kind::DictionarySplatPattern)) {
            const std::string bound(name.children().empty() ? std::string_view() : name.children().front().text());
            if (name.is(Kind::ListSplatPattern)) {
                std::vector<Item> rest;
                for (; next < positional.size(); ++next)
                    rest.push_back({positional[next]});
                for (const Value &unread : arguments.unread)
                    rest.push_back({unread, Count::Many});
                locals.set(bound, makeSequence(Sequence::Kind::Tuple, std::move(rest), here), here);
                onlyKeywords = true;
            } else {
                Dictionary rest;
                for (const auto &[keyword, value] : keywords)
                    rest.set(keyword, value, here);
                for (const Value &unread : arguments.unread)
                    rest.addOpen(sharedReasonOf(unread));
                locals.set(bound, Value::object(create(std::move(rest)), here), here);
            }
            continue;
        }
        if (!name.is(Kind::Identifier))
            continue;
        const std::string bound(name.text());
        const auto keyword = std::ranges::find(keywords, bound, &std::pair<std::string, Value>::first);
        const auto fallback = std::ranges::find(function.defaults, bound, &std::pair<std::string, Value>::first);
        if (!onlyKeywords && next < positional.size()) {
            locals.set(bound, positional[next++], here);
        } else if (keyword != keywords.end()) {
            locals.set(bound, keyword->second, here);
            keywords.erase(keyword);
        } else if (!arguments.unread.empty()) {
            locals.set(bound, unknownLike(arguments.unread.front(), here), here);
        } else if (fallback != function.defaults.end()) {
            locals.set(bound, fallback->second, here);
        } else {
            locals.set(bound, unknown(arguments.place, "the argument " + bound + " is missing"), here);
        }
    }
    m_heap.put(scope, std::move(locals));
}

Value Interpreter::classAttribute(const Class &cls, const std::string &name, Place place, int depth)
{
    if (const Entry *entry = peekNames(cls.scope).find(name))
        return resolve(entry->value, place);
    constexpr int deepest = 10;
    if (depth < deepest) {
        for (const Value &base : cls.bases) {
            const auto *parent = m_heap.as<Class>(base);
            if (!parent) {
                if (!base.isKnown())
                    return unknownLike(base, place);
                continue;
            }
            const Class copy = *parent;
            const Value found = classAttribute(copy, name, place, depth + 1);
            if (!found.asUnknown())
                return found;
        }
    }
    return unknown(place, "the class " + cls.name + " has no " + name);
}

} // namespace nuages::python
