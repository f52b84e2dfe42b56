#pragma once

#include "engine/trace/batch.h"

#include <cstddef>
#include <string>
#include <string_view>

/// The plain words of sentences. What is not in the table of words.cpp is called by its own name.
namespace nuages::trace {

/// What is said of all that happened and is forgotten.
inline constexpr const char *notKept = "not kept";

/// "the text of base.html" for the field File(base.html).stamp.
std::string phraseOf(const NodeName &field);

/// "213 templates were not checked again": what it means that so many nodes of a kind did not run.
std::string sparedPhrase(std::string_view kind, std::size_t count);

/// Whether people have a word for a node of this kind not running.
bool hasSparedPhrase(std::string_view kind);

/// Of a node that was first heard of in a later revision than the one that is asked about.
std::string unbornSentence(const std::string &name, std::uint32_t born, std::uint32_t revision);

/// "0.04 ms", "188 ms": two significant digits, or whole milliseconds.
std::string milliseconds(std::uint64_t ns);

} // namespace nuages::trace
