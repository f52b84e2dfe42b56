#include "engine/analysis/ancestry.h"
#include "engine/ide/boundnames.h"
#include "engine/ide/draft.h"
#include "engine/ide/origin.h"
#include "engine/project/libraries/libraries.h"
#include "engine/project/libraries/taglibrary.h"
#include "engine/template/bits.h"
#include "engine/template/queries.h"

#include <algorithm>
#include <set>
#include <span>
#include <utility>

/// Completion of the names of libraries, blocks and variables.

namespace nuages::ide {

namespace {

using templates::Bit;
using ItemKind = Completion::Kind;

bool isLibraryByte(char c) { return isWordByte(c) || c == '-' || c == '.'; }
bool isBlockNameByte(char c) { return !isBlank(c) && !std::string_view("%}<").contains(c); }

/// The tags and filters of a library that are not named yet.
void addMembers(Draft &draft, std::string_view library, const std::vector<Bit> &named)
{
    query::Reader &db = draft.view.db();
    const project::Library *found = db.get<project::Libraries>(draft.view.project()).find(library);
    std::set<std::string_view> seen;
    for (const Bit &bit : named)
        seen.insert(bit.text);
    const auto add = [&](ItemKind kind, const std::string &name) {
        if (!seen.insert(name).second)
            return;
        draft.add(kind, name);
        draft.found.items.back().library = library;
    };
    for (const project::LibraryModule &module : found ? found->modules : std::vector<project::LibraryModule>()) {
        const project::TagLibrary &facts = db.get<project::TagLibraryFacts>(draft.view.project(), module.file);
        for (const project::TagFact &tag : facts.tags)
            add(ItemKind::Tag, tag.name);
        for (const project::FilterFact &filter : facts.filters)
            add(ItemKind::Filter, filter.name);
    }
    // No arguments and no body here: only the name is written.
    for (Completion &item : draft.found.items)
        item.usage = std::string();
}

/// Whether the library has all these tags and filters, or may have them.
bool hasAll(const Draft &draft, const project::Library &library, std::span<const Bit> names)
{
    const auto isThere = [&](const Bit &name) {
        return std::ranges::any_of(library.modules, [&](const project::LibraryModule &module) {
            const auto &facts = draft.view.db().get<project::TagLibraryFacts>(draft.view.project(), module.file);
            return facts.tag(name.text) || facts.filter(name.text) || !facts.open.empty();
        });
    };
    return std::ranges::all_of(names, isThere);
}

/// The libraries that are not in `named` and have all of `members`.
void addLibraries(Draft &draft, const std::vector<Bit> &named, std::span<const Bit> members)
{
    query::Reader &db = draft.view.db();
    std::vector<std::pair<Origin, const project::Library *>> libraries;
    for (const project::Library &library : db.get<project::Libraries>(draft.view.project()).libraries) {
        if (library.modules.empty() || std::ranges::contains(named, library.name, &Bit::text)
            || !hasAll(draft, library, members))
            continue;
        const std::string &path = db.read<&source::FileData::path>(library.modules.front().file);
        libraries.emplace_back(originOf(db, draft.view.project(), path), &library);
    }
    std::ranges::stable_sort(libraries, {}, &decltype(libraries)::value_type::first);
    for (const auto &[origin, library] : libraries)
        draft.add(ItemKind::Library, library->name, library->modules.front().module);
}

} // namespace

void completeLoad(Draft &draft, std::string_view rest)
{
    draft.beginWord(isLibraryByte);
    const std::size_t skipped = draft.found.wordEnd - draft.offset;
    const std::vector<Bit> before = templates::splitWords(rest.substr(0, rest.size() - draft.begun().size()), 0);
    const std::vector<Bit> after = templates::splitWords(draft.inside.after.substr(skipped), 0);
    std::vector<Bit> named = before;
    named.insert(named.end(), after.begin(), after.end());
    if (after.size() >= 2 && after[after.size() - 2].text == "from")
        return addMembers(draft, after.back().text, named);
    const bool followsFrom = before.size() >= 2 && before.back().text == "from";
    if (!followsFrom && before.size() >= 3 && before[before.size() - 2].text == "from")
        return;
    draft.found.after = missingEnd(draft.inside, skipped);
    if (followsFrom)
        addLibraries(draft, {}, std::span(before).first(before.size() - 1));
    else
        addLibraries(draft, named, {});
    if (!before.empty() && !std::ranges::contains(named, "from", &Bit::text) && draft.found.after.empty())
        draft.add(ItemKind::Keyword, "from", "load");
}

/// Django takes the name of the innermost open block, and only if no other tag is open in it.
void completeEndBlock(Draft &draft)
{
    draft.beginWord(isBlockNameByte);
    draft.found.after = missingEnd(draft.inside, draft.found.wordEnd - draft.offset);
    if (draft.open.empty())
        return;
    const auto &blocks = draft.view.facts().blocks;
    const auto block = std::ranges::lower_bound(blocks, draft.open.front().opener, {}, &templates::BlockName::token);
    if (block != blocks.end() && block->token == draft.open.front().opener)
        draft.add(ItemKind::Block, block->name);
}

/// The blocks of the templates that this one extends, without those it has itself.
void completeBlock(Draft &draft)
{
    draft.beginWord(isBlockNameByte);
    draft.found.after = missingEnd(draft.inside, draft.found.wordEnd - draft.offset);
    const auto &extends = draft.view.facts().extends;
    if (!extends || !extends->name)
        return;
    std::set<std::string, std::less<>> seen;
    for (const templates::BlockName &own : draft.view.facts().blocks) {
        if (draft.view.syntax().tokens()[own.token].range.begin != draft.inside.open)
            seen.insert(own.name);
    }
    query::Reader &db = draft.view.db();
    for (const source::File ancestor :
         db.get<analysis::Ancestry>(draft.view.project(), draft.view.file(), *extends->name)) {
        for (const templates::BlockName &block : db.get<templates::Facts>(ancestor).blocks) {
            if (seen.insert(block.name).second)
                draft.add(ItemKind::Block, block.name, db.read<&source::FileData::path>(ancestor));
        }
    }
}

void completeVariables(Draft &draft)
{
    for (BoundName &bound : boundNamesAt(draft.view, draft.open, draft.inside.open))
        draft.add(ItemKind::Variable, std::move(bound.name), std::move(bound.binder));
}

} // namespace nuages::ide
