#include "engine/project/libraries/reading/interpreter.h"

#include <ranges>

namespace nuages::project::reading {

using python::Field;
using python::Kind;
using python::Node;

Value Interpreter::define(Node definition, Scope &scope)
{
    switch (definition.kind()) {
    case Kind::FunctionDefinition:
        return defineFunction(definition, scope);
    case Kind::ClassDefinition:
        return defineClass(definition, scope);
    case Kind::DecoratedDefinition:
        return decorate(definition, scope);
    default:
        return {};
    }
}

Value Interpreter::defineFunction(Node definition, Scope &scope)
{
    auto *function = m_arena.make<Function>();
    function->definition = definition;
    function->name = definition.child(Field::Name).text();
    function->scope = scope.ofClass ? (scope.outer ? scope.outer : scope.module) : &scope;
    return function;
}

Value Interpreter::defineClass(Node definition, Scope &scope)
{
    auto *type = m_arena.make<Class>();
    type->definition = definition;
    type->name = definition.child(Field::Name).text();
    type->scope = &scope;
    type->body.module = scope.module;
    type->body.ofClass = true;
    Scope *around = scope.ofClass ? scope.outer : &scope;
    type->body.outer = around == scope.module ? nullptr : around;
    for (const Node base : definition.child(Field::Superclasses).children()) {
        if (base.is(Kind::KeywordArgument))
            type->hasMetaclass = type->hasMetaclass || base.child(Field::Name).text() == "metaclass";
        else
            type->bases.push_back(evaluate(base, scope));
    }
    for (const Value &base : type->bases) {
        const Class *parent = base.object<Class>();
        type->hasMetaclass = type->hasMetaclass || (parent && parent->hasMetaclass);
    }
    Frame frame{type->body, {}, nullptr};
    Path *const path = std::exchange(m_path, nullptr);
    runBlock(definition.child(Field::Body), frame);
    m_path = path;
    for (auto &[name, value] : type->body.names) {
        const BoundMethod *wrapped = value.object<BoundMethod>();
        Function *function = value.object<Function>() ? value.object<Function>()
            : wrapped                                 ? wrapped->function.object<Function>()
                                                      : nullptr;
        if (function && !function->owner && function->definition)
            function->owner = type;
    }
    return type;
}

Value Interpreter::decorate(Node decorated, Scope &scope)
{
    const std::vector<Node> children = decorated.children();
    std::vector<Value> decorators;
    for (const Node child : children) {
        if (child.is(Kind::Decorator))
            decorators.push_back(evaluate(child.children().empty() ? Node() : child.children().front(), scope));
    }
    const Node definition = decorated.child(Field::Definition);
    if (scope.module == &scope && scope.module->state == ModuleScope::State::Executed) {
        // One of the decorators is of a library, which has executed the module meanwhile.
        const auto found = scope.names.find(definition.child(Field::Name).text());
        if (found != scope.names.end())
            return found->second;
    }
    Value value = define(definition, scope);
    const Function *const own = value.object<Function>();
    std::size_t at = decorators.size();
    for (const Value &decorator : decorators | std::views::reverse) {
        --at;
        Arguments arguments;
        arguments.positional.push_back(value);
        const Value result = call(decorator, std::move(arguments), children[at], scope);
        if (!result.isUnknown()) {
            value = result;
        } else if (const Function *inner = value.object<Function>()) {
            // What a decorator that cannot be read returns has, by all custom, the name of what it got; unless that is
            // the inner function of another decorator, where it is mostly a kind of functools.wraps.
            auto *opaque = m_arena.make<Function>(*inner);
            opaque->opaque = true;
            opaque->mayBeRenamed = inner->mayBeRenamed || &scope != scope.module;
            value = opaque;
        }
        Function *function = value.object<Function>();
        if (function && function != own && function->mayBeRenamed)
            function->name = definition.child(Field::Name).text(); // the best guess
    }
    return value;
}

} // namespace nuages::project::reading
