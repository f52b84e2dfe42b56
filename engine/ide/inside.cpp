#include "engine/ide/inside.h"

namespace nuages::ide {

namespace {

bool isOpener(std::string_view pair) { return pair == "{%" || pair == "{{" || pair == "{#"; }

/// What follows the place up to the closer whose first byte is `closer`, or to where the tag cannot go on.
std::string_view restOf(std::string_view text, std::uint32_t offset, char closer, bool &isClosed)
{
    const std::string_view behind = text.substr(offset);
    for (std::size_t at = 0; at < behind.size(); ++at) {
        const std::string_view pair = behind.substr(at, 2);
        isClosed = pair.size() == 2 && pair[0] == closer && pair[1] == '}';
        if (isClosed || isOpener(pair) || pair[0] == '\n' || pair[0] == '\r')
            return behind.substr(0, at);
    }
    return behind;
}

} // namespace

std::optional<Inside> insideAt(std::string_view text, std::uint32_t offset)
{
    const std::string_view before = text.substr(0, offset);
    const std::size_t line = before.find_last_of("\r\n") + 1; // npos + 1 is 0
    std::size_t open = before.npos;
    for (std::size_t at = line; at + 1 < before.size(); ++at) {
        const std::string_view pair = before.substr(at, 2);
        if (open == before.npos) {
            if (isOpener(pair))
                open = at++;
        } else if (pair[1] == '}' && pair[0] == (before[open + 1] == '{' ? '}' : before[open + 1])) {
            open = before.npos;
            ++at;
        }
    }
    if (open == before.npos || before[open + 1] == '#')
        return std::nullopt;
    Inside inside;
    inside.isTag = before[open + 1] == '%';
    inside.open = static_cast<std::uint32_t>(open);
    inside.before = before.substr(open + 2);
    inside.after = restOf(text, offset, inside.isTag ? '%' : '}', inside.isClosed);
    return inside;
}

std::string missingEnd(const Inside &inside, std::size_t skipped)
{
    const std::string_view rest = inside.after.substr(skipped);
    if (inside.isClosed)
        return rest.empty() ? " " : "";
    if (rest.starts_with('}'))
        return " %";
    const std::size_t next = rest.find_first_not_of(blanks);
    // What follows without a blank is the HTML around the tag: a quote, a bracket.
    return next == rest.npos || next == 0 || rest[next] == '<' || rest[next] == '>' ? " %}" : "";
}

std::uint32_t endingSize(const Inside &inside)
{
    if (!inside.isClosed)
        return inside.after.starts_with('}') ? 1 : 0;
    const bool isAll = inside.after.find_first_not_of(blanks) == inside.after.npos;
    return isAll ? static_cast<std::uint32_t>(inside.after.size() + 2) : 0;
}

std::optional<std::size_t> openQuote(std::string_view text)
{
    std::optional<std::size_t> open;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (open && text[at] == '\\')
            ++at;
        else if (open && text[at] == text[*open])
            open.reset();
        else if (!open && (text[at] == '"' || text[at] == '\''))
            open = at;
    }
    return open;
}

bool isBlank(char c) { return blanks.contains(c); }

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80) != 0;
}

} // namespace nuages::ide
