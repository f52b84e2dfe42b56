#pragma once

#include "engine/trace/store.h"
#include "engine/trace/why.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nuages::trace {

/// How sure a prediction is of a query.
enum class Grade : std::uint8_t {
    Sure, ///< It reads what changes with every edit, and is read by what was looked at after the last two for
          ///< what comes again.
    Maybe, ///< A change has to get as far as it.
};

struct Expected {
    NodeId node = 0;
    Grade grade = Grade::Maybe;
    double chance = 1; ///< That it runs: that the likeliest to change of what it reads does.
    NodeId through = 0; ///< That read.
    std::uint64_t ns = 0; ///< What its last run took itself; 0 if none was seen.

    friend bool operator==(const Expected &, const Expected &) = default;
};

/// What would run if somebody edited some files.
struct WhatIf {
    Revision revision = 0; ///< After which.
    std::vector<std::string> files; ///< Absolute paths.
    std::vector<NodeId> touched; ///< The inputs that an edit of them sets; rising.
    std::vector<Expected>
        expected; ///< All that depends on them and is still asked for; sure ones first, then by chance.
    std::uint64_t asleep = 0; ///< So many others depend on them, and nobody asks for them any more.

    std::uint64_t count(Grade grade) const;
    double chances() const; ///< How many of those that may run are expected to.
    std::uint64_t sureNs() const;
    double maybeNs() const; ///< Times their chances.

    friend bool operator==(const WhatIf &, const WhatIf &) = default;
};

/// What an edit of the text of these files would have run, as history has it: the cone of everything that depends on
/// them, each with the chance that a change gets there. A read lets a change pass as often as runs of the same kind of
/// query, brought about by the same kind of read, made another value; as often as not while that was never seen.
///
/// Sure is what reads the text, and what reads a query that is nothing but the text: one that was never seen to keep
/// its value when the text changed.
///
/// Cost in proportion to all nodes and their reads, and to all that is kept of what happened.
WhatIf whatIf(const Store &store, const std::vector<std::string> &files);

/// The same for inputs that are set to something else.
WhatIf whatIf(const Store &store, std::vector<NodeId> touched);

/// How a prediction fared.
struct Score {
    std::uint64_t sure = 0;
    std::uint64_t sureRan = 0;
    std::uint64_t maybe = 0;
    std::uint64_t maybeRan = 0;
    std::uint64_t unforeseen = 0; ///< Ran, and was not predicted: among them those that are new.
    /// Of those that might run, the mean square of how far the chance was from what came; 0 is best.
    double error = 0;
    double errorOfAllMaybe = 0; ///< The same if each had been given an even chance.

    friend bool operator==(const Score &, const Score &) = default;
};

/// Against the names of all queries that then ran.
Score score(const Store &store, const WhatIf &whatIf, const std::vector<std::string> &ran);

/// The names of the queries that ran in a revision; empty if that is not kept.
std::vector<std::string> ranIn(const Store &store, Revision revision);

/// "of 12 sure 12 ran; of 8 maybe 2; 1 more ran"
std::string sentenceOf(const Score &score);

std::string toText(const Store &store, const WhatIf &whatIf, Times times, std::size_t most);

} // namespace nuages::trace
