#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace nuages::project::reading {

/// One way through a tag's function: the answers given to what could not be decided, and what the function did with
/// its parser on that way.
struct Path {
    /// A `parser.parse` that stopped.
    struct Stop {
        std::vector<std::string> words; ///< Where it might have stopped.
        std::string chosen; ///< Where it did.

        friend auto operator<=>(const Stop &, const Stop &) = default;
    };

    std::vector<std::uint8_t> answers; ///< Given so far; those beyond are 0.
    std::vector<std::uint8_t> options; ///< How many answers each question has.
    std::size_t asked = 0;

    std::vector<Stop> stops;
    bool waiting = false; ///< The token of the last stop was not taken yet.
    bool compiles = false; ///< It compiles expressions.
    bool unreadable = false; ///< The parser went where it cannot be followed.
    bool readsToEnd = false; ///< It parses the rest of the file.
    bool changesTags = false; ///< It adds tags or filters to the parser, as `load` does.
    bool readsTokens = false; ///< It takes tokens by hand.
    std::string skippedTo; ///< It leaves out all up to a tag with this content.
    bool returned = false; ///< The function came to its end, without an error.

    /// An answer below `count` (2 or more) to the next question.
    std::uint8_t choose(std::uint8_t count);

    /// The path that gives the next answers in order; false when all were given.
    bool advance();
};

} // namespace nuages::project::reading
