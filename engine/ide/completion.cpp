#include "engine/ide/completion.h"

#include "engine/ide/boundnames.h"
#include "engine/ide/draft.h"
#include "engine/ide/keywords.h"
#include "engine/template/bits.h"

#include <algorithm>
#include <optional>
#include <ranges>
#include <string_view>
#include <utility>

namespace nuages::ide {

namespace {

using templates::Bit;
using templates::TagShape;

/// How the tag that is being written reads its bits; null if nothing is known of that, or it takes none.
const TagShape *shapeOf(const Draft &draft, std::string_view command)
{
    if (!draft.open.empty()) {
        const std::vector<StopChoice> choices = stopChoices(draft.view, draft.open.front());
        if (std::ranges::contains(choices, command, &StopChoice::text))
            return command == "elif" ? draft.open.front().shape : nullptr;
    }
    return draft.view.scope().find(command, draft.inside.open).shape;
}

/// The bits before the one that is being written, `rest` being what stands before its last word.
std::vector<Bit> bitsBefore(std::string_view rest)
{
    std::vector<Bit> bits = templates::splitContents(rest, 0).pieces;
    if (!bits.empty() && !isBlank(rest.back()))
        bits.pop_back();
    return bits;
}

/// What stands in the same bit before the word: "name=", "x|default:".
std::string_view startOfBit(std::string_view beforeWord)
{
    const std::size_t blank = beforeWord.find_last_of(blanks);
    return beforeWord.substr(blank + 1); // npos + 1 is 0
}

/// After a dot the attributes of what stands before it, if they are known.
void completeAttribute(Draft &draft, std::string_view path)
{
    for (const std::string_view name : attributesOf(path, draft.open))
        draft.add(Completion::Kind::Variable, std::string(name));
}

/// The word at which an expression may begin, or go on. `isValue`: a bit that begins here may be one.
void completeExpression(Draft &draft, std::string_view start, bool isValue)
{
    if (start.ends_with('.'))
        return completeAttribute(draft, start.substr(0, start.size() - 1));
    if (start.empty() ? isValue : start.ends_with('=') || start.ends_with(':'))
        completeVariables(draft);
}

void completeArguments(Draft &draft, std::string_view command, std::string_view rest)
{
    const TagShape *shape = shapeOf(draft, command);
    const auto is = [shape](TagShape::Arguments arguments) { return shape && shape->arguments == arguments; };
    const bool namesTemplate = is(TagShape::Arguments::Include) || command == "extends";
    if (const std::optional<std::size_t> quote = openQuote(rest)) {
        if (namesTemplate && rest.find_first_not_of(blanks) == *quote)
            completeTemplates(draft, rest.substr(*quote + 1));
        return;
    }
    if (command == "endblock")
        return completeEndBlock(draft);
    if (is(TagShape::Arguments::Block))
        return completeBlock(draft);
    draft.beginWord();
    const std::string_view beforeWord = rest.substr(0, rest.size() - draft.found.replaces.size());
    const std::string_view start = startOfBit(beforeWord);
    const std::vector<Bit> bits = bitsBefore(beforeWord);
    const std::size_t last = beforeWord.find_last_not_of(blanks);
    if (last != beforeWord.npos ? beforeWord[last] == '|' : is(TagShape::Arguments::Chain))
        return completeFilters(draft);
    if (namesTemplate && bits.empty() && start.find_first_of("|:=\"'") == start.npos)
        return completeUnquotedTemplates(draft);
    const ExpectedBit expected = expectedBit(shape, command, bits);
    if (start.empty()) {
        for (const std::string_view keyword : expected.keywords)
            draft.add(Completion::Kind::Keyword, std::string(keyword), std::string(command));
    }
    completeExpression(draft, start, expected.value);
}

void completeTag(Draft &draft)
{
    const std::string_view before = draft.inside.before;
    const std::size_t first = std::min(before.find_first_not_of(blanks), before.size());
    const std::size_t end = before.find_first_of(blanks, first);
    if (end == before.npos)
        return completeCommand(draft);
    const std::string_view command = before.substr(first, end - first);
    if (draft.takesOnlyStops())
        return;
    if (command == "load")
        return completeLoad(draft, before.substr(end));
    completeArguments(draft, command, before.substr(end));
}

void completeVariable(Draft &draft)
{
    const std::string_view before = draft.inside.before;
    if (openQuote(before))
        return;
    draft.beginWord();
    const std::string_view beforeWord = draft.beforeWord();
    const std::size_t last = beforeWord.find_last_not_of(blanks);
    // In a message only the name of a variable stands, and in what is skipped nothing is one.
    const bool isName = draft.takesOnlyStops();
    if (isName && draft.open.front().shape->body != TagShape::Body::Message)
        return;
    if (last != beforeWord.npos && beforeWord[last] == '|') {
        if (!isName)
            completeFilters(draft);
        return;
    }
    completeExpression(draft, startOfBit(beforeWord), last == beforeWord.npos);
}

/// A person who wrote something means names that have it: of what needs a load those stay, and of everything where
/// there is too much to give.
void narrow(Completions &found, std::string_view begun)
{
    const auto isMeant = [begun](const Completion &item) { return item.text.contains(begun); };
    if (std::erase_if(found.items, [&](const Completion &item) { return item.load && !isMeant(item); }) > 0)
        found.isNarrowed = true;
    if (found.items.size() <= Completions::limit)
        return;
    found.isNarrowed = true;
    std::erase_if(found.items, [&](const Completion &item) { return !isMeant(item); });
    std::ranges::stable_partition(found.items, [&](const Completion &item) { return item.text.starts_with(begun); });
    if (found.items.size() > Completions::limit)
        found.items.resize(Completions::limit);
}

} // namespace

Completions complete(const View &view, std::uint32_t offset)
{
    const std::optional<Inside> inside = insideAt(view.syntax().text(), offset);
    if (!inside) {
        Completions nothing;
        nothing.replaces = {offset, offset};
        nothing.wordEnd = nothing.tagEnd = offset;
        return nothing;
    }
    Draft draft(view, offset, *inside);
    if (inside->isTag)
        completeTag(draft);
    else
        completeVariable(draft);
    narrow(draft.found, draft.begun());
    return std::move(draft.found);
}

} // namespace nuages::ide
