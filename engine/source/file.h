#pragma once

#include "engine/query/engine.h"
#include "engine/source/filesystem.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace nuages::source {

/// Which bytes of a file are meant in a revision.
struct Stamp {
    DiskStamp disk; ///< As last set; all zero for a text that only an editor holds.
    std::uint32_t edition = 0; ///< Rises each time the owner finds that other bytes are meant.

    friend bool operator==(const Stamp &, const Stamp &) = default;
};

/// What is known of a path without reading it. The path may lead to nothing: absence is an input like any other.
///
/// Only SourceText and Listing read the stamp. It stays while the bytes stay, whatever the disk says about them, so
/// a query that reads the stamp itself would see less than it thinks.
struct FileData {
    static constexpr std::string_view shownAs = "File";
    static constexpr std::string_view about = "input";

    std::string path; ///< Absolute and normal; never changes.
    Status status = Status::Absent;
    Stamp stamp;
    std::uint32_t shownFrom = 0; ///< Where the part of the path begins that people see. Not tracked.
};

/// A path, asked for once: see fileAt().
using File = query::Input<FileData, &FileData::path, &FileData::status, &FileData::stamp>;

/// The path below its root, for event logs.
inline std::string describe(const FileData &data) { return data.path.substr(data.shownFrom); }

/// For those who show what the engine did: the file that a key stands for.
inline std::string pathOf(const FileData &data) { return data.path; }

} // namespace nuages::source
