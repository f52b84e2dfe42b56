#include "engine/ide/keywords.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace nuages::ide {

namespace {

using templates::Bit;
using templates::TagShape;
using Words = std::span<const Bit>;

/// Counted from the end: 0 is the last bit.
bool isFromEnd(Words bits, std::size_t index, std::string_view word)
{
    return index < bits.size() && bits[bits.size() - 1 - index].text == word;
}

std::size_t indexOf(Words bits, std::string_view word)
{
    return static_cast<std::size_t>(std::ranges::find(bits, word, &Bit::text) - bits.begin());
}

bool hasKeyword(const Bit &bit) { return bit.text.contains('='); }

/// One of the words of a condition that stand between or before values.
bool isOperator(std::string_view word)
{
    static constexpr std::array<std::string_view, 11> operators = {
        "or", "and", "not", "in", "is", "==", "!=", ">", ">=", "<", "<="};
    return std::ranges::contains(operators, word);
}

ExpectedBit afterCondition(Words bits)
{
    if (bits.empty())
        return {{"not"}, true};
    const bool afterValue = bits.size() > 1 && !isOperator(bits[bits.size() - 2].text);
    if (isFromEnd(bits, 0, "not") && afterValue)
        return {{"in"}, false};
    if (isOperator(bits.back().text))
        return {{"not"}, true};
    return {{"and", "or", "in", "not in", "is", "is not"}, false};
}

ExpectedBit afterFor(Words bits)
{
    const std::size_t in = indexOf(bits, "in");
    if (in == bits.size())
        return bits.empty() || bits.back().text.ends_with(',') ? ExpectedBit() : ExpectedBit{{"in"}, false};
    if (in + 1 == bits.size())
        return {{}, true};
    return in + 2 == bits.size() ? ExpectedBit{{"reversed"}, false} : ExpectedBit();
}

/// Inside `a=b c=d`, or `a as b and c as d`, which only older templates write.
ExpectedBit afterAssignments(Words bits)
{
    if (bits.empty())
        return {{}, true};
    if (hasKeyword(bits.front()))
        return {};
    switch (bits.size() % 4) {
    case 1:
        return {{"as"}, false};
    case 3:
        return {{"and"}, false};
    case 0:
        return {{}, true};
    default:
        return {};
    }
}

bool isComplete(Words assignments)
{
    return !assignments.empty() && (hasKeyword(assignments.front()) || assignments.size() % 4 == 3);
}

/// A trailing `as NAME` behind `least` values or more.
ExpectedBit afterValuesWithAs(Words bits, std::size_t least)
{
    if (isFromEnd(bits, 0, "as") || isFromEnd(bits, 1, "as"))
        return {};
    return bits.size() < least ? ExpectedBit{{}, true} : ExpectedBit{{"as"}, true};
}

ExpectedBit afterCycle(Words bits)
{
    const std::size_t as = indexOf(bits, "as");
    if (as == bits.size())
        return bits.empty() ? ExpectedBit{{}, true} : ExpectedBit{{"as"}, true};
    return as + 2 == bits.size() ? ExpectedBit{{"silent"}, false} : ExpectedBit();
}

/// A word that says what the bits behind it are.
struct Option {
    enum class Takes : std::uint8_t { Nothing, Name, Value, Assignments };

