#include "engine/project/libraries/reading/interpreter.h"
#include "engine/python/findmodule.h"
#include "engine/python/outline.h"

#include <algorithm>
#include <ranges>

namespace nuages::project::reading {

using python::Field;
using python::Kind;
using python::Node;

namespace {

constexpr std::size_t callLimit = 24; // calls inside calls; deeper ones are Unknown
constexpr int escapeDepth = 3; // lists in lists that are searched for a parser or library

Node nameOfParameter(Node parameter)
{
    if (parameter.is(Kind::Identifier))
        return parameter;
    if (const Node name = parameter.child(Field::Name))
        return name; // with a default
    const auto children = parameter.children();
    return children.empty() ? Node() : nameOfParameter(children.front()); // typed, or with a star
}

Node splatOf(Node parameter)
{
    if (parameter.is(Kind::TypedParameter)) {
        const auto children = parameter.children();
        return children.empty() ? Node() : splatOf(children.front());
    }
    return parameter.is(Kind::ListSplatPattern) || parameter.is(Kind::DictionarySplatPattern) ? parameter : Node();
}

} // namespace

Value Interpreter::call(const Value &callee, Arguments arguments, Node at, Scope &scope)
{
    Value result;
    ++m_callStack;
    if (m_callStack > callLimit) {
        escape(arguments, at, scope, "a function called too deep inside others");
    } else if (Function *function = callee.object<Function>()) {
        result = callFunction(*function, std::move(arguments), at, scope);
    } else if (Class *type = callee.object<Class>()) {
        result = callClass(*type, std::move(arguments), at, scope);
    } else if (const BoundMethod *method = callee.object<BoundMethod>()) {
        result = callMethod(*method, arguments, at, scope);
    } else if (const auto *external = callee.as<External>()) {
        result = callExternal(*external, arguments, at, scope);
    } else if (const Decorator *decorator = callee.object<Decorator>()) {
        result = callDecorator(*decorator, arguments, at, scope);
    } else if (const Partial *partial = callee.object<Partial>()) {
        Arguments all = partial->arguments;
        std::ranges::copy(arguments.positional, std::back_inserter(all.positional));
        std::ranges::copy(arguments.named, std::back_inserter(all.named));
        result = call(partial->function, std::move(all), at, scope);
    } else if (const auto *registration = callee.as<const Registration *>()) {
        result = call((*registration)->value, std::move(arguments), at, scope);
    } else if (callee.object<Compiler>()) {
        if (m_path)
            m_path->compiles = true; // a simple tag has no body
    } else if (const Instance *instance = callee.object<Instance>();
               const auto caller = instance ? findInClass(*instance->type, "__call__") : std::nullopt) {
        arguments.positional.insert(arguments.positional.begin(), callee);
        result = call(*caller, std::move(arguments), at, scope);
    } else {
        escape(arguments, at, scope, "a function that cannot be read");
    }
    --m_callStack;
    return result;
}

Value Interpreter::callFunction(Function &function, Arguments arguments, Node at, Scope &scope)
{
    if (function.opaque || !function.definition) {
        escape(arguments, at, scope, "a function with a decorator that cannot be read");
        return {};
    }
    const Node body = bodyOf(function);
    if (!body) {
        escape(arguments, at, scope, "a function whose body cannot be read");
        return {};
    }
    auto *inner = m_arena.make<Scope>();
    inner->module = function.scope->module;
    inner->outer = function.scope == function.scope->module ? nullptr : function.scope;
    if (function.owner && !arguments.positional.empty())
        inner->names["__super__"] = m_arena.make<Super>(function.owner, arguments.positional.front());
    bindParameters(function, std::move(arguments), *inner);
    if (function.definition.is(Kind::Lambda))
        return evaluate(body, *inner);

    Frame frame{*inner, {}, &function};
    const int depth = std::exchange(m_depth, 0);
    const bool inTry = std::exchange(m_inTry, false);
    const Flow flow = runBlock(body, frame);
    m_depth = depth;
    m_inTry = inTry;
    if (flow == Flow::Raise)
        m_raised = true;
    if (frame.returned.empty())
        return NoneValue{};
    if (body.text().contains("yield"))
        return makeList({}, true);
    // Of a module's union of branches, one value that is not None is the one that matters.
    Value result;
    bool several = false;
    for (const Value &value : frame.returned) {
        if (value.isNone() || value == result)
            continue;
        several = several || !result.isUnknown();
        result = value;
    }
    if (result.isUnknown() && std::ranges::all_of(frame.returned, &Value::isNone))
        return NoneValue{};
    return several ? Value() : result;
}

/// The null node if it cannot be read.
Node Interpreter::bodyOf(const Function &function)
{
    if (function.definition.is(Kind::Lambda))
        return function.definition.child(Field::Body);
    return python::bodyOf(m_db, function.scope->module->file, function.definition);
}

void Interpreter::bindParameters(Function &function, Arguments arguments, Scope &callScope)
{
    std::size_t next = 0;
    std::vector<std::string> names;
    bool onlyNamed = false;
    for (const Node parameter : function.definition.child(Field::Parameters).children()) {
        if (parameter.is(Kind::KeywordSeparator)) {
            onlyNamed = true;
            continue;
        }
        if (parameter.is(Kind::PositionalSeparator))
            continue;
        const std::string name(nameOfParameter(parameter).text());
        names.push_back(name);
        const Node splat = splatOf(parameter);
        if (splat.is(Kind::ListSplatPattern)) {
            std::vector<Value> rest;
            for (; next < arguments.positional.size(); ++next)
                rest.push_back(arguments.positional[next]);
            callScope.names[name] = makeList(std::move(rest), arguments.open);
            onlyNamed = true;
            continue;
        }
        if (splat.is(Kind::DictionarySplatPattern)) {
            auto *rest = m_arena.make<Dict>();
            for (const auto &[key, value] : arguments.named) {
                if (!std::ranges::contains(names, key))
                    rest->set(Text{key}, value);
            }
            rest->open = arguments.open;
            callScope.names[name] = rest;
            continue;
        }
        const auto named = std::ranges::find(arguments.named, name, &std::pair<std::string, Value>::first);
        if (!onlyNamed && next < arguments.positional.size())
            callScope.names[name] = arguments.positional[next++];
        else if (named != arguments.named.end())
            callScope.names[name] = named->second;
        else if (const Node value = parameter.child(Field::Value); value && !arguments.open)
            callScope.names[name] = evaluate(value, *function.scope);
        else
            callScope.names[name] = Value();
    }
}

Value Interpreter::callClass(Class &type, Arguments arguments, Node at, Scope &scope)
{
    Value self;
    if (derivesFrom(type, "django.template.Library")) {
        auto *library = m_arena.make<LibraryObject>();
        library->type = &type;
        library->home = scope.module;
        self = library;
    } else {
        auto *instance = m_arena.make<Instance>();
        instance->type = &type;
        self = instance;
    }
    const auto construct = findInClass(type, "__init__");
    if (type.hasMetaclass || findInClass(type, "__new__") || (!construct && hasUnknownBase(type)))
        escape(arguments, at, scope, "a class that cannot be read");
    if (construct) {
        arguments.positional.insert(arguments.positional.begin(), self);
        call(*construct, std::move(arguments), at, scope);
    }
    return self;
}

Value Interpreter::callMethod(const BoundMethod &method, Arguments &arguments, Node at, Scope &scope)
{
    if (!method.function.isUnknown()) {
        if (method.self.as<External>()) // a staticmethod or classmethod called from inside its class
            return call(method.function, std::move(arguments), at, scope);
        arguments.positional.insert(arguments.positional.begin(), method.self);
        return call(method.function, std::move(arguments), at, scope);
    }
    if (LibraryObject *library = method.self.object<LibraryObject>())
        return callLibrary(*library, method.name, arguments, at, scope);
    if (const auto *table = method.self.as<Table>())
        return callTable(*table, method.name, arguments, at, scope);
    if (method.self.as<ParserValue>())
        return callParser(method.name, arguments);
    if (method.self.as<ParserTokens>()) {
        if (m_path && method.name == "pop")
            return nextToken();
        if (m_path)
            m_path->unreadable = true;
        return {};
    }
    if (TokenObject *token = method.self.object<TokenObject>())
        return method.name == "contents" ? Value(m_arena.make<BoundMethod>(method)) : callToken(*token, method.name);
    if (const auto *text = method.self.as<Text>())
        return callText(*text, method.name, arguments);
    if (List *list = method.self.object<List>())
        return callList(*list, method.name, arguments);
    if (Dict *dict = method.self.object<Dict>())
        return callDict(*dict, method.name, arguments);
    if (method.name == "wraps" && !arguments.positional.empty()) {
        // functools.wraps(self)(function)
        if (Function *wrapper = arguments.positional.front().object<Function>()) {
            if (const auto name = nameOf(method.self))
                wrapper->name = *name;
            wrapper->mayBeRenamed = !nameOf(method.self) || mayBeRenamed(method.self);
            wrapper->wrapped = method.self.object<Function>();
        }
        return arguments.positional.front();
    }
    escape(arguments, at, scope, "a method that cannot be read");
    return {};
}

void Interpreter::escape(const Arguments &arguments, Node at, Scope &scope, std::string_view callee)
{
    for (const Value &value : arguments.positional)
        escape(value, at, scope, callee, 0);
    for (const auto &[name, value] : arguments.named)
        escape(value, at, scope, callee, 0);
    // What gets two functions may give one the name of the other, as functools.update_wrapper does.
    const auto isFunction = [](const Value &value) { return value.object<Function>() != nullptr; };
    if (std::ranges::count_if(arguments.positional, isFunction) > 1)
        std::ranges::for_each(arguments.positional | std::views::filter(isFunction),
                              [](const Value &value) { value.object<Function>()->mayBeRenamed = true; });
}

void Interpreter::escape(const Value &value, Node at, Scope &scope, std::string_view callee, int depth)
{
    if (LibraryObject *library = value.object<LibraryObject>()) {
        leaveOpen(*library, at, scope, "the library is passed to " + std::string(callee));
    } else if (const auto *table = value.as<Table>()) {
        leaveOpen(*table->library, at, scope, "the library is passed to " + std::string(callee));
    } else if ((value.as<ParserValue>() || value.as<ParserTokens>()) && m_path) {
        m_path->unreadable = true;
    } else if (const List *list = value.object<List>(); list && depth < escapeDepth) {
        for (const Value &item : list->items)
            escape(item, at, scope, callee, depth + 1);
    } else if (const Dict *dict = value.object<Dict>(); dict && depth < escapeDepth) {
        for (const auto &[key, item] : dict->entries)
            escape(item, at, scope, callee, depth + 1);
    }
}

bool Interpreter::mayBeRenamed(const Value &function)
{
    if (const Function *known = function.object<Function>())
        return known->mayBeRenamed;
    const auto *external = function.as<External>();
    const std::size_t dot = external ? external->path.find('.') : std::string::npos;
    return dot != std::string::npos && !python::isStandardModule(external->path.substr(0, dot));
}

/// The __name__ as far as it is known; the best guess where that mayBeRenamed().
std::optional<std::string> Interpreter::nameOf(const Value &function)
{
    if (const Function *known = function.object<Function>())
        return known->name;
    if (const auto *external = function.as<External>())
        return external->path.substr(external->path.rfind('.') + 1); // npos + 1 is 0
    const Value name = attribute(function, "__name__");
    return name.text() ? std::optional(*name.text()) : std::nullopt;
}

} // namespace nuages::project::reading
