#include "engine/project/libraries/reading/interpreter.h"

#include <algorithm>

namespace nuages::project::reading {

using python::Node;

namespace {

constexpr std::int64_t rangeLimit = 256;

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names)
{
    return std::ranges::find(names, name) != names.end();
}

} // namespace

Value Interpreter::callExternal(const External &external, Arguments &arguments, Node at, Scope &scope)
{
    const std::string &path = external.path;
    const auto &positional = arguments.positional;
    const Value first = positional.empty() ? Value() : positional.front();

    if (path == "django.template.Library") {
        auto *library = m_arena.make<LibraryObject>();
        library->home = scope.module;
        return library;
    }
    if (path == "django.template.base.token_kwargs" || path == "django.template.library.parse_bits") {
        if (m_path)
            m_path->compiles = true;
        return path.ends_with("parse_bits") ? makeList({Value(), Value()}) : Value();
    }
    if (path == "django.template.base.FilterExpression") {
        if (m_path)
            m_path->compiles = true;
        return {};
    }
    if (path == "functools.partial" || path == "functools.partialmethod") {
        auto *partial = m_arena.make<Partial>();
        partial->function = first;
        partial->arguments = arguments;
        if (!partial->arguments.positional.empty())
            partial->arguments.positional.erase(partial->arguments.positional.begin());
        return partial;
    }
    if (path == "functools.wraps" || isOneOf(path, {"staticmethod", "classmethod", "property"})) {
        auto *marked = m_arena.make<BoundMethod>();
        if (path == "functools.wraps") {
            marked->self = first;
            marked->name = "wraps";
        } else {
            marked->self = external;
            marked->function = first;
        }
        return marked;
    }
    if (path == "functools.update_wrapper" && positional.size() >= 2) {
        BoundMethod wraps{positional[1], Value(), "wraps"};
        Arguments wrapper;
        wrapper.positional.push_back(first);
        return callMethod(wraps, wrapper, at, scope);
    }
    if (path == "str")
        return first.as<Text>() ? first : Value();
    if (path == "len") {
        const List *list = iterate(first);
        return list && !list->open ? Value(static_cast<std::int64_t>(list->items.size())) : Value();
    }
    if (isOneOf(path, {"list", "tuple", "set", "frozenset", "sorted", "reversed", "iter"})) {
        const List *list = positional.empty() ? m_arena.make<List>() : iterate(first);
        List *copy = list ? m_arena.make<List>(*list) : m_arena.make<List>(std::vector<Value>(), true);
        if (path == "reversed")
            callList(*copy, "reverse", {});
        else if (path == "sorted")
            sort(*copy, arguments);
        copy->isShuffled = copy->isShuffled || path.ends_with("set");
        return copy;
    }
    if (path == "dict") {
        auto *dict = m_arena.make<Dict>();
        callDict(*dict, "update", arguments);
        return dict;
    }
    if (path == "zip" || path == "enumerate") {
        std::vector<List *> lists;
        for (const Value &value : positional)
            lists.push_back(iterate(value));
        if (lists.empty() || std::ranges::contains(lists, nullptr))
            return makeList({}, true);
        std::size_t shortest = lists.front()->items.size();
        bool isOpen = false;
        for (const List *list : path == "zip" ? lists : std::vector{lists.front()}) {
            shortest = list->isShuffled ? 0 : std::min(shortest, list->items.size());
            isOpen = isOpen || list->open || list->isShuffled;
        }
        std::vector<Value> rows;
        for (std::size_t i = 0; i < shortest; ++i) {
            std::vector<Value> row;
            if (path == "enumerate")
                row.push_back(positional.size() == 1 && arguments.named.empty() ? Value(static_cast<std::int64_t>(i))
                                                                                : Value());
            for (const List *list : path == "zip" ? lists : std::vector{lists.front()})
                row.push_back(list->items[i]);
            rows.push_back(makeList(std::move(row)));
        }
        return makeList(std::move(rows), isOpen);
    }
    if (path == "range") {
        const auto *end = positional.size() == 1 ? first.as<std::int64_t>() : nullptr;
        std::vector<Value> items;
        for (std::int64_t i = 0; end && i < *end && *end <= rangeLimit; ++i)
            items.emplace_back(i);
        return makeList(std::move(items), !end || *end > rangeLimit);
    }
    if (path == "getattr" && positional.size() >= 2) {
        if (!positional[1].text())
            return {};
        const Value found = attribute(first, *positional[1].text());
        return found.isUnknown() && positional.size() == 3 && !first.isUnknown() ? positional[2] : found;
    }
    if (path == "setattr" && positional.size() == 3) {
        if (positional[1].text())
            setAttribute(first, *positional[1].text(), positional[2], at, scope);
        else
            setAnyAttribute(first);
        if (positional[1].text() || first.object<Function>())
            return NoneValue{};
    }
    if (path == "callable") {
        if (first.object<Function>() || first.object<Class>() || first.object<Partial>() || first.object<BoundMethod>()
            || first.object<Compiler>())
            return true;
        return first.as<Text>() || first.isNone() ? Value(false) : Value();
    }
    if (path == "isinstance" && positional.size() == 2) {
        const auto *type = positional[1].as<External>();
        const bool isKnown = first.as<Text>() || first.object<List>() || first.isNone() || first.object<Function>();
        if (type && isKnown && isOneOf(type->path, {"str", "list", "dict"}))
            return type->path == "str" ? first.as<Text>() != nullptr : Value();
        return {};
    }
    if (path == "importlib.import_module" || path == "django.utils.module_loading.import_string") {
        const std::string *dotted = first.text();
        if (!dotted || dotted->starts_with('.'))
            return {};
        if (path == "importlib.import_module")
            return importModule(*dotted);
        const std::size_t dot = dotted->rfind('.');
        return dot == dotted->npos ? Value()
                                   : importName(dotted->substr(0, dot), dotted->substr(dot + 1)).value_or(Value());
    }
    if (isOneOf(path, {"exec", "eval", "execfile"})) {
        // It sees the names around it.
        for (auto &[name, value] : scope.module->names) {
            if (LibraryObject *library = load(value).object<LibraryObject>())
                leaveOpen(*library, at, scope, "text that is run here may register anything");
        }
    }
    if (isOneOf(path,
                {"print", "isinstance", "issubclass", "hasattr", "getattr", "type", "repr", "id", "bool", "vars"}))
        return {};
    escape(arguments, at, scope, path);
    return {};
}

} // namespace nuages::project::reading
