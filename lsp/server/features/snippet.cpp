#include "lsp/server/features/snippet.h"

#include <format>
#include <string_view>

namespace nuages::server {

namespace {

std::string escaped(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        if (c == '$' || c == '}' || c == '\\')
            result += '\\';
        result += c;
    }
    return result;
}

/// "<item> in <items>" with its tab stops.
std::string withStops(std::string_view usage)
{
    std::string result;
    int number = 0;
    while (!usage.empty()) {
        const std::size_t begin = usage.find('<');
        result += escaped(usage.substr(0, begin));
        if (begin == usage.npos)
            break;
        const std::size_t end = usage.find('>', begin);
        result += std::format("${{{}:{}}}", ++number, escaped(usage.substr(begin + 1, end - begin - 1)));
        usage.remove_prefix(end + 1);
    }
    return result;
}

} // namespace

std::optional<std::string> snippetOf(const ide::Completion &completion, const ide::Completions &list, bool takesEnd)
{
    if (completion.kind == ide::Completion::Kind::Filter) {
        if (completion.usage.value_or("").empty())
            return std::nullopt;
        return escaped(list.before + completion.text) + withStops(*completion.usage) + escaped(list.after);
    }
    const bool isCommand =
        completion.kind == ide::Completion::Kind::Tag || completion.kind == ide::Completion::Kind::Closer;
    const bool isAlone = list.tagEnd > list.replaces.end || !list.after.empty(); // no more of the tag follows
    if (!isCommand || !isAlone || (completion.usage == "" && completion.closer.empty()))
        return std::nullopt;
    const bool endsTag = takesEnd || list.after == " %}";
    if (!endsTag && completion.usage == "")
        return std::nullopt;
    std::string text = escaped(list.before + completion.text);
    if (!completion.usage) // it may take something or nothing
        text += "$1";
    else if (!completion.usage->empty())
        text += ' ' + withStops(*completion.usage);
    if (!endsTag)
        return text + escaped(list.after);
    text += " %\\}$0";
    if (!completion.closer.empty())
        text += escaped(std::format("{{% {} %}}", completion.closer));
    return text;
}

} // namespace nuages::server
