#pragma once

#include "engine/trace/store.h"
#include "engine/trace/why.h"

#include <cstdint>
#include <string>
#include <vector>

namespace nuages::trace {

/// What is known of all nodes of one kind.
struct KindStatistics {
    std::string kind; ///< "File" for all fields of it.
    bool isInput = false;
    std::uint64_t memos = 0; ///< Now; records of inputs.
    Counters counters; ///< Since the engine began, exact. All 0 for inputs.

    // Of the runs that are kept.
    std::uint64_t runs = 0;
    std::uint64_t selfNs = 0; ///< Without what they asked for.
    std::uint64_t totalNs = 0; ///< With it: of queries of one kind inside each other counted several times.
    std::uint64_t medianNs = 0; ///< Of the own times; the lower one of two.
    std::uint64_t slowNs = 0; ///< 95 of 100 took no longer than this.

    // What is there now.
    std::uint64_t edges = 0; ///< Reads of all of them.
    std::uint64_t readers = 0; ///< Of all of them.
    std::uint64_t mostReads = 0; ///< Of one.
    std::uint64_t mostReaders = 0;
    NodeId mostRead = 0; ///< Which has so many readers; 0 if none has any.

    friend bool operator==(const KindStatistics &, const KindStatistics &) = default;
};

/// By name of kind. Cost in proportion to all nodes and all that is kept of what happened.
std::vector<KindStatistics> statistics(const Store &store);

/// Nodes whose key names a file, and what they read.
struct FileMemory {
    std::string file; ///< Absolute path; empty: those that name none.
    std::uint64_t cells = 0; ///< Queries and fields of inputs.
    std::uint64_t edges = 0;

    friend bool operator==(const FileMemory &, const FileMemory &) = default;
};

/// By path. The engine does not say how many bytes a value takes.
std::vector<FileMemory> memoryByFile(const Store &store);

} // namespace nuages::trace
