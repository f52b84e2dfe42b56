#include "engine/project/libraries/reading/interpreter.h"

#include <algorithm>
#include <cctype>

namespace nuages::project::reading {

namespace {

std::string trimmed(std::string_view text)
{
    const auto isSpace = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return std::string(text);
}

std::string withCase(std::string text, bool isLower)
{
    for (char &c : text) {
        const int byte = static_cast<unsigned char>(c);
        c = static_cast<char>(isLower ? std::tolower(byte) : std::toupper(byte));
    }
    return text;
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to)
{
    std::string result;
    while (!from.empty()) {
        const std::size_t at = text.find(from);
        if (at == text.npos)
            break;
        result += text.substr(0, at);
        result += to;
        text.remove_prefix(at + from.size());
    }
    return result + std::string(text);
}

std::vector<Value> splitAt(std::string_view text, std::string_view separator)
{
    std::vector<Value> parts;
    for (std::size_t at = text.find(separator); at != text.npos; at = text.find(separator)) {
        parts.emplace_back(Text{std::string(text.substr(0, at))});
        text.remove_prefix(at + separator.size());
    }
    parts.emplace_back(Text{std::string(text)});
    return parts;
}

/// `"end{}".format(name)` with plain or numbered or named fields.
Value formatted(const std::string &pattern, const Arguments &arguments)
{
    std::string result;
    std::size_t next = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if ((c == '{' || c == '}') && i + 1 < pattern.size() && pattern[i + 1] == c) {
            result += c;
            ++i;
        } else if (c == '{') {
            const std::size_t end = pattern.find('}', i);
            if (end == pattern.npos)
                return {};
            const std::string field = pattern.substr(i + 1, end - i - 1);
            std::size_t position = next;
            if (field.empty())
                ++next;
            else if (std::ranges::all_of(field, [](char d) { return d >= '0' && d <= '9'; }) && field.size() < 4)
                position = static_cast<std::size_t>(std::stoi(field));
            else
                position = arguments.positional.size(); // by name only
            const Value *value = arguments.find(field, position);
            if (!value || !value->text())
                return {};
            result += *value->text();
            i = end;
        } else {
            result += c;
        }
    }
    return Text{result};
}

} // namespace

Value Interpreter::callText(const Text &text, const std::string &method, const Arguments &arguments)
{
    const Value first = arguments.positional.empty() ? Value() : arguments.positional.front();
    const std::string *argument = first.text();
    if (text.rest != Text::Rest::Nothing) {
        // Of a token's content the first word is known, and what is asked of it is mostly that.
        if (method == "split" || method == "split_contents")
            return makeList({Text{text.text}}, true);
        if (method == "partition")
            return makeList({Text{text.text}, Value(), Value()});
        if (method == "strip" || method == "lstrip" || method == "rstrip")
            return text;
        if (method == "startswith" && argument)
            return argument->starts_with(text.text + " ") ? Value() : Value(text.text.starts_with(*argument));
        return {};
    }
    if (method == "startswith" || method == "endswith") {
        const auto test = [&](const Value &value) {
            return value.text()
                && (method == "startswith" ? text.text.starts_with(*value.text()) : text.text.ends_with(*value.text()));
        };
        if (const List *list = first.object<List>())
            return std::ranges::any_of(list->items, test) ? Value(true) : list->open ? Value() : Value(false);
        return argument ? Value(test(first)) : Value();
    }
    if (method == "format")
        return formatted(text.text, arguments);
    if (method == "join") {
        const List *list = iterate(first);
        std::string result;
        for (const Value &item : list ? list->items : std::vector<Value>()) {
            if (!item.text())
                return {};
            result += (result.empty() ? "" : text.text) + *item.text();
        }
        return list && !list->open && !list->isShuffled ? Value(Text{result}) : Value();
    }
    if (method == "lower" || method == "upper")
        return Text{withCase(text.text, method == "lower")};
    if (method == "strip" && arguments.positional.empty())
        return Text{trimmed(text.text)};
    if (method == "replace" && arguments.positional.size() == 2 && argument && arguments.positional[1].text())
        return Text{replaced(text.text, *argument, *arguments.positional[1].text())};
    if ((method == "partition" || method == "rpartition") && argument && !argument->empty()) {
        const std::size_t at = method == "partition" ? text.text.find(*argument) : text.text.rfind(*argument);
        if (at == text.text.npos)
            return method == "partition" ? makeList({text, Text{}, Text{}}) : makeList({Text{}, Text{}, text});
        return makeList(
            {Text{text.text.substr(0, at)}, Text{*argument}, Text{text.text.substr(at + argument->size())}});
    }
    if (method == "removeprefix" && argument)
        return Text{text.text.starts_with(*argument) ? text.text.substr(argument->size()) : text.text};
    if (method == "removesuffix" && argument)
        return Text{text.text.ends_with(*argument) ? text.text.substr(0, text.text.size() - argument->size())
                                                   : text.text};
    if (method == "split" && arguments.positional.size() <= 1) {
        if (argument && !argument->empty())
            return makeList(splitAt(text.text, *argument));
        std::vector<Value> words;
        for (const Value &word : splitAt(text.text, " ")) {
            if (!word.text()->empty())
                words.push_back(word);
        }
        return arguments.positional.empty() ? makeList(std::move(words)) : makeList({}, true);
    }
    return {};
}

