#include "lsp/server/diskwatch.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <format>
#include <utility>

namespace nuages::server {

namespace {

constexpr std::uint32_t changesOfNames =
    IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF;
constexpr std::uint32_t changesOfContents = IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB;
constexpr std::uint32_t watchedFor = changesOfNames | changesOfContents | IN_ONLYDIR | IN_EXCL_UNLINK;

} // namespace

DiskWatch::DiskWatch(std::size_t limit) : m_fd(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)), m_limit(limit)
{
    if (m_fd < 0)
        m_lack = std::format("the system gives this program nothing to watch them with ({})", std::strerror(errno));
}

DiskWatch::~DiskWatch()
{
    if (m_fd >= 0)
        close(m_fd);
}

std::vector<std::string> DiskWatch::watch(std::span<const std::string> folders)
{
    std::vector<std::string> fresh;
    for (const std::string &folder : folders) {
        const auto before = m_watches.find(folder);
        const bool isFull = before == m_watches.end() && m_watches.size() >= m_limit;
        const int watch = m_fd < 0 || isFull ? -1 : inotify_add_watch(m_fd, folder.c_str(), watchedFor);
        if (watch < 0 && m_fd >= 0 && (isFull || errno == ENOSPC)) {
            m_lack = std::format("the system's limit of watched folders is reached after {}; see"
                                 " fs.inotify.max_user_watches",
                                 m_watches.size());
        }
        if (before != m_watches.end() && before->second == watch)
            continue;
        forget(folder);
        if (watch < 0)
            continue;
        m_watches.emplace(folder, watch);
        m_folders[watch].insert(folder);
        fresh.push_back(folder);
    }
    return fresh;
}

void DiskWatch::forget(const std::string &folder)
{
    const auto node = m_watches.extract(folder);
    if (node.empty())
        return;
    const auto found = m_folders.find(node.mapped());
    found->second.erase(folder);
    if (!found->second.empty())
        return;
    m_folders.erase(found);
    inotify_rm_watch(m_fd, node.mapped());
}

DiskWatch::Changes DiskWatch::take()
{
    Changes changes;
    alignas(inotify_event) std::array<char, 64 << 10> buffer;
    for (;;) {
        const ssize_t size = m_fd < 0 ? -1 : read(m_fd, buffer.data(), buffer.size());
        if (size < 0 && m_fd >= 0 && errno == EINTR)
            continue;
        if (size <= 0)
            return changes;
        for (const char *at = buffer.data(); at < buffer.data() + size;) {
            inotify_event event = {};
            std::memcpy(&event, at, sizeof event);
            const char *name = at + sizeof event;
            at = name + event.len;
            changes.isOverflow = changes.isOverflow || (event.mask & IN_Q_OVERFLOW) != 0;
            const auto found = m_folders.find(event.wd);
            if (found == m_folders.end())
                continue; // no longer watched
            for (const std::string &folder : found->second) {
                std::string path = event.len == 0 ? folder : (folder == "/" ? "" : folder) + '/' + name;
                if ((event.mask & changesOfNames) != 0)
                    changes.paths.insert(std::move(path));
                else if ((event.mask & changesOfContents) != 0)
                    changes.contents.insert(std::move(path));
            }
            if ((event.mask & IN_IGNORED) != 0) {
                for (const std::string &folder : found->second)
                    m_watches.erase(folder);
                m_folders.erase(found);
            }
        }
    }
}

} // namespace nuages::server
