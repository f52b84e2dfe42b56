#pragma once

#include "engine/recording/sessionreader.h"
#include "engine/recording/sessionwriter.h"
#include "engine/trace/store.h"

#include <QString>

#include <cstdint>
#include <string>
#include <vector>

namespace nuages::tests {

/// The story of an engine on which random edits and requests are made, with files that are typed into and what a client
/// and a server say meanwhile.
std::vector<recording::Entry> story(std::uint32_t seed, int edits);

inline const recording::About about{"nuages-inspector 0.0", "/srv/shop", 1'700'000'000};

/// Adds them; commits after each `every`.
void write(recording::SessionWriter &writer, const std::vector<recording::Entry> &entries, std::size_t every);

/// All of a file, and a sentence at its end if it is damaged.
struct ReadSession {
    std::vector<recording::Entry> entries;
    std::string fault;
};
ReadSession readSession(const std::string &path);

bool isSame(const recording::Entry &one, const recording::Entry &other);

/// A sentence about the first difference; empty if `found` is what `told` begins with, and has `least` at least.
QString difference(const std::vector<recording::Entry> &told, const std::vector<recording::Entry> &found,
                   std::size_t least);

/// What a store knows when it has taken them in.
trace::Store storeOf(const std::vector<recording::Entry> &entries);

} // namespace nuages::tests
