#include "engine/template/expression.h"

#include "engine/template/characters.h"

namespace nuages::templates {

namespace {

constexpr std::size_t noMatch = 0;

/// The length of the constant at `at`: a string in quotes, or such a string inside `_()`; `noMatch` if there is none.
std::size_t constantAt(std::string_view text, std::size_t at)
{
    const bool translated = text.substr(at).starts_with("_(");
    const std::size_t opening = at + (translated ? 2 : 0);
    if (opening >= text.size() || (text[opening] != '"' && text[opening] != '\''))
        return noMatch;
    std::size_t end = opening + 1;
    while (end < text.size() && text[end] != text[opening])
        end += text[end] == '\\' ? 2 : 1;
    if (end >= text.size())
        return noMatch;
    ++end;
    if (translated) {
        if (end == text.size() || text[end] != ')')
            return noMatch;
        ++end;
    }
    return end - at;
}

/// The length of the name or number at `at`. Django 6 takes signs anywhere and lets Variable refuse them; Django 4.2
/// takes one sign before digits. The longer reading is the one that compiles in some version.
std::size_t nameAt(std::string_view text, std::size_t at)
{
    std::size_t end = at;
    for (Character c = characterAt(text, end); c.length != 0; c = characterAt(text, end)) {
        const char32_t p = c.codePoint;
        if (!isWordCharacter(p) && p != '.' && p != '+' && p != '-')
            break;
        end += c.length;
    }
    return end - at;
}

/// Whether Python's `int` or `float` takes `text`, as far as that decides about a sign or an underscore in it: digits
/// with single underscores between them, a point, an exponent.
bool isNumber(std::string_view text)
{
    std::size_t at = text.starts_with('+') || text.starts_with('-') ? 1 : 0;
    const auto digits = [&] {
        const std::size_t begin = at;
        for (;;) {
            const std::size_t next = at + (at > begin && at < text.size() && text[at] == '_' ? 1 : 0);
            const Character c = characterAt(text, next);
            if (c.length == 0 || !isDecimalDigit(c.codePoint))
                return at > begin;
            at = next + c.length;
        }
    };
    const bool whole = digits();
    bool fraction = false;
    if (at < text.size() && text[at] == '.') {
        ++at;
        fraction = digits();
        if (!fraction) // `2.` is a float for Python but not for Django.
            return false;
    }
    if (!whole && !fraction)
        return false;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        if (!digits())
            return false;
    }
    return at == text.size();
}

bool isValidVariable(std::string_view name)
{
    if (isNumber(name))
        return true;
    return !name.starts_with('_') && name.find("._") == std::string_view::npos
        && name.find_first_of("+-") == std::string_view::npos;
}

struct Argument {
    std::size_t length = noMatch;
    bool valid = true;
};

Argument argumentAt(std::string_view text, std::size_t at)
{
    if (const std::size_t constant = constantAt(text, at); constant != noMatch)
        return {constant, true};
    const std::size_t name = nameAt(text, at);
    return {name, name != noMatch && isValidVariable(text.substr(at, name))};
}

} // namespace

Expression parseExpression(std::string_view text, std::uint32_t offset)
{
    const auto rangeOf = [&](std::size_t begin, std::size_t end) {
        return source::Range{offset + static_cast<std::uint32_t>(begin), offset + static_cast<std::uint32_t>(end)};
    };
    Expression expression;
    expression.range = rangeOf(0, text.size());

    std::size_t at = constantAt(text, 0);
    if (at != noMatch) {
        expression.operand = Expression::Operand::Constant;
    } else {
        at = nameAt(text, 0);
        if (at == noMatch || !isValidVariable(text.substr(0, at)))
            return expression;
        expression.operand = Expression::Operand::Variable;
    }
    expression.operandRange = rangeOf(0, at);

    while (at < text.size()) {
        std::size_t name = at + spacesAt(text, at);
        if (name == text.size() || text[name] != '|')
            return expression;
        ++name;
        name += spacesAt(text, name);
        const std::size_t length = wordAt(text, name);
        if (length == noMatch)
            return expression;
        FilterUse filter{std::string(text.substr(name, length)), rangeOf(name, name + length), std::nullopt};
        at = name + length;
        if (at < text.size() && text[at] == ':') {
            if (const auto [argument, valid] = argumentAt(text, at + 1); argument != noMatch) {
                if (!valid) // Refused before the filter is looked up.
                    return expression;
                filter.argument = rangeOf(at + 1, at + 1 + argument);
                at += 1 + argument;
            }
            // Else the colon is a remainder, which Django sees only after it has looked the filter up.
        }
        expression.filters.push_back(std::move(filter));
    }
    expression.valid = true;
    return expression;
}

} // namespace nuages::templates
