#include "engine/analysis/names.h"
#include "engine/query/engine.h"
#include "engine/rules/closelibrary.h"
#include "engine/rules/closename.h"
#include "engine/rules/phrases.h"
#include "engine/rules/rule.h"

#include <algorithm>
#include <format>

namespace nuages::rules {

namespace {

/// Whether `library` surely registers neither a tag nor a filter called `name`.
bool surelyLacks(const Subject &subject, const analysis::LibraryAnswer &library, std::string_view name)
{
    return !library.open && std::ranges::all_of(library.modules, [&](const project::LibraryModule &module) {
        const project::TagLibrary &facts = subject.db.get<project::TagLibraryFacts>(subject.project, module.file);
        return facts.open.empty() && !facts.tag(name) && !facts.filter(name);
    });
}

std::string whyUnknown(const Subject &subject, const std::string &word)
{
    const bool isQuoted =
        word.size() > 2 && (word.front() == '"' || word.front() == '\'') && word.back() == word.front();
    if (isQuoted)
        return std::format("The name of a library stands without quotes: {}", word.substr(1, word.size() - 2));
    const auto &close = subject.db.get<CloseLibrary>(subject.project, std::string_view(word));
    return std::format("No library is called {}{}", quoted(word), didYouMean(close));
}

void checkLoad(const Subject &subject, const templates::Load &load, Findings &found)
{
    const std::vector<templates::Bit> words = subject.syntax.words(subject.syntax.tokens()[load.token]);
    // `load a b from library` ends in the library, `load a b` is nothing but libraries.
    const std::size_t first = load.only.empty() ? 1 : words.size() - 1;
    for (std::size_t i = first; i < words.size(); ++i) {
        const templates::Bit &word = words[i];
        const analysis::LibraryAnswer &library = subject.db.get<analysis::LoadableLibrary>(subject.project, word.text);
        if (library.modules.empty() && !library.open) {
            found.add(word.range, whyUnknown(subject, word.text));
        }
        if (load.only.empty() || library.modules.empty())
            continue;
        for (const templates::Bit &name : std::span(words).subspan(1, load.only.size())) {
            if (surelyLacks(subject, library, name.text))
                found.add(
                    name.range,
                    std::format("The library {} has no tag or filter called {}", quoted(word.text), quoted(name.text)));
        }
    }
}

void checkUnknownLibrary(const Subject &subject, Findings &found)
{
    for (const templates::Load &load : subject.facts.loads) {
        const templates::Place &place = subject.structure.places[load.token];
        if (place.role == templates::Place::Role::Tag && !place.doubtful)
            checkLoad(subject, load, found);
    }
}

} // namespace

constinit const Rule unknownLibrary{"unknown-library", Severity::Error, &checkUnknownLibrary};

} // namespace nuages::rules
