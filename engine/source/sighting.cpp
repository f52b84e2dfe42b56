#include "engine/source/sighting.h"

#include <algorithm>

namespace nuages::source {

namespace {

template <class T, class Read>
Sighting<T> sight(FileSystem &files, const std::string &path, Status kind, Read read)
{
    Sighting<T> seen;
    const std::unique_ptr<OpenFile> open = files.open(path);
    if (!open) {
        seen.state = files.state(path);
        if (seen.state.status != Status::Absent)
            seen.state.status = Status::Unreadable;
        return seen;
    }
    const FileState before = open->state();
    if (before.status == kind)
        seen.content = read(*open);
    seen.state = open->state();
    seen.isSteady = seen.state == before;
    if (before.status == kind && !seen.content)
        seen.state.status = Status::Unreadable;
    return seen;
}

} // namespace

Sighting<std::string> sightBytes(FileSystem &files, const std::string &path, std::size_t limit)
{
    return sight<std::string>(files, path, Status::Regular, [limit](OpenFile &open) { return open.bytes(limit); });
}

Sighting<std::vector<Entry>> sightEntries(FileSystem &files, const std::string &path)
{
    return sight<std::vector<Entry>>(files, path, Status::Directory, [](OpenFile &open) {
        std::optional<std::vector<Entry>> entries = open.entries();
        if (entries)
            std::ranges::sort(*entries);
        return entries;
    });
}

ContentHash contentHash(const std::vector<Entry> &entries)
{
    std::string joined;
    for (const Entry &entry : entries) {
        joined += entry.name;
        joined += '/'; // in no name
        joined += static_cast<char>('0' + static_cast<int>(entry.kind));
        joined += entry.leadsTo;
        joined += '\0'; // in no path
    }
    return contentHash(std::string_view(joined));
}

} // namespace nuages::source
