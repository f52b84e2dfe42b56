#include "engine/source/diskfilesystem.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <string_view>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace nuages::source {

namespace {

FileState stateOf(const struct stat &found)
{
    const Status status = S_ISREG(found.st_mode) ? Status::Regular
        : S_ISDIR(found.st_mode)                 ? Status::Directory
                                                 : Status::Unreadable;
    return {status,
            {static_cast<std::uint64_t>(found.st_size),
             std::int64_t{found.st_mtim.tv_sec} * 1'000'000'000 + found.st_mtim.tv_nsec,
             static_cast<std::uint64_t>(found.st_ino)}};
}

// A name too long to exist is absent like any other: Django tries to open it and goes on to the next folder.
Status statusOfFailure(int error)
{
    return error == ENOENT || error == ENOTDIR || error == ENAMETOOLONG ? Status::Absent : Status::Unreadable;
}

EntryKind kindOf(const struct stat &found)
{
    return S_ISREG(found.st_mode) ? EntryKind::Regular
        : S_ISDIR(found.st_mode)  ? EntryKind::Directory
                                  : EntryKind::Other;
}

/// `directory` is the open one at the path `folder`.
Entry entryOf(int directory, const std::string &folder, const struct dirent &found)
{
    Entry entry{found.d_name, EntryKind::Other};
    struct stat state = {};
    bool isLink = found.d_type == DT_LNK;
    if (found.d_type == DT_REG) {
        entry.kind = EntryKind::Regular;
    } else if (found.d_type == DT_DIR) {
        entry.kind = EntryKind::Directory;
    } else if (found.d_type == DT_UNKNOWN && ::fstatat(directory, found.d_name, &state, AT_SYMLINK_NOFOLLOW) == 0) {
        isLink = S_ISLNK(state.st_mode);
        entry.kind = kindOf(state);
    }
    if (isLink && ::fstatat(directory, found.d_name, &state, 0) == 0) {
        entry.kind = kindOf(state);
        const std::unique_ptr<char, decltype(&std::free)> real(::realpath((folder + '/' + entry.name).c_str(), nullptr),
                                                               &std::free);
        if (real)
            entry.leadsTo = real.get();
    }
    return entry;
}

class OpenDiskFile final : public OpenFile
{
public:
    OpenDiskFile(int descriptor, std::string path) : m_descriptor(descriptor), m_path(std::move(path)) { }
    ~OpenDiskFile() override { ::close(m_descriptor); }
    OpenDiskFile(const OpenDiskFile &) = delete;
    OpenDiskFile &operator=(const OpenDiskFile &) = delete;

    FileState state() override
    {
        struct stat found = {};
        if (::fstat(m_descriptor, &found) != 0)
            return {Status::Unreadable, {}};
        m_announced = static_cast<std::size_t>(found.st_size);
        return stateOf(found);
    }

    std::optional<std::string> bytes(std::size_t limit) override
    {
        // One byte more than announced: the read that finds the end is then the first one for a file at rest.
        std::string bytes(std::min(m_announced, limit) + 1, '\0');
        std::size_t filled = 0;
        for (;;) {
            const ssize_t got =
                ::pread(m_descriptor, bytes.data() + filled, bytes.size() - filled, static_cast<off_t>(filled));
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0)
                return std::nullopt;
            filled += static_cast<std::size_t>(got);
            if (filled > limit)
                return std::nullopt;
            if (got == 0)
                break;
            if (filled == bytes.size())
                bytes.resize(std::min(bytes.size() * 2, limit + 1));
        }
        bytes.resize(filled);
        return bytes;
    }

    std::optional<std::vector<Entry>> entries() override
    {
        // A descriptor of its own, because closedir() closes it.
        const int descriptor = ::openat(m_descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor < 0)
            return std::nullopt;
        const std::unique_ptr<DIR, int (*)(DIR *)> directory(::fdopendir(descriptor), &::closedir);
        if (!directory) {
            ::close(descriptor);
            return std::nullopt;
        }
        std::vector<Entry> entries;
        errno = 0;
        while (const struct dirent *entry = ::readdir(directory.get())) {
            const std::string_view name = entry->d_name;
            if (name != "." && name != "..")
                entries.push_back(entryOf(descriptor, m_path, *entry));
            errno = 0;
        }
        if (errno != 0)
            return std::nullopt;
        return entries;
    }

private:
    int m_descriptor;
    std::string m_path; // as it was opened
    std::size_t m_announced = 0; // bytes, as state() last said; a hint
};

} // namespace

FileState DiskFileSystem::state(const std::string &path)
{
    struct stat found = {};
    if (::stat(path.c_str(), &found) != 0)
        return {statusOfFailure(errno), {}};
    return stateOf(found);
}

std::unique_ptr<OpenFile> DiskFileSystem::open(const std::string &path)
{
    int descriptor;
    do
        descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    while (descriptor < 0 && errno == EINTR);
    if (descriptor < 0)
        return nullptr;
    return std::make_unique<OpenDiskFile>(descriptor, path);
}

std::optional<std::string> DiskFileSystem::linkTarget(const std::string &path)
{
    std::array<char, PATH_MAX> target;
    const ssize_t size = ::readlink(path.c_str(), target.data(), target.size());
    return size < 0 ? std::nullopt : std::optional(std::string(target.data(), std::size_t(size)));
}

} // namespace nuages::source
