#include "engine/source/memoryfilesystem.h"

#include <cassert>
#include <utility>

namespace nuages::source {

struct MemoryFileSystem::Node {
    std::string path;
    Status status = Status::Regular;
    DiskStamp stamp;
    std::string bytes;
    bool isForbidden = false;

    FileState state() const { return {status, stamp}; }
};

class MemoryFileSystem::OpenNode final : public OpenFile
{
public:
    OpenNode(MemoryFileSystem &files, std::shared_ptr<Node> node) : m_files(files), m_node(std::move(node)) { }

    FileState state() override
    {
        const std::scoped_lock lock(m_files.m_mutex);
        return m_node->state();
    }

    std::optional<std::string> bytes(std::size_t limit) override
    {
        const std::scoped_lock lock(m_files.m_mutex);
        if (m_node->status != Status::Regular || m_node->bytes.size() > limit)
            return std::nullopt;
        return m_node->bytes;
    }

    std::optional<std::vector<Entry>> entries() override
    {
        const std::scoped_lock lock(m_files.m_mutex);
        if (m_node->status != Status::Directory)
            return std::nullopt;
        return m_files.entriesOf(*m_node);
    }

private:
    MemoryFileSystem &m_files;
    const std::shared_ptr<Node> m_node;
};

FileState MemoryFileSystem::state(const std::string &path)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_nodes.find(path);
    return found == m_nodes.end() ? FileState() : found->second->state();
}

std::unique_ptr<OpenFile> MemoryFileSystem::open(const std::string &path)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_nodes.find(path);
    if (found == m_nodes.end() || found->second->isForbidden)
        return nullptr;
    return std::make_unique<OpenNode>(*this, found->second);
}

void MemoryFileSystem::write(std::string_view path, std::string_view bytes)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_nodes.find(path);
    const bool isThere = found != m_nodes.end() && found->second->status == Status::Regular;
    Node &node = isThere ? *found->second : put(std::string(path), Status::Regular);
    node.bytes = bytes;
    node.stamp.size = bytes.size();
    node.stamp.modified = ++m_time;
}

void MemoryFileSystem::replace(std::string_view path, std::string_view bytes)
{
    const std::scoped_lock lock(m_mutex);
    Node &node = put(std::string(path), Status::Regular);
    node.bytes = bytes;
    node.stamp.size = bytes.size();
}

void MemoryFileSystem::touch(std::string_view path)
{
    const std::scoped_lock lock(m_mutex);
    if (const auto found = m_nodes.find(path); found != m_nodes.end())
        found->second->stamp.modified = ++m_time;
}

void MemoryFileSystem::remove(std::string_view path)
{
    const std::scoped_lock lock(m_mutex);
    const std::string name(path);
    if (m_nodes.erase(name) == 0)
        return;
    eraseBelow(name);
    changeEntries(name);
}

void MemoryFileSystem::makeDirectory(std::string_view path)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_nodes.find(path);
    if (found == m_nodes.end() || found->second->status != Status::Directory)
        put(std::string(path), Status::Directory);
}

void MemoryFileSystem::makePipe(std::string_view path)
{
    const std::scoped_lock lock(m_mutex);
    put(std::string(path), Status::Unreadable);
}

void MemoryFileSystem::forbid(std::string_view path)
{
    const std::scoped_lock lock(m_mutex);
    if (const auto found = m_nodes.find(path); found != m_nodes.end())
        found->second->isForbidden = true;
}

// Gives the name to a fresh node, and makes the directories above it. The lock is held.
MemoryFileSystem::Node &MemoryFileSystem::put(const std::string &path, Status status)
{
    assert(path.starts_with('/') && (path.size() == 1 || !path.ends_with('/')));
    if (const std::size_t slash = path.rfind('/'); slash != 0) {
        const std::string above = path.substr(0, slash);
        if (const auto found = m_nodes.find(above);
            found == m_nodes.end() || found->second->status != Status::Directory)
            put(above, Status::Directory);
    }
    auto node = std::make_shared<Node>();
    node->path = path;
    node->status = status;
    node->stamp = {0, ++m_time, ++m_lastInode};
    if (status != Status::Directory)
        eraseBelow(path);
    std::shared_ptr<Node> &slot = m_nodes[path];
    slot = std::move(node);
    changeEntries(path);
    return *slot;
}

void MemoryFileSystem::eraseBelow(const std::string &path)
{
    // '0' follows '/': the range is exactly what begins with "path/".
    m_nodes.erase(m_nodes.lower_bound(path + '/'), m_nodes.lower_bound(path + '0'));
}

void MemoryFileSystem::changeEntries(const std::string &path)
{
    const auto above = m_nodes.find(std::string_view(path).substr(0, path.rfind('/')));
    if (above != m_nodes.end())
        above->second->stamp.modified = ++m_time;
}

std::vector<Entry> MemoryFileSystem::entriesOf(const Node &directory) const
{
    std::vector<Entry> entries;
    if (const auto named = m_nodes.find(directory.path); named == m_nodes.end() || named->second.get() != &directory)
        return entries; // removed while it was open
    const std::string prefix = directory.path + '/';
    for (auto at = m_nodes.lower_bound(prefix); at != m_nodes.end() && at->first.starts_with(prefix); ++at) {
        const std::string_view name = std::string_view(at->first).substr(prefix.size());
        if (name.contains('/'))
            continue;
        const Status status = at->second->status;
        entries.push_back({std::string(name),
                           status == Status::Regular         ? EntryKind::Regular
                               : status == Status::Directory ? EntryKind::Directory
                                                             : EntryKind::Other});
    }
    return entries;
}

} // namespace nuages::source
