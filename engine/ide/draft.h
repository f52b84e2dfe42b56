#pragma once

#include "engine/ide/completion.h"
#include "engine/ide/inside.h"
#include "engine/ide/stopwords.h"
#include "engine/ide/view.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::ide {

/// Completions in the making: the place, what is open around it, and what was found so far.
struct Draft {
    Draft(const View &view, std::uint32_t offset, Inside inside);

    const View &view;
    std::uint32_t offset;
    Inside inside;
    std::vector<OpenSection> open; ///< Around the tag at the place, innermost first.
    Completions found;

    /// The word around the offset, of bytes that `isPart`, is what a completion takes the place of.
    void beginWord(bool (*isPart)(char) = isWordByte);
    std::string_view begun() const; ///< The part of that word before the offset.

    /// `inside.before` without the word.
    std::string_view beforeWord() const;

    void add(Completion::Kind kind, std::string text, std::string detail = {});

    /// Whether only the words that close or continue the innermost open tag are tags here.
    bool takesOnlyStops() const { return !open.empty() && ide::takesOnlyStops(view, open.front()); }
};

// Each fills `found` for one kind of place.

void completeCommand(Draft &draft);
void completeLoad(Draft &draft, std::string_view rest); ///< `rest`: what stands between `load` and the offset.
void completeFilters(Draft &draft);
void completeTemplates(Draft &draft, std::string_view written); ///< `written`: from the quote to the offset.
void completeUnquotedTemplates(Draft &draft); ///< And variables, which may hold one.
void completeEndBlock(Draft &draft);
void completeBlock(Draft &draft);
void completeVariables(Draft &draft);

} // namespace nuages::ide