Value Interpreter::callList(List &list, const std::string &method, const Arguments &arguments)
{
    const Value first = arguments.positional.empty() ? Value() : arguments.positional.front();
    if (method == "append" || method == "add") {
        if (!list.open)
            list.items.push_back(first);
        return NoneValue{};
    }
    if (method == "extend" || method == "update") {
        const List *more = iterate(first);
        if (more && !list.open)
            list.items.insert(list.items.end(), more->items.begin(), more->items.end());
        list.open = list.open || !more || more->open;
        list.isShuffled = list.isShuffled || (more && more->isShuffled);
        return NoneValue{};
    }
    if (method == "sort" || method == "reverse") {
        if (method == "sort")
            sort(list, arguments);
        else
            std::ranges::reverse(list.items);
        list.isShuffled = list.isShuffled || list.open;
        return NoneValue{};
    }
    if (method == "insert" && arguments.positional.size() == 2) {
        const auto *index = first.as<std::int64_t>();
        if (index && *index >= 0 && static_cast<std::size_t>(*index) <= list.items.size())
            list.items.insert(list.items.begin() + *index, arguments.positional[1]);
        else
            list.open = true;
        return NoneValue{};
    }
    if (method == "pop") {
        const auto *index = first.as<std::int64_t>();
        const bool fromFront = index && *index == 0;
        if (list.items.empty() || list.isShuffled || (list.open && !fromFront))
            return {};
        const Value taken = fromFront ? list.items.front() : list.items.back();
        if (fromFront)
            list.items.erase(list.items.begin());
        else if (arguments.positional.empty())
            list.items.pop_back();
        else
            list.open = true;
        return taken;
    }
    if (method == "copy")
        return makeList(list.items, list.open, list.isShuffled);
    if (method == "remove" || method == "clear" || method == "discard") {
        std::erase(list.items, first);
        if (method == "clear")
            list.items.clear();
        return NoneValue{};
    }
    if (method == "union") {
        auto *both = m_arena.make<List>(list);
        callList(*both, "update", arguments);
        return both;
    }
    return {};
}

/// Sorts texts; of anything else the order is not known.
void Interpreter::sort(List &list, const Arguments &arguments)
{
    const Value *reverse = arguments.find("reverse", 9);
    const bool *isReverse = reverse ? reverse->as<bool>() : nullptr;
    const auto isText = [](const Value &item) { return item.text() != nullptr; };
    list.isShuffled = list.open || arguments.open || arguments.find("key", 9) || (reverse && !isReverse)
        || !std::ranges::all_of(list.items, isText);
    if (list.isShuffled)
        return;
    std::ranges::sort(list.items, {}, [](const Value &item) { return *item.text(); });
    if (isReverse && *isReverse)
        std::ranges::reverse(list.items);
}

Value Interpreter::callDict(Dict &dict, const std::string &method, const Arguments &arguments)
{
    const Value first = arguments.positional.empty() ? Value() : arguments.positional.front();
    if (method == "update") {
        if (!arguments.positional.empty()) {
            if (const Dict *more = first.object<Dict>()) {
                const Dict copy = *more;
                for (const auto &[key, value] : copy.entries)
                    dict.set(key, value);
                dict.open = dict.open || copy.open;
            } else if (const auto *table = first.as<Table>()) {
                for (const auto &[name, registration] :
                     table->kind == Table::Kind::Tags ? table->library->tags : table->library->filters)
                    dict.set(Text{name}, &registration);
                dict.open = dict.open || !table->library->open.empty();
            } else {
                const List *pairs = iterate(first);
                for (const Value &pair : pairs ? pairs->items : std::vector<Value>()) {
                    const List *parts = pair.object<List>();
                    if (parts && parts->items.size() == 2)
                        dict.set(parts->items[0], parts->items[1]);
                    else
                        dict.open = true;
                }
                dict.open = dict.open || !pairs || pairs->open;
            }
        }
        for (const auto &[name, value] : arguments.named)
            dict.set(Text{name}, value);
        dict.open = dict.open || arguments.open;
        return NoneValue{};
    }
    if (method == "items" || method == "values" || method == "keys") {
        std::vector<Value> rows;
        for (const auto &[key, value] : dict.entries)
            rows.push_back(method == "items" ? makeList({key, value}) : method == "keys" ? key : value);
        return makeList(std::move(rows), dict.open);
    }
    if (method == "get" || method == "pop" || method == "setdefault") {
        const Value *found = dict.find(first);
        const Value fallback = arguments.positional.size() > 1 ? arguments.positional[1] : Value(NoneValue{});
        const Value result = found ? *found : dict.open || first.isUnknown() ? Value() : fallback;
        if (method == "pop" && found)
            std::erase_if(dict.entries, [&](const auto &entry) { return entry.first == first; });
        if (method == "setdefault" && !found && !first.isUnknown())
            dict.set(first, fallback);
        return result;
    }
    if (method == "copy")
        return m_arena.make<Dict>(dict);
    return {};
}

} // namespace nuages::project::reading
