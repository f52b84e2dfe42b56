#include "engine/python/functions.h"
#include "engine/python/interpreter.h"
#include "engine/python/paths.h"

#include <algorithm>

namespace nuages::python {

Value Interpreter::callMethod(const Value &object, const std::string &name, const Arguments &arguments)
{
    if (const std::string *symbol = object.asSymbol()) {
        if (*symbol == "os.environ") {
            if (const auto result = environMethod(name, arguments))
                return *result;
        }
        const Value method = attribute(object, name, arguments.place);
        return forEach(method, [&](const Value &one) { return call(one, arguments); });
    }
    static constexpr std::string_view readers[] = {"read", "read_text", "read_bytes", "decode", "open", "__enter__"};
    if ((object.asFile() || object.asForm()) && std::ranges::contains(readers, name))
        return object;
    std::optional<Value> result;
    if (object.asFile()) {
        constexpr std::size_t longest = 1 << 16;
        std::string text = m_surroundings.read(*object.asFile());
        if (text.size() < longest && m_surroundings.kindOf(*object.asFile()) == PathKind::File)
            result = textMethod(Value::text(std::move(text), object.place), name, arguments);
    } else if (object.asText()) {
        result = textMethod(object, name, arguments);
    } else if (object.asPath()) {
        result = pathMethod(object, name, arguments);
    } else if (m_heap.as<Sequence>(object)) {
        result = listMethod(*object.asObject(), name, arguments);
    } else if (m_heap.as<Dictionary>(object)) {
        result = dictionaryMethod(*object.asObject(), name, arguments);
    } else if (m_heap.as<Module>(object) || m_heap.as<Class>(object)) {
        const Value callee = attribute(object, name, arguments.place);
        return isRunning() ? forEach(callee, [&](const Value &one) { return call(one, arguments); }) : callee;
    }
    if (result)
        return *result;
    const Value unread = callUnreadable(
        object.asUnknown() ? object : unknown(arguments.place, "the method " + name + " is not read"), arguments);
    open(object, sharedReasonOf(unread));
    return unread;
}

std::optional<Value> Interpreter::listMethod(ObjectId id, const std::string &name, const Arguments &arguments)
{
    const auto items = [&]() -> std::vector<Item> & { return std::get<Sequence>(m_heap.edit(id)).items; };
    const auto sequence = [&]() -> const Sequence & { return std::get<Sequence>(m_heap.at(id)); };
    Value none = Value::none(arguments.place);
    const Value *first = arguments.get(0);
    spend(sequence().items.size() / 64);
    if (name == "copy")
        return makeSequence(sequence().kind, sequence().items, arguments.place);
    if (name == "clear") {
        items().clear();
        return none;
    }
    if (name == "sort") {
        Arguments sorting = arguments;
        sorting.positional = {Value::object(id, arguments.place)};
        const Value result = *knownFunction("builtins.sorted")->run(*this, sorting);
        items() = m_heap.as<Sequence>(result)->items;
        return none;
    }
    if (name == "reverse") {
        std::ranges::reverse(items());
        return none;
    }
    if (name == "pop" && sequence().kind == Sequence::Kind::List) {
        const Value index = first ? *first : Value::integer(-1, arguments.place);
        Value popped = item(Value::object(id, arguments.place), index, arguments.place);
        const auto number = index.asInteger();
        const auto size = static_cast<std::int64_t>(sequence().items.size());
        const bool isExact = number && *number < size && *number >= -size
            && std::ranges::all_of(sequence().items, [](const Item &item) { return item.count == Count::One; });
        if (isExact) {
            items().erase(items().begin() + (*number < 0 ? *number + size : *number));
        } else {
            for (Item &item : items())
                item.count = std::max(item.count, Count::Maybe);
        }
        return popped;
    }
    if (!first)
        return std::nullopt;
    if (name == "append" || name == "add") {
        if (name == "add" && contains(Value::object(id, arguments.place), *first) == Truth::Yes)
            return none;
        items().push_back({*first});
        return none;
    }
    if (name == "extend" || name == "update") {
        const std::vector<Item> more = elements(*first, arguments.place);
        if (!spend(more.size() / 4))
            return none;
        for (const Item &item : more) {
            if (name == "extend" || !std::ranges::contains(sequence().items, item.value, &Item::value))
                items().push_back(item);
        }
        return none;
    }
    if (name == "insert") {
        const Value *value = arguments.get(1);
        if (!value)
            return std::nullopt;
        const auto size = static_cast<std::int64_t>(sequence().items.size());
        // Where the place is not known the end is as good as any.
        const std::int64_t at = std::clamp<std::int64_t>(first->asInteger().value_or(size), -size, size);
        items().insert(items().begin() + (at < 0 ? at + size : at), {*value});
        return none;
    }
    if (name == "remove" || name == "discard") {
        bool isGone = false;
        std::vector<Item> kept;
        for (const Item &item : sequence().items) {
            const Truth same = equals(item.value, *first);
            const bool isFirst = !isGone && same == Truth::Yes;
            isGone |= isFirst && item.count != Count::Many;
            if (isFirst && item.count != Count::Many)
                continue;
            kept.push_back(item);
            if (!first->isKnown() && same == Truth::Undecided)
                kept.back().count = std::max(item.count, Count::Maybe);
        }
        items() = std::move(kept);
        if (!isGone && name == "remove" && first->isKnown() && !m_tries.empty())
            raise("ValueError", arguments.place, "the list has no such element");
        return none;
    }
    if (name == "index") {
        std::int64_t index = 0;
        for (const Item &item : sequence().items) {
            const Truth same = equals(item.value, *first);
            if (item.count != Count::One || same == Truth::Undecided)
                break;
            if (same == Truth::Yes)
                return Value::integer(index, arguments.place);
            ++index;
        }
        return unknown(arguments.place, "the position in the list is not known");
    }
    if (name == "count" || name == "issubset" || name == "isdisjoint" || name == "issuperset")
        return unknown(arguments.place, "the method " + name + " is not read");
    if (name == "union")
        return binary("|", Value::object(id, arguments.place), *first, arguments.place);
    if (name == "difference")
        return binary("-", Value::object(id, arguments.place), *first, arguments.place);
    return std::nullopt;
}

void Interpreter::update(Dictionary &target, const Value &source, Place place)
{
    const std::vector<Value> alternatives = alternativesOf(source);
    for (const Value &alternative : alternatives) {
        const Value one = resolve(alternative, place);
        if (const auto *dictionary = m_heap.as<Dictionary>(one)) {
            const Dictionary from = *dictionary;
            spend(from.entries.size());
            for (const Entry &entry : from.entries) {
                const Entry *old = target.find(entry.key);
                if (alternatives.size() == 1 && (entry.isCertain || !old)) {
                    target.set(entry.key, entry.value);
                    std::ranges::find(target.entries, entry.key, &Entry::key)->isCertain = entry.isCertain;
                } else {
                    const bool isCertain = old && old->isCertain;
                    target.set(entry.key, old ? choose({old->value, entry.value}) : entry.value);
                    std::ranges::find(target.entries, entry.key, &Entry::key)->isCertain = isCertain;
                }
            }
            for (const auto &why : from.open)
                target.addOpen(why);
        } else if (const auto *sequence = m_heap.as<Sequence>(one)) {
            for (const Item &pair : std::vector<Item>(sequence->items)) {
                const std::vector<Item> parts = elements(pair.value, place);
                const bool isPair = parts.size() == 2 && pair.count == Count::One && parts[0].value.isKnown();
                if (isPair)
                    target.set(parts[0].value, parts[1].value);
                else
                    target.addOpen(sharedReasonOf(pair.value));
            }
        } else if (!one.isNone()) {
            target.addOpen(sharedReasonOf(one));
        }
    }
}

std::optional<Value> Interpreter::dictionaryMethod(ObjectId id, const std::string &name, const Arguments &arguments)
{
    const Place here = arguments.place;
    const Value *key = arguments.get(0);
    spend(peekNames(id).entries.size() / 64);
    if (name == "get" && key) {
        const Value fallback = arguments.get(1) ? *arguments.get(1) : Value::none(here);
        return forEach(*key, [&](const Value &one) {
            const Entry *entry = one.isKnown() ? peekNames(id).find(one) : nullptr;
            std::vector<Value> values;
            const bool isCertain = entry && entry->isCertain;
            if (entry)
                values.push_back(resolve(entry->value, here));
            if (!isCertain)
                values.push_back(fallback);
            if (!isCertain && !peekNames(id).open.empty())
                values.push_back({Value::Unknown{peekNames(id).open.front()}, here});
            if (!one.isKnown())
                values.push_back(unknownLike(one, here));
            return choose(std::move(values));
        });
    }
    if (name == "keys" || name == "values" || name == "items") {
        std::vector<Item> found;
        const Dictionary dictionary = peekNames(id);
        for (const Entry &entry : dictionary.entries) {
            const Value value = name == "keys" ? entry.key
                : name == "values"             ? entry.value
                                   : makeSequence(Sequence::Kind::Tuple, {{entry.key}, {entry.value}}, here);
            found.push_back({value, entry.isCertain ? Count::One : Count::Maybe});
        }
        for (const auto &why : dictionary.open)
            found.push_back({{Value::Unknown{why}, here}, Count::Many});
        return makeSequence(Sequence::Kind::List, std::move(found), here);
    }
    if (name == "update") {
        Dictionary changed = peekNames(id);
        if (key)
            update(changed, *key, here);
        for (const auto &[keyword, value] : arguments.keywords)
            changed.set(keyword, value, here);
        for (const Value &unread : arguments.unread)
            changed.addOpen(sharedReasonOf(unread));
        m_heap.edit(id) = std::move(changed);
        return Value::none(here);
    }
    if (name == "setdefault" && key && key->isKnown()) {
        const Value fallback = arguments.get(1) ? *arguments.get(1) : Value::none(here);
        const Entry *entry = peekNames(id).find(*key);
        if (entry && entry->isCertain)
            return resolve(entry->value, here);
        std::vector<Value> values{fallback};
        if (entry)
            values.push_back(entry->value);
        if (!peekNames(id).open.empty())
            values.push_back({Value::Unknown{peekNames(id).open.front()}, here});
        Value value = choose(std::move(values));
        names(id).set(*key, value);
        return value;
    }
    if (name == "pop" && key) {
        Value value = arguments.get(1) ? *arguments.get(1) : unknown(here, "the dictionary has no such key");
        if (const Entry *entry = key->isKnown() ? peekNames(id).find(*key) : nullptr) {
            value = entry->isCertain ? entry->value : choose({entry->value, value});
            names(id).remove(*key);
        } else if (!key->isKnown()) {
            for (Entry &each : names(id).entries)
                each.isCertain = false;
        }
        return value;
    }
    if (name == "copy")
        return Value::object(create(Dictionary(peekNames(id))), here);
    if (name == "clear") {
        m_heap.edit(id) = Dictionary{};
        return Value::none(here);
    }
    return std::nullopt;
}

std::optional<Value> Interpreter::pathMethod(const Value &path, const std::string &name, const Arguments &arguments)
{
    const Place here = arguments.place;
    const std::string text = *path.asPath();
    if (name == "resolve" || name == "absolute" || name == "expanduser")
        return Value::path(normalPath(joinPaths(m_surroundings.workingFolder(), text)), here);
    if (name == "joinpath" || name == "path" || name == "__truediv__") { // `path` is that of environ.Path
        Arguments parts = arguments;
        parts.positional.insert(parts.positional.begin(), path);
        return knownFunction("pathlib.Path")->run(*this, parts);
    }
    if (name == "as_posix" || name == "__str__" || name == "__fspath__")
        return Value::text(text, here);
    const std::string absolute = normalPath(joinPaths(m_surroundings.workingFolder(), text));
    if (name == "read_text" || name == "read_bytes" || (name == "open" && arguments.positional.empty()))
        return openFile(text, here);
    const auto is = [&](PathKind kind) { return Value::truth(m_surroundings.kindOf(absolute) == kind, here); };
    if (name == "exists")
        return Value::truth(m_surroundings.kindOf(absolute) != PathKind::Absent, here);
    if (name == "is_file")
        return is(PathKind::File);
    if (name == "is_dir")
        return is(PathKind::Folder);
    if (name == "iterdir") {
        std::vector<Item> entries;
        for (const std::string &entry : m_surroundings.list(absolute))
            entries.push_back({Value::path(plainPath(joinPaths(text, entry)), here)});
        return makeSequence(Sequence::Kind::List, std::move(entries), here);
    }
    if (name == "with_name" || name == "with_suffix") {
        const Value *part = arguments.get(0);
        if (!part || !part->asText())
            return std::nullopt;
        const std::string last = name == "with_name" ? *part->asText() : stemOf(text) + *part->asText();
        return Value::path(plainPath(joinPaths(parentOf(text), last)), here);
    }
    return Value::symbol("pathlib.Path." + name + "()", here);
}

} // namespace nuages::python
