#include "engine/project/libraries/reading/interpreter.h"

#include <algorithm>

namespace nuages::project::reading {

using python::Node;

namespace {

bool isGiven(const Value *value) { return value && !value->isNone(); }

} // namespace

void Interpreter::leaveOpen(LibraryObject &library, Node at, Scope &scope, std::string why)
{
    if (m_path)
        return; // what a tag does when it is compiled is not a registration
    OpenReason reason{scope.module->path, at.line(), std::move(why)};
    if (!std::ranges::contains(library.open, reason))
        library.open.push_back(std::move(reason));
}

void Interpreter::openIfRenamed(LibraryObject &library, const Value &function, Node at, Scope &scope)
{
    if (mayBeRenamed(function))
        leaveOpen(library, at, scope, "the function registered here may have another name");
}

void Interpreter::registerName(LibraryObject &library, Table::Kind kind, const std::string &name, const Value &value,
                               Node at, Scope &scope)
{
    if (m_path)
        return;
    auto &names = kind == Table::Kind::Tags ? library.tags : library.filters;
    names.insert_or_assign(name, Registration{value, scope.module->path, at.line()});
}

Value Interpreter::callLibrary(LibraryObject &library, const std::string &method, const Arguments &arguments, Node at,
                               Scope &scope)
{
    const auto later = [&](std::string finish, Arguments kept) {
        return Value(m_arena.make<Decorator>(&library, std::move(finish), std::move(kept)));
    };
    const auto register_ = [&](Table::Kind kind, const Value &function, const std::optional<std::string> &name) {
        if (name)
            registerName(library, kind, *name, function, at, scope);
        else
            leaveOpen(library, at, scope, "the name of what is registered here cannot be read");
        return function;
    };
    const auto registerByName = [&](Table::Kind kind, const Value &function) {
        openIfRenamed(library, function, at, scope);
        return register_(kind, function, nameOf(function));
    };
    if (method == "tag" || method == "filter") {
        const Table::Kind kind = method == "tag" ? Table::Kind::Tags : Table::Kind::Filters;
        const Value *name = arguments.find("name", 0);
        const Value *function = arguments.find(method == "tag" ? "compile_function" : "filter_func", 1);
        if (!isGiven(function)) {
            if (!isGiven(name))
                return later(method, {});
            if (!name->as<Text>() && nameOf(*name))
                return registerByName(kind, *name);
            if (!name->text()) // What it is called, or what is called so.
                leaveOpen(library, at, scope, "the name of what is registered here cannot be read");
            return later(method, arguments);
        }
        return register_(kind, *function, isGiven(name) && name->text() ? std::optional(*name->text()) : std::nullopt);
    }
    if (method == "tag_function" || method == "filter_function") {
        const Value function = arguments.positional.empty() ? Value() : arguments.positional.front();
        return registerByName(method == "tag_function" ? Table::Kind::Tags : Table::Kind::Filters, function);
    }
    if (method == "simple_tag" || method == "assignment_tag" || method == "simple_block_tag") {
        const Value *function = arguments.find("func", 0);
        if (!isGiven(function))
            return later(method, arguments);
        Arguments target;
        target.positional.push_back(*function);
        return callDecorator({&library, method, arguments}, target, at, scope);
    }
    if (method == "inclusion_tag")
        return later(method, arguments);
    leaveOpen(library, at, scope, "the library's method " + method + " cannot be read");
    return later("nothing", {});
}

/// The second call: `register.tag("x")(function)`.
Value Interpreter::callDecorator(const Decorator &decorator, const Arguments &arguments, Node at, Scope &scope)
{
    const Value function = arguments.positional.empty() ? Value() : arguments.positional.front();
    LibraryObject &library = *decorator.library;
    const std::string &method = decorator.method;
    if (method == "nothing")
        return function;
    const bool isFilter = method == "filter";
    const bool isPlain = isFilter || method == "tag";
    const Value *name = isPlain ? decorator.arguments.find("name", 0)
                                : decorator.arguments.find("name", method == "inclusion_tag" ? 3 : 2);
    std::optional<std::string> known;
    if (isGiven(name)) {
        known = name->text() ? std::optional(*name->text()) : std::nullopt;
    } else {
        known = nameOf(function);
        openIfRenamed(library, function, at, scope);
    }
    if (!known) {
        leaveOpen(library, at, scope, "the name of what is registered here cannot be read");
        return function;
    }
    if (isPlain) {
        registerName(library, isFilter ? Table::Kind::Filters : Table::Kind::Tags, *known, function, at, scope);
        return function;
    }
    auto *compiler = m_arena.make<Compiler>();
    compiler->function = function;
    compiler->kind = method == "inclusion_tag" ? Compiler::Kind::Inclusion
        : method == "simple_block_tag"         ? Compiler::Kind::SimpleBlock
                                               : Compiler::Kind::Simple;
    if (compiler->kind == Compiler::Kind::SimpleBlock) {
        const Value *closer = decorator.arguments.find("end_name", 3);
        if (!isGiven(closer))
            compiler->closer = "end" + *known;
        else if (closer->text())
            compiler->closer = *closer->text();
    }
    registerName(library, Table::Kind::Tags, *known, compiler, at, scope);
    return function;
}

Value Interpreter::callTable(const Table &table, const std::string &method, const Arguments &arguments, Node at,
                             Scope &scope)
{
    auto &names = table.kind == Table::Kind::Tags ? table.library->tags : table.library->filters;
    if (method == "update") {
        if (!arguments.positional.empty())
            mergeTable(table, arguments.positional.front(), at, scope);
        for (const auto &[name, value] : arguments.named)
            registerName(*table.library, table.kind, name, value, at, scope);
        if (arguments.open)
            leaveOpen(*table.library, at, scope, "the names registered here cannot be read");
        return NoneValue{};
    }
    auto *copy = m_arena.make<Dict>();
    for (const auto &[name, registration] : names)
        copy->set(Text{name}, &registration);
    copy->open = !table.library->open.empty();
    if (method == "pop" && !arguments.positional.empty() && arguments.positional.front().text() && !m_path) {
        const auto found = names.find(*arguments.positional.front().text());
        if (found == names.end())
            return {};
        const Value taken = found->second.value;
        names.erase(found);
        return taken;
    }
    if (method == "setdefault" && arguments.positional.size() == 2) {
        if (const std::string *name = arguments.positional.front().text(); name && !names.contains(*name))
            registerName(*table.library, table.kind, *name, arguments.positional[1], at, scope);
        else if (!name)
            leaveOpen(*table.library, at, scope, "the name of what is registered here cannot be read");
    }
    return callDict(*copy, method, arguments);
}

void Interpreter::mergeTable(const Table &table, const Value &other, Node at, Scope &scope)
{
    auto *dict = m_arena.make<Dict>();
    Arguments arguments;
    arguments.positional.push_back(other);
    callDict(*dict, "update", arguments);
    for (const auto &[key, value] : dict->entries) {
        if (const std::string *name = key.text())
            registerName(*table.library, table.kind, *name, value, at, scope);
        else
            dict->open = true;
    }
    if (!dict->open || m_path)
        return;
    const auto *from = other.as<Table>();
    if (from && from->library != table.library)
        std::ranges::copy(from->library->open, std::back_inserter(table.library->open));
    else
        leaveOpen(*table.library, at, scope, "the names registered here cannot be read");
}

} // namespace nuages::project::reading
