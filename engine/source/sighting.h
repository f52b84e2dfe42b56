#pragma once

#include "engine/source/contenthash.h"
#include "engine/source/filesystem.h"

namespace nuages::source {

/// What one look at a path found: its content between two looks at its state.
template <class T>
struct Sighting {
    FileState state; ///< After the content was read.
    bool isSteady = false; ///< The state was the same before. Otherwise the content may be half old, half new.
    std::optional<T> content; ///< Nothing when it is not of the kind asked for, too large, or cannot be read.
};

/// Opens `path`, asks its state, reads it, asks its state again. A file of more than `limit` bytes is Unreadable, and
/// so is one that is there and cannot be opened or read. Never blocks on a pipe. Any thread.
Sighting<std::string> sightBytes(FileSystem &files, const std::string &path, std::size_t limit);

/// The same for a directory; the entries are sorted by name.
Sighting<std::vector<Entry>> sightEntries(FileSystem &files, const std::string &path);

/// Equal for equal lists in equal order.
ContentHash contentHash(const std::vector<Entry> &entries);

} // namespace nuages::source
