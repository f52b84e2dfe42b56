#pragma once

#include "engine/source/filesystem.h"

#include <functional>
#include <map>
#include <mutex>
#include <string_view>

namespace nuages::source {

/// A disk in memory, for tests and for projects that exist nowhere else.
///
/// Behaves as DiskFileSystem does on a disk with the same story (a test tells both the same ones), but its time is
/// a counter: every change is later than the one before. Paths are absolute and have no `.`, `..` or double slash.
///
/// Thread-safe: the world may be changed while others read it.
class MemoryFileSystem final : public FileSystem
{
public:
    FileState state(const std::string &path) override;
    std::unique_ptr<OpenFile> open(const std::string &path) override;
    std::optional<std::string> linkTarget(const std::string &) override { return std::nullopt; } ///< It has no links.

    /// Puts `bytes` into the file in place, so that those who hold it open see them; makes it, and the directories
    /// above it, if it is not there.
    void write(std::string_view path, std::string_view bytes);

    /// Gives the name to a new file, as editors do that save by renaming; who holds the old one open keeps it.
    void replace(std::string_view path, std::string_view bytes);

    /// Moves the time of what is there on, and nothing else.
    void touch(std::string_view path);

    /// Takes the name away, with everything below it.
    void remove(std::string_view path);

    void makeDirectory(std::string_view path);

    /// Puts a pipe in the place of whatever had the name: nothing with bytes, and nobody writes to it.
    void makePipe(std::string_view path);

    /// From now on the file is there but cannot be opened, until it is replaced.
    void forbid(std::string_view path);

private:
    struct Node;
    class OpenNode;

    Node &put(const std::string &path, Status status);
    void eraseBelow(const std::string &path);
    void changeEntries(const std::string &path);
    std::vector<Entry> entriesOf(const Node &directory) const;

    mutable std::mutex m_mutex; // guards everything below
    std::map<std::string, std::shared_ptr<Node>, std::less<>> m_nodes; // by path, without a slash at the end
    std::int64_t m_time = 0;
    std::uint64_t m_lastInode = 0;
};

} // namespace nuages::source
