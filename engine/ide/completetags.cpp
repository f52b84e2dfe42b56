#include "engine/ide/draft.h"
#include "engine/ide/librarynames.h"
#include "engine/ide/registrations.h"
#include "engine/ide/usages.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

/// Completion of the names of tags and filters.

namespace nuages::ide {

namespace {

using templates::Place;
using ItemKind = Completion::Kind;

bool isCommandByte(char c) { return isWordByte(c) || c == '-' || c == '.' || c == ':'; }

/// Django takes an extends only before all other tags and variables.
bool mayExtend(const Draft &draft)
{
    const auto &tokens = draft.view.syntax().tokens();
    for (std::uint32_t at = 0; at < tokens.size() && tokens[at].range.end <= draft.inside.open; ++at) {
        if (draft.view.structure().places[at].role != Place::Role::Text)
            return false;
    }
    const auto &extends = draft.view.facts().extends;
    return !extends || tokens[extends->token].range.begin == draft.inside.open;
}

/// The words behind the place that close something which is not open: they wait for the tag that is being written.
std::set<std::string_view> waitingClosers(const Draft &draft)
{
    const auto &tokens = draft.view.syntax().tokens();
    std::set<std::string_view> words;
    for (std::uint32_t at = 0; at < tokens.size(); ++at) {
        const Place::Role role = draft.view.structure().places[at].role;
        if (tokens[at].range.begin > draft.inside.open && (role == Place::Role::Orphan || role == Place::Role::Unclear))
            words.insert(draft.view.syntax().command(tokens[at]));
    }
    return words;
}

void addStops(Draft &draft, std::set<std::string, std::less<>> &seen)
{
    if (draft.open.empty())
        return;
    for (const StopChoice &stop : stopChoices(draft.view, draft.open.front())) {
        draft.add(ItemKind::Closer, stop.text, "of the open tag");
        draft.found.items.back().usage = stop.closes ? std::string() : std::string(usageOf(stop.text).value_or(""));
        seen.insert(stop.text);
    }
}

std::optional<std::string> usageOfTag(std::string_view name, bool isDjangos)
{
    const auto usage = isDjangos ? usageOf(name) : std::nullopt;
    return usage.transform([](std::string_view text) { return std::string(text); });
}

} // namespace

void completeCommand(Draft &draft)
{
    draft.beginWord(isCommandByte);
    const std::size_t rest = draft.found.wordEnd - draft.offset;
    draft.found.before = draft.beforeWord().empty() ? " " : "";
    draft.found.after = missingEnd(draft.inside, rest);
    if (rest == 0)
        draft.found.tagEnd = draft.offset + endingSize(draft.inside);

    std::set<std::string, std::less<>> seen;
    addStops(draft, seen);
    if (draft.takesOnlyStops())
        return;
    const std::set<std::string_view> waiting = waitingClosers(draft);
    const auto addTag = [&](std::string_view name, std::string_view library, std::string closer, bool isDjangos) {
        draft.add(ItemKind::Tag, std::string(name));
        Completion &item = draft.found.items.back();
        item.library = library;
        item.usage = usageOfTag(name, isDjangos);
        if (!waiting.contains(closer))
            item.closer = std::move(closer);
    };
    if (!mayExtend(draft))
        seen.insert("extends");
    for (const auto &[name, inForce] : namesInForce(draft.view, LibraryTagOrFilter::Kind::Tag, draft.inside.open)) {
        if (seen.emplace(name).second)
            addTag(name, inForce.library, closerOf(inForce.tag->shape), inForce.tag->module.starts_with("django."));
    }
    for (const LibraryTagOrFilter &one : draft.view.db().get<LibraryNames>(draft.view.project())) {
        if (one.kind != LibraryTagOrFilter::Kind::Tag || seen.contains(one.name))
            continue;
        addTag(one.name, one.library, one.closer, one.isDjangos);
        draft.found.items.back().load = loadOf(draft.view, one.library, draft.inside.open);
    }
}

void completeFilters(Draft &draft)
{
    // Django refuses two in a filter tag, which autoescape is for.
    const std::string_view before = draft.inside.before;
    const std::size_t command = std::min(before.find_first_not_of(" \t"), before.size());
    const bool isFilterTag = draft.inside.isTag && before.substr(command).starts_with("filter");
    const std::string_view after = draft.inside.after;
    const bool hasArgument = after.substr(draft.found.wordEnd - draft.offset).starts_with(':');
    std::set<std::string_view> seen;
    if (isFilterTag)
        seen = {"escape", "safe"};
    const auto add = [&](std::string_view name, std::string_view library, bool isDjangos) {
        draft.add(ItemKind::Filter, std::string(name));
        Completion &item = draft.found.items.back();
        item.library = library;
        if (isDjangos && !hasArgument)
            item.usage = usageOfFilter(name).transform([](std::string_view usage) { return std::string(usage); });
    };
    for (const auto &[name, inForce] : namesInForce(draft.view, LibraryTagOrFilter::Kind::Filter, draft.inside.open)) {
        if (seen.insert(name).second)
            add(name, inForce.library, inForce.filter->module.starts_with("django."));
    }
    for (const LibraryTagOrFilter &one : draft.view.db().get<LibraryNames>(draft.view.project())) {
        if (one.kind != LibraryTagOrFilter::Kind::Filter || seen.contains(one.name))
            continue;
        add(one.name, one.library, one.isDjangos);
        draft.found.items.back().load = loadOf(draft.view, one.library, draft.inside.open);
    }
}

} // namespace nuages::ide