    std::string_view word;
    Takes takes = Takes::Nothing;
};

/// Reads options in any order, each once.
ExpectedBit afterOptions(Words bits, std::span<const Option> options, bool legacy)
{
    const auto find = [&](const Bit &bit) { return std::ranges::find(options, bit.text, &Option::word); };
    std::vector<std::string_view> unused;
    for (const Option &option : options) {
        if (indexOf(bits, option.word) == bits.size())
            unused.push_back(option.word);
    }
    for (std::size_t at = 0; at < bits.size();) {
        const auto option = find(bits[at++]);
        if (option == options.end())
            return {};
        switch (option->takes) {
        case Option::Takes::Nothing:
            break;
        case Option::Takes::Name:
        case Option::Takes::Value:
            if (at == bits.size())
                return {{}, option->takes == Option::Takes::Value};
            ++at;
            break;
        case Option::Takes::Assignments: {
            std::size_t end = at;
            while (end < bits.size() && find(bits[end]) == options.end())
                ++end;
            if (end < bits.size()) {
                at = end;
                break;
            }
            const Words assignments = bits.subspan(at);
            ExpectedBit expected = legacy ? afterAssignments(assignments) : ExpectedBit();
            if (isComplete(assignments))
                expected.keywords.insert(expected.keywords.end(), unused.begin(), unused.end());
            return expected;
        }
        }
    }
    return {std::move(unused), false};
}

ExpectedBit afterInclude(Words bits)
{
    using Takes = Option::Takes;
    static constexpr std::array options = {Option{"with", Takes::Assignments}, Option{"only", Takes::Nothing}};
    return bits.empty() ? ExpectedBit{{}, true} : afterOptions(bits.subspan(1), options, false);
}

ExpectedBit afterTranslate(Words bits)
{
    using Takes = Option::Takes;
    static constexpr std::array options = {Option{"as", Takes::Name}, Option{"context", Takes::Value},
                                           Option{"noop", Takes::Nothing}};
    return bits.empty() ? ExpectedBit{{}, true} : afterOptions(bits.subspan(1), options, false);
}

ExpectedBit afterMessage(Words bits)
{
    using Takes = Option::Takes;
    static constexpr std::array options = {Option{"asvar", Takes::Name}, Option{"context", Takes::Value},
                                           Option{"count", Takes::Assignments}, Option{"trimmed", Takes::Nothing},
                                           Option{"with", Takes::Assignments}};
    return afterOptions(bits, options, true);
}

ExpectedBit afterLorem(Words bits)
{
    if (isFromEnd(bits, 0, "random"))
        return {};
    const bool hasMethod = isFromEnd(bits, 0, "w") || isFromEnd(bits, 0, "p") || isFromEnd(bits, 0, "b");
    if (hasMethod)
        return {{"random"}, false};
    return {{"b", "p", "random", "w"}, bits.empty()};
}

ExpectedBit afterCache(Words bits)
{
    if (bits.size() < 2)
        return {{}, bits.empty()};
    return bits.back().text.starts_with("using=") ? ExpectedBit() : ExpectedBit{{"using="}, true};
}

ExpectedBit afterFlatpages(Words bits)
{
    if (isFromEnd(bits, 0, "for"))
        return {{}, true};
    if (indexOf(bits, "as") < bits.size())
        return {};
    return indexOf(bits, "for") < bits.size() ? ExpectedBit{{"as"}, false} : ExpectedBit{{"as", "for"}, bits.empty()};
}

/// Of the tags that compile no bit: the words that may be the bit of this number.
ExpectedBit afterUncompiled(std::string_view command, Words bits)
{
    struct Row {
        std::string_view command;
        std::size_t index;
        std::vector<std::string_view> words;
    };
    static const std::array rows = {
        Row{"autoescape", 0, {"off", "on"}},
        Row{"get_admin_log", 1, {"as"}},
        Row{"get_admin_log", 3, {"for_user"}},
        Row{"get_available_languages", 0, {"as"}},
        Row{"get_current_language", 0, {"as"}},
        Row{"get_current_language_bidi", 0, {"as"}},
        Row{"get_current_timezone", 0, {"as"}},
        Row{"get_media_prefix", 0, {"as"}},
        Row{"get_static_prefix", 0, {"as"}},
        Row{"localize", 0, {"off", "on"}},
        Row{"localtime", 0, {"off", "on"}},
        Row{"now", 1, {"as"}},
        Row{"partialdef", 1, {"inline"}},
        Row{"templatetag",
            0,
            {"closeblock", "closebrace", "closecomment", "closevariable", "openblock", "openbrace", "opencomment",
             "openvariable"}},
    };
    if (command == "get_flatpages")
        return afterFlatpages(bits);
    const auto row = std::ranges::find_if(
        rows, [&](const Row &candidate) { return candidate.command == command && candidate.index == bits.size(); });
    return row == rows.end() ? ExpectedBit() : ExpectedBit{row->words, false};
}

} // namespace

ExpectedBit expectedBit(const TagShape *shape, std::string_view command, Words bits)
{
    using Arguments = TagShape::Arguments;
    switch (shape ? shape->arguments : Arguments::Unknown) {
    case Arguments::Unknown:
    case Arguments::Each:
    case Arguments::Inclusion:
        return {{}, true};
    case Arguments::Uncompiled:
        return afterUncompiled(command, bits);
    case Arguments::Block:
    case Arguments::Chain:
        return {};
    case Arguments::First:
        return {{}, bits.empty()};
    case Arguments::Simple:
        return afterValuesWithAs(bits, 0);
    case Arguments::FirstOf:
    case Arguments::Url:
        return afterValuesWithAs(bits, 1);
    case Arguments::Static:
        return bits.size() == 1 ? ExpectedBit{{"as"}, false} : ExpectedBit{{}, bits.empty()};
    case Arguments::Cycle:
        return afterCycle(bits);
    case Arguments::For:
        return afterFor(bits);
    case Arguments::If:
        return afterCondition(bits);
    case Arguments::Include:
        return afterInclude(bits);
    case Arguments::LanguageInfo:
        return bits.empty()    ? ExpectedBit{{"for"}, false}
            : bits.size() == 2 ? ExpectedBit{{"as"}, false}
                               : ExpectedBit{{}, bits.size() == 1};
    case Arguments::Lorem:
        return afterLorem(bits);
    case Arguments::Message:
        return afterMessage(bits);
    case Arguments::Cache:
        return afterCache(bits);
    case Arguments::Regroup:
        return bits.size() == 1 ? ExpectedBit{{"by"}, false}
            : bits.size() == 3  ? ExpectedBit{{"as"}, false}
                                : ExpectedBit{{}, bits.empty()};
    case Arguments::Translate:
        return afterTranslate(bits);
    case Arguments::WidthRatio:
        return bits.size() == 3 ? ExpectedBit{{"as"}, false} : ExpectedBit{{}, bits.size() < 3};
    case Arguments::With:
        return afterAssignments(bits);
    }
    return {};
}

} // namespace nuages::ide
