#pragma once

#include <span>
#include <string_view>

namespace nuages::rules {

/// What a rule has to say for itself, as resources/rules/NAME.md has it. The texts are part of the program, so that it
/// finds them wherever it lies; they are constants, so that a start does not pay for them.
struct Page {
    std::string_view rule; ///< The name of the file, which is the rule's.
    std::string_view text; ///< Markdown: the name as a title, a blank line, one sentence, and what the rule deserves.
};

/// Every page, sorted by name. Made of the files when the program is built; a test holds them against allRules().
std::span<const Page> allPages();

/// The page of the rule; nullptr if there is none.
const Page *pageOf(std::string_view rule);

/// The sentence below the title.
std::string_view summaryOf(const Page &page);

} // namespace nuages::rules
