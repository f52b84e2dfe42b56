#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace nuages::server {

/// Tells of changes on the disk, by inotify: one watch for each folder, none for a file.
///
/// An event only means that it is worth to look again. What happens in a folder before it is watched is not told; so
/// watch() says which are new, and whoever asked for them looks again at those.
///
/// Belongs to one thread.
class DiskWatch
{
public:
    /// Watches at most `limit` folders, and no more than the system allows.
    explicit DiskWatch(std::size_t limit = SIZE_MAX);
    ~DiskWatch();
    DiskWatch(const DiskWatch &) = delete;
    DiskWatch &operator=(const DiskWatch &) = delete;

    /// Readable when there is something to take; -1 if the system gives no watches at all.
    int descriptor() const { return m_fd; }

    /// Watches those of `folders` that are there, no longer those that are gone or are another folder now. Returns the
    /// ones that are new.
    std::vector<std::string> watch(std::span<const std::string> folders);

    /// Why not all that was asked for is watched, as a sentence; nullopt as long as all is.
    const std::optional<std::string> &lack() const { return m_lack; }

    struct Changes {
        std::set<std::string> paths; ///< Something happened to the name: it came, went, or is another's now.
        std::set<std::string> contents; ///< Something happened to what has the name.
        bool isOverflow = false; ///< More happened than the system could remember: it may be anything.
    };

    /// What has happened since the last call. Never waits.
    Changes take();

private:
    void forget(const std::string &folder);

    int m_fd;
    std::size_t m_limit;
    std::optional<std::string> m_lack;
    std::map<std::string, int> m_watches;
    std::map<int, std::set<std::string>> m_folders; ///< The same the other way: one folder may be mounted twice.
};

} // namespace nuages::server
