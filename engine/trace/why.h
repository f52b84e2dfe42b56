#pragma once

#include "engine/trace/store.h"

#include <cstdint>
#include <string>
#include <vector>

namespace nuages::trace {

/// One line of a chain.
struct Step {
    enum class Kind : std::uint8_t {
        Edit, ///< The transaction that opened the revision: the press of a key.
        Input, ///< A field that it set.
        Query, ///< A node that ran, or may have.
        Request, ///< Whoever asked from outside.
        Unknown, ///< The record of what came before is not kept.
    };

    Kind kind = Kind::Query;
    NodeId node = 0; ///< Of Input and Query.
    RequestId request = 0; ///< Of Request.
    Revision revision = 0; ///< When it happened.
    Outcome outcome = Outcome::NotChecked;
    std::string name; ///< "TemplateFacts(base.html)"; of a revision its label.
    std::string detail; ///< "same value: change stops here"
    std::string value; ///< "1: base.html → none": what changed, in short; of one that is new, what it has.
    std::uint64_t ns = 0; ///< Own time of an execution; of one that was spared, of its last one; 0 if unknown.
    int depth = 0; ///< How far below the press of the key it is shown.

    friend bool operator==(const Step &, const Step &) = default;
};

/// Why a node ran.
struct Why {
    NodeId node = 0;
    Revision revision = 0; ///< The one that was asked about.
    Revision ranIn = 0; ///< The one in which it ran last, up to then; 0 if no run of it is kept.
    Outcome outcome = Outcome::NotChecked; ///< Of that run.

    std::string sentence; ///< In plain words, what happened and what it spared.
    std::string saving; ///< "That saved about 188 ms."; empty if nothing was, or nothing is known of what it took.
    std::vector<Step> chain; ///< From the press of a key down to the node.
    std::vector<Step> also; ///< What else ran because of something in the chain, in order; at most `shownSteps`.
    std::vector<Step>
        stopped; ///< If it kept its value: what depends on it and was kept for that; at most `shownSteps`.
    std::size_t spared = 0; ///< How many were kept; `stopped` has those that would have taken longest.
    std::uint64_t savedNs = 0; ///< What their last runs took themselves; those that were not seen count nothing.

    static constexpr std::size_t shownSteps = 100;

    friend bool operator==(const Why &, const Why &) = default;
};

/// Why `node` ran in `revision`, or last before it. Follows first changed dependencies down to the input, or whoever
/// asked for it, if it was new. Costs in proportion to the chain and, for a value that stayed the same, its dependents.
Why why(const Store &store, NodeId node, Revision revision);

/// Why a node did not run.
struct WhyNot {
    enum class Answer : std::uint8_t {
        Ran, ///< It did.
        NotAsked, ///< Nobody asked for it.
        Durable, ///< No input of its durability had changed.
        Untouched, ///< What it reads, all the way down, was not set.
        Stopped, ///< Something between it and what was set kept its value.
        Forgotten, ///< The revision was thinned.
        Unborn, ///< It came up later.
    };

    NodeId node = 0;
    Revision revision = 0;
    Answer answer = Answer::NotAsked;
    std::string sentence;
    std::vector<Step> chain; ///< Stopped: from the press of a key to what kept its value, then up to the node.

    friend bool operator==(const WhyNot &, const WhyNot &) = default;
};

/// Why `node` did not run in `revision`.
WhyNot whyNot(const Store &store, NodeId node, Revision revision);

enum class Times : std::uint8_t { Shown, Hidden };

/// As text for a terminal or a bug report: the sentence, then a line for each step. Without times it is the same on
/// every run.
std::string toText(const Why &why, Times times);
std::string toText(const WhyNot &whyNot, Times times);

/// For an issue: the sentence, and the chain as nested lists, with names as code.
std::string toMarkdown(const Why &why);

} // namespace nuages::trace
