#include "engine/project/libraries/reading/shape.h"

#include <algorithm>
#include <map>
#include <set>

namespace nuages::project::reading {

using templates::StopWord;
using templates::TagShape;

namespace {

constexpr int pathLimit = 512;
constexpr std::size_t totalStepLimit = 300'000; // of all paths of one tag

/// What all paths have in common so far.
struct Union {
    std::set<std::vector<Path::Stop>> stops;
    std::set<std::string> skippedTo;
    bool alone = false;
    bool compiles = false;
    bool changesTags = false;
    bool readsToEnd = false;
    bool unreadable = false;
};

void add(Union &all, const Path &path)
{
    all.compiles = all.compiles || path.compiles;
    all.changesTags = all.changesTags || path.changesTags;
    if (!path.returned)
        return;
    all.readsToEnd = all.readsToEnd || path.readsToEnd;
    all.unreadable = all.unreadable || path.unreadable || path.waiting || (path.readsTokens && path.skippedTo.empty())
        || (!path.stops.empty() && !path.skippedTo.empty());
    if (!path.skippedTo.empty())
        all.skippedTo.insert(path.skippedTo);
    else if (!path.stops.empty())
        all.stops.insert(path.stops);
    else if (!path.readsToEnd)
        all.alone = true;
}

/// The sections of a block whose every stop leads to one place only; empty if some stop leads to several.
std::vector<TagShape::Section> exactSections(const Union &all)
{
    std::vector<std::vector<std::string>> lists; // the words of each section
    std::map<std::pair<std::size_t, std::string>, std::uint8_t> next;
    const auto numberOf = [&lists](const std::vector<std::string> &words) {
        const auto number = static_cast<std::size_t>(std::ranges::find(lists, words) - lists.begin());
        if (number == lists.size())
            lists.push_back(words);
        return number;
    };
    numberOf(all.stops.begin()->front().words);
    for (const auto &stops : all.stops) {
        if (numberOf(stops.front().words) != 0)
            return {}; // the first section depends on the tag's arguments
        for (std::size_t i = 0; i < stops.size(); ++i) {
            const std::size_t section = numberOf(stops[i].words);
            const auto target =
                i + 1 == stops.size() ? StopWord::closes : static_cast<std::uint8_t>(numberOf(stops[i + 1].words));
            const auto [entry, isNew] = next.try_emplace({section, stops[i].chosen}, target);
            if (!isNew && entry->second != target)
                return {};
        }
    }
    std::vector<TagShape::Section> sections(lists.size());
    for (std::size_t i = 0; i < lists.size(); ++i) {
        for (const std::string &word : lists[i]) {
            if (const auto found = next.find({i, word}); found != next.end())
                sections[i].push_back({word, StopWord::Rest::Any, found->second});
        }
    }
    return sections;
}

TagShape blockOf(const Union &all, TagShape::Arguments arguments)
{
    if (auto sections = exactSections(all); !sections.empty() && sections.size() < StopWord::closes)
        return {TagShape::Body::Block, arguments, std::move(sections)};
    std::set<std::string> closers;
    std::set<std::string> middles;
    for (const auto &stops : all.stops) {
        for (const Path::Stop &stop : stops)
            (&stop == &stops.back() ? closers : middles).insert(stop.chosen);
    }
    for (const std::string &closer : closers) {
        if (middles.contains(closer))
            return TagShape::unknown();
    }
    return TagShape::block({closers.begin(), closers.end()}, {middles.begin(), middles.end()}, arguments);
}

} // namespace

ShapeReading readShape(Interpreter &interpreter, const std::string &name, const Value &value)
{
    if (const auto *registration = value.as<const Registration *>())
        return readShape(interpreter, name, (*registration)->value);
    if (const Compiler *compiler = value.object<Compiler>()) {
        switch (compiler->kind) {
        case Compiler::Kind::Simple:
            return {TagShape::alone(TagShape::Arguments::Simple)};
        case Compiler::Kind::Inclusion:
            return {TagShape::alone(TagShape::Arguments::Inclusion)};
        case Compiler::Kind::SimpleBlock:
            return {compiler->closer.empty() ? TagShape::unknown()
                                             : TagShape::block({compiler->closer}, {}, TagShape::Arguments::Simple)};
        }
    }
    Union all;
    Path path;
    int count = 0;
    std::size_t steps = 0;
    do {
        interpreter.follow(value, name, path);
        add(all, path);
        steps += interpreter.steps();
        all.unreadable = all.unreadable || steps > totalStepLimit;
    } while (path.advance() && ++count < pathLimit && !all.unreadable);

    const auto arguments =
        all.compiles || all.unreadable ? TagShape::Arguments::Unknown : TagShape::Arguments::Uncompiled;
    const int kinds =
        (all.alone ? 1 : 0) + (all.stops.empty() ? 0 : 1) + (all.skippedTo.empty() ? 0 : 1) + (all.readsToEnd ? 1 : 0);
    TagShape shape = TagShape::unknown();
    if (all.unreadable || count == pathLimit || kinds != 1 || all.skippedTo.size() > 1) {
        // unknown
    } else if (all.alone) {
        shape = TagShape::alone(arguments);
    } else if (!all.stops.empty()) {
        shape = blockOf(all, arguments);
    } else if (!all.skippedTo.empty()) {
        shape = TagShape::raw(*all.skippedTo.begin(), arguments);
    } else {
        shape = {TagShape::Body::Rest, arguments, {}};
    }
    return {shape, all.changesTags};
}

} // namespace nuages::project::reading
