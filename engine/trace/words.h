#pragma once

#include "engine/trace/batch.h"

#include <cstddef>
#include <string>

/// The plain words of sentences. What is not in the table of words.cpp is called by its own name.
namespace nuages::trace {

/// "the text of base.html" for the field File(base.html).stamp.
std::string phraseOf(const Node &field);

/// "213 templates were not checked again": what it means that so many nodes of a kind did not run.
std::string sparedPhrase(const std::string &kind, std::size_t count);

/// Whether people have a word for a node of this kind not running.
bool hasSparedPhrase(const std::string &kind);

/// "0.04 ms", "188 ms": two significant digits, or whole milliseconds.
std::string milliseconds(std::uint64_t ns);

} // namespace nuages::trace
