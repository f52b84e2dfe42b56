#include "engine/python/interpreter.h"

#include <algorithm>

namespace nuages::python {

namespace {

constexpr std::string_view whiteSpace = " \t\n\r\v\f";

std::string stripped(std::string_view text, std::string_view characters, bool front, bool back)
{
    if (front)
        text.remove_prefix(std::min(text.find_first_not_of(characters), text.size()));
    if (back)
        text = text.substr(0, text.find_last_not_of(characters) + 1); // npos + 1 is 0
    return std::string(text);
}

std::vector<std::string> splitAt(std::string_view text, std::string_view separator, std::size_t limit, bool fromEnd)
{
    std::vector<std::string> parts;
    while (parts.size() < limit) {
        const std::size_t at = fromEnd ? text.rfind(separator) : text.find(separator);
        if (at == text.npos)
            break;
        const std::string_view tail = text.substr(at + separator.size());
        parts.emplace_back(fromEnd ? tail : text.substr(0, at));
        text = fromEnd ? text.substr(0, at) : tail;
    }
    parts.emplace_back(text);
    if (fromEnd)
        std::ranges::reverse(parts);
    return parts;
}

std::vector<std::string> splitAtWhiteSpace(std::string_view text)
{
    std::vector<std::string> parts;
    while (true) {
        text.remove_prefix(std::min(text.find_first_not_of(whiteSpace), text.size()));
        if (text.empty())
            return parts;
        const std::size_t end = std::min(text.find_first_of(whiteSpace), text.size());
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
}

bool isAscii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c >= 0; });
}

} // namespace

std::optional<Value> Interpreter::textMethod(const Value &object, const std::string &name, const Arguments &arguments)
{
    const Place here = arguments.place;
    const std::string text = *object.asText();
    const auto argument = [&](std::size_t index, std::string_view keyword) -> const std::string * {
        const Value *value = arguments.get(index, keyword);
        return value ? value->asText() : nullptr;
    };
    const std::string *first = argument(0, "sep");
    if (!spend(text.size() / 64))
        return std::nullopt;
    for (const Value &value : arguments.all()) {
        if (!value.isKnown() && name != "format" && name != "join")
            return unknownLike(value, here);
    }
    if ((name == "lower" || name == "upper") && isAscii(text)) {
        std::string changed = text;
        std::ranges::transform(changed, changed.begin(), [&](char c) {
            const bool isLetter = name == "lower" ? c >= 'A' && c <= 'Z' : c >= 'a' && c <= 'z';
            return isLetter ? static_cast<char>(c ^ 0x20) : c;
        });
        return Value::text(std::move(changed), here);
    }
    if ((name == "isupper" || name == "islower") && isAscii(text)) {
        const auto isLetter = [](char c, char from) { return c >= from && c < from + 26; };
        const char wanted = name == "isupper" ? 'A' : 'a';
        const char other = name == "isupper" ? 'a' : 'A';
        const bool hasWanted = std::ranges::any_of(text, [&](char c) { return isLetter(c, wanted); });
        return Value::truth(hasWanted && std::ranges::none_of(text, [&](char c) { return isLetter(c, other); }), here);
    }
    if (name == "strip" || name == "lstrip" || name == "rstrip")
        return Value::text(stripped(text, first ? *first : whiteSpace, name != "rstrip", name != "lstrip"), here);
    if (name == "startswith" && first)
        return Value::truth(text.starts_with(*first), here);
    if (name == "endswith" && first)
        return Value::truth(text.ends_with(*first), here);
    if (name == "replace" && first && argument(1, "new") && !first->empty()) {
        std::vector<Item> parts;
        for (std::string &part : splitAt(text, *first, text.size(), false))
            parts.push_back({Value::text(std::move(part), here)});
        const Value list = makeSequence(Sequence::Kind::List, std::move(parts), here);
        return textMethod(Value::text(*argument(1, "new"), here), "join", Arguments{{list}, {}, {}, here});
    }
    if (name == "split" || name == "rsplit" || name == "splitlines") {
        const Value *limit = arguments.get(1, "maxsplit");
        const auto most = limit ? limit->asInteger() : std::nullopt;
        const std::size_t count = most && *most >= 0 ? static_cast<std::size_t>(*most) : text.size();
        const std::string newline = "\n";
        const std::string *separator = name == "splitlines" ? &newline : first;
        if ((separator && separator->empty()) || (!separator && limit))
            return std::nullopt;
        std::vector<Item> parts;
        for (std::string &part :
             separator ? splitAt(text, *separator, count, name == "rsplit") : splitAtWhiteSpace(text))
            parts.push_back({Value::text(std::move(part), here)});
        if (name == "splitlines" && text.ends_with('\n'))
            parts.pop_back();
        return makeSequence(Sequence::Kind::List, std::move(parts), here);
    }
    if ((name == "partition" || name == "rpartition") && first && !first->empty()) {
        const std::size_t at = name == "partition" ? text.find(*first) : text.rfind(*first);
        std::vector<std::string> parts{text.substr(0, at), *first, {}};
        if (at != std::string::npos)
            parts[2] = text.substr(at + first->size());
        else
            parts =
                name == "partition" ? std::vector<std::string>{text, "", ""} : std::vector<std::string>{"", "", text};
        std::vector<Item> items;
        for (std::string &part : parts)
            items.push_back({Value::text(std::move(part), here)});
        return makeSequence(Sequence::Kind::Tuple, std::move(items), here);
    }
    if (name == "join" && !arguments.positional.empty()) {
        Value result = Value::text({}, here);
        bool isFirst = true;
        for (const Item &item : elements(arguments.positional.front(), here)) {
            if (item.count != Count::One || !isRunning())
                return unknown(here, "the parts of this text are not all known");
            if (!std::exchange(isFirst, false))
                result = joinText(result, object, here);
            result = joinText(result, item.value, here);
        }
        return result;
    }
    if (name == "format")
        return formatBraces(text, arguments);
    return unknown(here, "the method " + name + " of a text is not read");
}

// str.format with plain fields: `{}`, `{0}`, `{name}`.
Value Interpreter::formatBraces(const std::string &text, const Arguments &arguments)
{
    const Place here = arguments.place;
    Value result = Value::text({}, here);
    std::size_t automatic = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t brace = std::min(text.find_first_of("{}", at), text.size());
        result = joinText(result, Value::text(text.substr(at, brace - at), here), here);
        if (brace == text.size())
            break;
        if (brace + 1 < text.size() && text[brace + 1] == text[brace]) {
            result = joinText(result, Value::text(std::string(1, text[brace]), here), here);
            at = brace + 2;
            continue;
        }
        const std::size_t end = text.find('}', brace);
        if (text[brace] == '}' || end == std::string::npos)
            return unknown(here, "this format is not read");
        const std::string field = text.substr(brace + 1, end - brace - 1);
        const bool isNumber = !field.empty() && field.size() < 3
            && std::ranges::all_of(field, [](char c) { return c >= '0' && c <= '9'; });
        const std::size_t index = field.empty() ? automatic++
            : isNumber                          ? std::stoul(field)
                                                : arguments.positional.size();
        const Value *value = arguments.get(index, field);
        if (!value)
            return arguments.unread.empty() ? unknown(here, "this format is not read")
                                            : unknownLike(arguments.unread.front(), here);
        result = joinText(result, textOf(*value, here), here);
        at = end + 1;
    }
    return result;
}

} // namespace nuages::python
