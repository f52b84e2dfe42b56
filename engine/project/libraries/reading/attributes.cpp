#include "engine/project/libraries/reading/externals.h"
#include "engine/project/libraries/reading/interpreter.h"

#include <algorithm>

namespace nuages::project::reading {

using python::Field;
using python::Node;

namespace {

constexpr int baseDepthLimit = 16;

/// The content of an item of a list counted from the front, or from the back if nothing is missing there.
std::optional<std::size_t> indexIn(const List &list, std::int64_t index)
{
    if (list.isShuffled)
        return std::nullopt;
    if (index < 0) {
        if (list.open)
            return std::nullopt;
        index += static_cast<std::int64_t>(list.items.size());
    }
    if (index < 0 || static_cast<std::size_t>(index) >= list.items.size())
        return std::nullopt;
    return static_cast<std::size_t>(index);
}

bool isMarked(const Value &value, std::string_view decorator)
{
    const BoundMethod *method = value.object<BoundMethod>();
    const auto *external = method ? method->self.as<External>() : nullptr;
    return external && external->path == decorator;
}

bool isLibraryMethod(std::string_view name)
{
    static constexpr std::string_view names[] = {"tag",        "tag_function",   "filter",        "filter_function",
                                                 "simple_tag", "assignment_tag", "inclusion_tag", "simple_block_tag"};
    return std::ranges::contains(names, name);
}

} // namespace

std::optional<Value> Interpreter::findInClass(const Class &type, const std::string &name, int depth)
{
    if (const auto found = type.body.names.find(name); found != type.body.names.end())
        return load(found->second);
    if (depth > baseDepthLimit)
        return std::nullopt;
    for (const Value &base : type.bases) {
        const Class *parent = base.object<Class>();
        if (auto found = parent ? findInClass(*parent, name, depth + 1) : std::nullopt)
            return found;
    }
    return std::nullopt;
}

bool Interpreter::hasUnknownBase(const Class &type, int depth) const
{
    if (depth > baseDepthLimit)
        return true;
    return std::ranges::any_of(type.bases, [&](const Value &base) {
        if (const Class *parent = base.object<Class>())
            return hasUnknownBase(*parent, depth + 1);
        const auto *external = base.as<External>();
        return !external || !isHarmlessBase(external->path);
    });
}

bool Interpreter::derivesFrom(const Class &type, std::string_view externalBase, int depth) const
{
    return depth <= baseDepthLimit && std::ranges::any_of(type.bases, [&](const Value &base) {
               if (const Class *parent = base.object<Class>())
                   return derivesFrom(*parent, externalBase, depth + 1);
               const auto *external = base.as<External>();
               return external && external->path == externalBase;
           });
}

Value Interpreter::bindMethod(const Value &found, const Value &self, Class *type)
{
    if (isMarked(found, "staticmethod"))
        return found.object<BoundMethod>()->function;
    if (isMarked(found, "classmethod")) {
        auto *method = m_arena.make<BoundMethod>();
        method->self = type;
        method->function = found.object<BoundMethod>()->function;
        return method;
    }
    if (isMarked(found, "property")) {
        Arguments arguments;
        arguments.positional.push_back(self);
        return call(found.object<BoundMethod>()->function, std::move(arguments), Node(), type->body);
    }
    const bool isOfInstance = self.object<Instance>() || self.object<LibraryObject>();
    if (isOfInstance && found.object<Function>()) {
        auto *method = m_arena.make<BoundMethod>();
        method->self = self;
        method->function = found;
        return method;
    }
    return found;
}

/// The __name__ of a class; a class of classytags is called by its attribute `name`, or by its own name in lower case.
/// Source: classytags/core.py, TagMeta, and classytags/utils.py, get_default_name.
Value Interpreter::classNameOf(const Class &type)
{
    if (!derivesFrom(type, "classytags.core.Tag"))
        return type.hasMetaclass ? Value() : Value(Text{type.name});
    const auto own = type.body.names.find("name");
    if (own != type.body.names.end())
        return own->second;
    std::string name;
    for (const char c : type.name) {
        const bool isUpper = c >= 'A' && c <= 'Z';
        if (isUpper && !name.empty())
            name += '_';
        name += static_cast<char>(isUpper ? c - 'A' + 'a' : c);
    }
    return Text{name};
}

Value Interpreter::attribute(const Value &object, const std::string &name)
{
    const auto builtInOf = [&](const Value &self) {
        auto *method = m_arena.make<BoundMethod>();
        method->self = self;
        method->name = name;
        return Value(method);
    };
    if (ModuleScope *module = object.object<ModuleScope>())
        return importName(module->name, name).value_or(Value());
    if (const auto *external = object.as<External>()) {
        const std::string path = external->path + "." + name;
        const std::string_view known = knownExternal(path);
        return External{known.empty() ? path : std::string(known)};
    }
    if (Class *type = object.object<Class>()) {
        if (name == "__name__")
            return classNameOf(*type);
        const auto found = findInClass(*type, name);
        return found ? bindMethod(*found, object, type) : Value();
    }
    if (Instance *instance = object.object<Instance>()) {
        if (name == "__class__")
            return instance->type;
        if (const auto found = instance->attributes.find(name); found != instance->attributes.end())
            return found->second;
        const auto found = findInClass(*instance->type, name);
        return found ? bindMethod(*found, object, instance->type) : Value();
    }
    if (LibraryObject *library = object.object<LibraryObject>()) {
        if (name == "tags" || name == "filters")
            return Table{library, name == "tags" ? Table::Kind::Tags : Table::Kind::Filters};
        if (library->type) {
            if (const auto found = findInClass(*library->type, name))
                return bindMethod(*found, object, library->type);
        }
        return isLibraryMethod(name) || !library->type || !hasUnknownBase(*library->type) ? builtInOf(object) : Value();
    }
    if (Function *function = object.object<Function>()) {
        if (name == "__name__")
            return function->mayBeRenamed ? Value() : Value(Text{function->name});
        if (name == "__wrapped__" && function->wrapped)
            return function->wrapped;
        return {};
    }
    if (const Super *super = object.object<Super>()) {
        for (const Value &base : super->type->bases) {
            Class *parent = base.object<Class>();
            if (const auto found = parent ? findInClass(*parent, name) : std::nullopt)
                return bindMethod(*found, super->self, parent);
        }
        return super->self.object<LibraryObject>() && isLibraryMethod(name) ? builtInOf(super->self) : Value();
    }
    if (const BoundMethod *method = object.object<BoundMethod>()) {
        if (name == "__name__") {
            const Function *function = method->function.object<Function>();
            return function ? attribute(method->function, name) : Value();
        }
        return method->name == "contents" ? object : Value(); // `contents.strip()` and the like of a raw token
    }
    if (object.as<ParserValue>() && name == "tokens")
        return ParserTokens{};
    if (const TokenObject *token = object.object<TokenObject>()) {
        if (name == "contents" && token->kind != TokenObject::Kind::Raw)
            return Text{token->word,
                        token->kind == TokenObject::Kind::Stop ? Text::Rest::Ignored : Text::Rest::Unknown};
        return name == "contents" || name == "split_contents" ? builtInOf(object) : Value();
    }
    if (object.as<Text>() || object.object<List>() || object.object<Dict>() || object.as<Table>()
        || object.as<ParserValue>() || object.as<ParserTokens>())
        return builtInOf(object);
    return {};
}

void Interpreter::setAttribute(const Value &object, const std::string &name, const Value &value, Node at, Scope &scope)
{
    if (Instance *instance = object.object<Instance>()) {
        instance->attributes.insert_or_assign(name, value);
    } else if (Class *type = object.object<Class>()) {
        type->body.names.insert_or_assign(name, value);
    } else if (Function *function = object.object<Function>()) {
        if (name == "__name__") {
            function->mayBeRenamed = !value.text();
            function->name = value.text() ? *value.text() : function->name;
        }
    } else if (LibraryObject *library = object.object<LibraryObject>(); library && !m_path) {
        if (name != "tags" && name != "filters")
            return;
        const Table table{library, name == "tags" ? Table::Kind::Tags : Table::Kind::Filters};
        mergeTable(table, value, at, scope);
    } else if (ModuleScope *module = object.object<ModuleScope>()) {
        if (!m_path)
            module->names.insert_or_assign(name, value);
    } else if (object.as<ParserValue>() && m_path && name == "tokens") {
        m_path->unreadable = true;
    }
}

/// Sets an attribute of which the name is not known, which may be any.
void Interpreter::setAnyAttribute(const Value &object)
{
    if (Function *function = object.object<Function>())
        function->mayBeRenamed = true;
    else if (Class *type = object.object<Class>())
        type->hasMetaclass = true; // as little is known of it
}

List *Interpreter::iterate(const Value &value)
{
    if (List *list = value.object<List>())
        return list;
    List *keys = nullptr;
    if (const Dict *dict = value.object<Dict>()) {
        keys = m_arena.make<List>();
        for (const auto &[key, ignored] : dict->entries)
            keys->items.push_back(key);
        keys->open = dict->open;
    } else if (const auto *table = value.as<Table>()) {
        keys = m_arena.make<List>();
        for (const auto &[name, ignored] :
             table->kind == Table::Kind::Tags ? table->library->tags : table->library->filters)
            keys->items.emplace_back(Text{name});
        keys->open = !table->library->open.empty();
    } else if (const auto *external = value.as<External>();
               external && external->path == "functools.WRAPPER_ASSIGNMENTS") {
        keys = m_arena.make<List>();
        keys->items.emplace_back(Text{"__name__"}); // Of all that are in it, what matters here.
    }
    return keys;
}

Value Interpreter::item(const Value &object, const Value &key)
{
    const auto *index = key.as<std::int64_t>();
    if (const List *list = object.object<List>()) {
        const auto at = index ? indexIn(*list, *index) : std::nullopt;
        return at ? list->items[*at] : Value();
    }
    if (const Dict *dict = object.object<Dict>()) {
        const Value *found = dict->find(key);
        return found ? *found : Value();
    }
    if (const auto *table = object.as<Table>()) {
        const auto &names = table->kind == Table::Kind::Tags ? table->library->tags : table->library->filters;
        const auto found = key.text() ? names.find(*key.text()) : names.end();
        return found == names.end() ? Value() : Value(&found->second);
    }
    if (object.as<ParserTokens>() && m_path) {
        // The next token, looked at but not taken.
        if (m_path->waiting && !m_path->stops.empty())
            return m_arena.make<TokenObject>(TokenObject::Kind::Stop, m_path->stops.back().chosen);
        return m_arena.make<TokenObject>(TokenObject::Kind::Raw, std::string());
    }
    return {};
}

void Interpreter::setItem(const Value &object, const Value &key, const Value &value, Node at, Scope &scope)
{
    if (Dict *dict = object.object<Dict>()) {
        if (key.isUnknown())
            dict->open = true;
        else
            dict->set(key, value);
    } else if (List *list = object.object<List>()) {
        const auto *index = key.as<std::int64_t>();
        if (const auto place = index ? indexIn(*list, *index) : std::nullopt)
            list->items[*place] = value;
        else
            list->open = true;
    } else if (const auto *table = object.as<Table>(); table && !m_path) {
        if (key.text())
            registerName(*table->library, table->kind, *key.text(), value, at, scope);
        else
            leaveOpen(*table->library, at, scope, "a name registered here cannot be read");
    }
}

Value Interpreter::slice(const Value &object, Node slice, Scope &scope)
{
    // The bounds have no field names, so the colons tell which is which.
    const std::string_view text = slice.text();
    const auto parts = slice.children();
    std::int64_t from = 0;
    std::optional<std::int64_t> to;
    const std::size_t colon = text.find(':');
    for (const Node part : parts) {
        const Value value = evaluate(part, scope);
        const auto *number = value.as<std::int64_t>();
        if (!number)
            return object.object<List>() ? makeList({}, true) : Value();
        if (part.range().begin - slice.range().begin < colon)
            from = *number;
        else if (!to)
            to = *number;
        else
            return object.object<List>() ? makeList({}, true) : Value(); // a step
    }
    const List *list = object.object<List>();
    if (!list)
        return {};
    if (list->isShuffled)
        return makeList({}, true);
    const auto size = static_cast<std::int64_t>(list->items.size());
    if ((from < 0 || (to && *to < 0)) && list->open)
        return from < 0
            ? makeList({}, true)
            : makeList(std::vector<Value>(list->items.begin() + std::min(from, size), list->items.end()), true);
    const auto clamp = [size](std::int64_t at) { return std::clamp(at < 0 ? at + size : at, std::int64_t(0), size); };
    const std::int64_t begin = clamp(from);
    const std::int64_t end = to ? std::max(begin, clamp(*to)) : size;
    const bool isOpen = list->open && (!to || *to > size);
    return makeList(std::vector<Value>(list->items.begin() + begin, list->items.begin() + end), isOpen);
}

} // namespace nuages::project::reading
