#include "engine/project/libraries/reading/externals.h"
#include "engine/project/libraries/reading/interpreter.h"
#include "engine/project/searchpath.h"
#include "engine/python/findmodule.h"
#include "engine/python/outline.h"
#include "engine/source/files.h"

#include <algorithm>

namespace nuages::project::reading {

using python::Field;
using python::Kind;
using python::Node;

namespace {

/// Where the parser stumbled first.
std::uint32_t errorLine(Node broken)
{
    for (;;) {
        const std::vector<Node> children = broken.children();
        const auto inner = std::ranges::find_if(children, &Node::hasError);
        if (inner == children.end())
            return broken.line();
        broken = *inner;
    }
}

/// What stands before the last dot.
std::string packageOf(const std::string &dotted)
{
    const std::size_t dot = dotted.rfind('.');
    return dot == dotted.npos ? std::string() : dotted.substr(0, dot);
}

/// The names that a target binds: `a`, `a, (b, *c)`; not `a.b` or `a[0]`.
void boundNames(Node target, std::vector<std::string> &names, int depth = 0)
{
    if (target.is(Kind::Identifier)) {
        names.emplace_back(target.text());
        return;
    }
    const bool isList = target.is(Kind::PatternList) || target.is(Kind::TuplePattern) || target.is(Kind::ListPattern)
        || target.is(Kind::ListSplatPattern) || target.is(Kind::ParenthesizedExpression) || target.is(Kind::Tuple)
        || target.is(Kind::ExpressionList) || target.is(Kind::AsPatternTarget);
    if (!isList || depth > 8)
        return;
    for (const Node child : target.children())
        boundNames(child, names, depth + 1);
}

std::string importedAs(Node name)
{
    if (name.is(Kind::AliasedImport))
        return std::string(name.child(Field::Alias).text());
    return std::string(name.text());
}

std::string importedName(Node name)
{
    return std::string(name.is(Kind::AliasedImport) ? name.child(Field::Name).text() : name.text());
}

constexpr std::size_t nameCircleLimit = 32;
constexpr int wildcardDepth = 4; // modules that import everything of each other

} // namespace

Interpreter::Interpreter(query::Reader &db, Project project)
    : m_db(db), m_project(project), m_searchPath(db.get<SearchPath>(project))
{
}

ModuleScope &Interpreter::moduleOf(source::File file, std::string path)
{
    if (const auto found = m_modules.find(path); found != m_modules.end())
        return *found->second;
    auto *module = m_arena.make<ModuleScope>();
    m_modules.emplace(path, module);
    module->file = file;
    module->name = moduleName(m_searchPath, path);
    module->package = path.ends_with("/__init__.py") ? module->name : packageOf(module->name);
    module->path = std::move(path);
    module->module = module;
    module->root = m_db.get<python::ModuleOutline>(file).tree.root();
    indexBindings(*module, module->root, 0);
    return *module;
}

void Interpreter::indexBindings(ModuleScope &module, Node block, int depth)
{
    if (depth > 16)
        return;
    const auto bindTo = [&module](const std::string &name, Node statement) {
        module.bindings[name].push_back(statement);
    };
    for (const Node statement : block.children()) {
        std::vector<std::string> names;
        switch (statement.kind()) {
        case Kind::FunctionDefinition:
        case Kind::ClassDefinition:
            bindTo(std::string(statement.child(Field::Name).text()), statement);
            break;
        case Kind::DecoratedDefinition:
            bindTo(std::string(statement.child(Field::Definition).child(Field::Name).text()), statement);
            break;
        case Kind::ExpressionStatement:
            for (Node inner : statement.children()) {
                for (; inner.is(Kind::Assignment); inner = inner.child(Field::Right)) {
                    if (inner.child(Field::Right))
                        boundNames(inner.child(Field::Left), names);
                }
            }
            break;
        case Kind::ImportStatement:
            for (const Node imported : statement.children(Field::Name)) {
                const std::string as = importedAs(imported);
                bindTo(as.substr(0, as.find('.')), statement);
            }
            break;
        case Kind::ImportFromStatement:
            for (const Node imported : statement.children(Field::Name))
                bindTo(importedAs(imported), statement);
            if (std::ranges::any_of(statement.children(), [](Node n) { return n.is(Kind::WildcardImport); }))
                module.wildcards.push_back(statement);
            break;
        case Kind::ForStatement:
            boundNames(statement.child(Field::Left), names);
            [[fallthrough]];
        case Kind::IfStatement:
        case Kind::ElifClause:
        case Kind::ElseClause:
        case Kind::TryStatement:
        case Kind::ExceptClause:
        case Kind::FinallyClause:
        case Kind::WithStatement:
        case Kind::WhileStatement:
        case Kind::Block:
            indexBindings(module, statement, depth + 1);
            break;
        default:
            break;
        }
        for (const std::string &name : names)
            bindTo(name, statement);
    }
}

ModuleScope &Interpreter::scopeOf(source::File file)
{
    return moduleOf(file, m_db.read<&source::FileData::path>(file));
}

ModuleScope &Interpreter::execute(source::File file)
{
    ModuleScope &module = scopeOf(file);
    runTop(module);
    return module;
}

void Interpreter::runTop(ModuleScope &module)
{
    if (module.state != ModuleScope::State::Lazy)
        return;
    module.state = ModuleScope::State::Executing;
    if (module.root.hasError())
        m_broken.push_back({module.path, errorLine(module.root), "the module has a syntax error"});
    Path *const path = std::exchange(m_path, nullptr); // a module is never executed along a path
    const bool raised = std::exchange(m_raised, false);
    const bool inTry = std::exchange(m_inTry, false);
    Frame frame{module, {}, nullptr};
    for (const Node statement : module.root.children())
        runStatement(statement, frame);
    m_path = path;
    m_raised = raised;
    m_inTry = inTry;
    module.state = ModuleScope::State::Executed;
}

ModuleScope *Interpreter::moduleAt(std::string_view dotted, bool &exists)
{
    const auto location = python::findModule(m_db, m_searchPath, dotted);
    exists = location.has_value() || python::isStandardModule(dotted.substr(0, dotted.find('.')));
    if (!location || !location->isReadable())
        return nullptr;
    return &moduleOf(source::fileAt(m_db, location->file), location->file);
}

Value Interpreter::importModule(const std::string &dotted)
{
    bool exists = false;
    if (ModuleScope *module = moduleAt(dotted, exists))
        return module;
    return External{dotted};
}

std::optional<Value> Interpreter::importName(const std::string &module, const std::string &name)
{
    const std::string full = module + "." + name;
    if (const std::string_view known = knownExternal(full); !known.empty())
        return External{std::string(known)};
    bool exists = false;
    ModuleScope *scope = moduleAt(module, exists);
    if (scope) {
        Value found = lookUp(*scope, name);
        if (!found.isUnknown() || scope->bindings.contains(name))
            return found;
    }
    bool isModule = false;
    if (ModuleScope *submodule = moduleAt(full, isModule))
        return submodule;
    if (scope)
        return scope->wildcards.empty() && !scope->names.contains(name) ? std::nullopt : std::optional(Value());
    return exists ? std::optional<Value>(External{full}) : std::nullopt;
}

Value Interpreter::load(Value value)
{
    if (const Import *import = value.object<Import>()) {
        if (import->name.empty())
            return importModule(import->module);
        return importName(import->module, import->name).value_or(External{import->module + "." + import->name});
    }
    return value;
}

Value Interpreter::lookUp(ModuleScope &module, std::string_view name)
{
    if (const auto found = module.names.find(name); found != module.names.end()) {
        if (found->second.object<Import>()) {
            const Value loaded = load(found->second);
            module.names.insert_or_assign(std::string(name), loaded); // the map may have changed in between
            return loaded;
        }
        return found->second;
    }
    if (module.state != ModuleScope::State::Lazy && module.wildcards.empty())
        return {};
    const std::string key(name);
    if (std::ranges::contains(module.beingResolved, key) || module.beingResolved.size() > nameCircleLimit)
        return {};
    module.beingResolved.push_back(key);
    Path *const path = std::exchange(m_path, nullptr);
    const bool raised = std::exchange(m_raised, false);
    Value value;
    const auto binding = module.bindings.find(name);
    if (module.state == ModuleScope::State::Lazy && binding != module.bindings.end()) {
        value = resolve(module, key, binding->second);
    } else if (!key.starts_with('_')) {
        for (auto wildcard = module.wildcards.rbegin(); wildcard != module.wildcards.rend() && value.isUnknown();
             ++wildcard) {
            const auto from = python::absoluteModuleName(module.package, wildcard->child(Field::ModuleName).text());
            bool exists = false;
            if (ModuleScope *source = from ? moduleAt(*from, exists) : nullptr; source && source != &module)
                value = lookUp(*source, name);
        }
    }
    m_path = path;
    m_raised = raised;
    std::erase(module.beingResolved, key);
    // Asking for a Library executes its module, which may have given the name a better value meanwhile.
    if (const auto executed = module.names.find(name); executed != module.names.end())
        return load(executed->second);
    if (!value.isUnknown())
        module.names.emplace(key, value);
    return value;
}

/// Of several bindings the last one counts; but where they stand in branches, the first that can be read.
Value Interpreter::resolve(ModuleScope &module, const std::string &name, const std::vector<Node> &statements)
{
    const bool plain =
        std::ranges::all_of(statements, [&module](Node statement) { return statement.parent() == module.root; });
    if (plain)
        return bind(module, name, statements.back());
    Value best;
    for (const Node statement : statements) {
        Value value = bind(module, name, statement);
        if (!value.isUnknown() && !value.isNone() && !value.as<External>())
            return value;
        if (best.isUnknown())
            best = std::move(value);
    }
    return best;
}

Value Interpreter::bind(ModuleScope &module, const std::string &name, Node statement)
{
    switch (statement.kind()) {
    case Kind::FunctionDefinition:
    case Kind::ClassDefinition:
    case Kind::DecoratedDefinition:
        return define(statement, module);
    case Kind::ImportStatement:
    case Kind::ImportFromStatement: {
        for (const Node imported : statement.children(Field::Name)) {
            const std::string as = importedAs(imported);
            if (statement.is(Kind::ImportStatement)) {
                if (as.substr(0, as.find('.')) == name)
                    return importModule(imported.is(Kind::AliasedImport) ? importedName(imported) : name);
            } else if (as == name) {
                const auto from = python::absoluteModuleName(module.package, statement.child(Field::ModuleName).text());
                return from ? load(m_arena.make<Import>(*from, importedName(imported))) : Value();
            }
        }
        return {};
    }
    case Kind::ExpressionStatement: {
        Scope scratch;
        scratch.module = &module;
        const auto inner = statement.children();
        if (inner.size() != 1 || !inner.front().is(Kind::Assignment))
            return {};
        Node value = inner.front();
        while (value.is(Kind::Assignment))
            value = value.child(Field::Right);
        const Value result = evaluate(value, module);
        if (result.object<LibraryObject>() && module.state == ModuleScope::State::Lazy) {
            runTop(module);
            const auto executed = module.names.find(name);
            return executed == module.names.end() ? Value() : executed->second;
        }
        for (Node target = inner.front(); target.is(Kind::Assignment); target = target.child(Field::Right))
            assign(target.child(Field::Left), result, scratch);
        const auto found = scratch.names.find(name);
        return found == scratch.names.end() ? Value() : found->second;
    }
    default:
        return {};
    }
}

Value Interpreter::name(Scope &scope, std::string_view name)
{
    for (Scope *at = &scope; at; at = at->outer) {
        if (const auto found = at->names.find(name); found != at->names.end())
            return found->second.object<Import>() ? found->second = load(found->second) : found->second;
    }
    const bool isKnown = scope.module->names.contains(name) || scope.module->bindings.contains(name);
    if (isKnown || !scope.module->wildcards.empty()) {
        if (Value value = lookUp(*scope.module, name); isKnown || !value.isUnknown())
            return value;
    }
    if (name == "__name__")
        return Text{scope.module->name};
    if (name == "__package__")
        return Text{scope.module->package};
    return External{std::string(name)}; // one of Python's own, or nothing
}

/// Binds the names that `from x import *` brings: those of __all__, else all that do not start with "_".
void Interpreter::bindWildcard(const std::string &from, Scope &scope, int depth)
{
    bool exists = false;
    ModuleScope *module = moduleAt(from, exists);
    if (!module || module == scope.module)
        return; // its names are looked for when they are asked for, in vain
    const auto listed = module->bindings.contains("__all__") ? iterate(lookUp(*module, "__all__")) : nullptr;
    if (listed && !listed->open) {
        for (const Value &name : std::vector<Value>(listed->items)) {
            if (name.text())
                scope.names.insert_or_assign(*name.text(), m_arena.make<Import>(from, *name.text()));
        }
        return;
    }
    for (const auto &[name, ignored] : module->bindings) {
        if (!name.starts_with('_'))
            scope.names.insert_or_assign(name, m_arena.make<Import>(from, name));
    }
    for (const Node wildcard : module->wildcards) {
        const auto inner = python::absoluteModuleName(module->package, wildcard.child(Field::ModuleName).text());
        if (inner && *inner != from && depth < wildcardDepth)
            bindWildcard(*inner, scope, depth + 1);
    }
}

Interpreter::Flow Interpreter::runImport(Node statement, Scope &scope)
{
    for (const Node imported : statement.children(Field::Name)) {
        const std::string module = importedName(imported);
        bool exists = false;
        if (m_inTry && (moduleAt(module, exists), !exists))
            return Flow::Raise;
        const std::string as = importedAs(imported);
        const std::size_t dot = as.find('.');
        const std::string bound = imported.is(Kind::AliasedImport) ? module : as.substr(0, dot);
        scope.names.insert_or_assign(as.substr(0, dot), m_arena.make<Import>(bound, std::string()));
    }
    return Flow::Normal;
}

Interpreter::Flow Interpreter::runImportFrom(Node statement, Scope &scope)
{
    const auto from = python::absoluteModuleName(scope.module->package, statement.child(Field::ModuleName).text());
    if (!from)
        return Flow::Normal;
    bool exists = false;
    if (m_inTry && (moduleAt(*from, exists), !exists))
        return Flow::Raise;
    const bool isWildcard =
        std::ranges::any_of(statement.children(), [](Node child) { return child.is(Kind::WildcardImport); });
    if (isWildcard && &scope == scope.module)
        bindWildcard(*from, scope);
    for (const Node imported : statement.children(Field::Name)) {
        const std::string name = importedName(imported);
        Value value = m_arena.make<Import>(*from, name);
        if (m_inTry) {
            const auto found = importName(*from, name);
            if (!found)
                return Flow::Raise;
            value = *found;
        }
        scope.names.insert_or_assign(importedAs(imported), value);
    }
    return Flow::Normal;
}

} // namespace nuages::project::reading
