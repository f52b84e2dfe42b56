#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nuages::source {

/// What a path leads to, symbolic links followed.
enum class Status : std::uint8_t {
    Absent, ///< Nothing, or a link to nothing.
    Regular, ///< A file with bytes.
    Directory,
    Unreadable, ///< Something else (a pipe, a device), too large, or forbidden.
};

/// What the disk says about the bytes without reading them. All zero for what is not there.
struct DiskStamp {
    std::uint64_t size = 0; ///< Bytes.
    std::int64_t modified = 0; ///< Nanoseconds since 1970, as the file system counts them.
    std::uint64_t inode = 0;

    friend bool operator==(const DiskStamp &, const DiskStamp &) = default;
};

struct FileState {
    Status status = Status::Absent;
    DiskStamp stamp;

    friend bool operator==(const FileState &, const FileState &) = default;
};

enum class EntryKind : std::uint8_t { Regular, Directory, Other };

/// One name in a directory. A link has the kind of what it leads to, Other if that is nothing.
struct Entry {
    std::string name; ///< Without the directory.
    EntryKind kind = EntryKind::Other;
    std::string leadsTo = {}; ///< Of a link: the path of what it leads to, which holds no link. Else empty.

    friend auto operator<=>(const Entry &, const Entry &) = default;
};

/// A file or directory held open: it stays the same one while its name is given to another.
class OpenFile
{
public:
    virtual ~OpenFile() = default;

    /// What is open, now. The size and time may move on while others write to it.
    virtual FileState state() = 0;

    /// The bytes from the start, or nullopt if they cannot be read or are more than `limit`.
    virtual std::optional<std::string> bytes(std::size_t limit) = 0;

    /// The entries of a directory, `.` and `..` left out, in no order; nullopt if this is none.
    virtual std::optional<std::vector<Entry>> entries() = 0;

protected:
    OpenFile() = default;
    OpenFile(const OpenFile &) = default;
    OpenFile &operator=(const OpenFile &) = default;
};

/// The outside world as far as files go: the disk, or the one in memory that stands for it in tests.
///
/// Every function may be called from several threads at once, and may find the world changed since the last call.
class FileSystem
{
public:
    virtual ~FileSystem() = default;

    /// What `path` (absolute) leads to, without opening it. Absent when it cannot be looked up for want of a
    /// component, Unreadable when for another reason.
    virtual FileState state(const std::string &path) = 0;

    /// Opens for reading and never waits for whoever is at the other end of a pipe; nullptr if that fails.
    virtual std::unique_ptr<OpenFile> open(const std::string &path) = 0;

    /// What the symbolic link at `path` says; nullopt if there is none. Links above it are followed.
    virtual std::optional<std::string> linkTarget(const std::string &path) = 0;

protected:
    FileSystem() = default;
    FileSystem(const FileSystem &) = default;
    FileSystem &operator=(const FileSystem &) = default;
};

} // namespace nuages::source
