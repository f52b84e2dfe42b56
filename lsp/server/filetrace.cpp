#include "lsp/server/filetrace.h"

#include <utility>

namespace nuages::server {

namespace {

using Status = trace::FileRecord::Status;

Status statusOf(source::Status status)
{
    switch (status) {
    case source::Status::Absent:
        return Status::Absent;
    case source::Status::Regular:
        return Status::Disk;
    case source::Status::Directory:
        return Status::Directory;
    case source::Status::Unreadable:
        break;
    }
    return Status::Unreadable;
}

} // namespace

void FileTrace::addTo(trace::Batch &batch, const Documents &documents)
{
    std::set<std::string, std::less<>> paths;
    for (const trace::Node &node : batch.nodes) {
        if (node.isInput && !node.file.empty()) {
            m_paths.emplace(node.id, node.file);
            paths.insert(node.file);
        }
    }
    for (const trace::Execution &execution : batch.executions) {
        if (execution.outcome != trace::Outcome::InputSet)
            continue;
        if (const auto path = m_paths.find(execution.node); path != m_paths.end())
            paths.insert(path->second);
    }
    if (std::exchange(m_looksAtAll, false)) {
        for (const auto &[node, path] : m_paths)
            paths.insert(path);
    }
    std::map<std::string, Seen, std::less<>> open;
    for (const auto &[path, document] : documents.all()) {
        const Seen seen{document.instance, document.version, m_disk.state(path).stamp};
        const auto before = m_open.find(path);
        if (before == m_open.end() || before->second != seen)
            paths.insert(path);
        open.emplace(path, seen);
    }
    for (const auto &[path, seen] : m_open) {
        if (!open.contains(path))
            paths.insert(path);
    }
    m_open = std::move(open);
    for (const std::string &path : paths)
        batch.files.push_back(recordOf(path, documents));
    for (const source::Files::Reading &reading : m_files.takeReadings())
        batch.texts.push_back({reading.path, reading.revision, reading.text.bytes()});
}

trace::FileRecord FileTrace::recordOf(const std::string &path, const Documents &documents) const
{
    trace::FileRecord record;
    record.path = path;
    record.shown = path;
    if (const auto view = m_files.view(path)) {
        record.status = statusOf(view->status);
        const query::DependencyKey stamp = m_engine.keyOf<&source::FileData::stamp>(view->file);
        const auto state = m_engine.memo(stamp);
        record.changedAt = state->changedAt;
        record.durability = state->durability;
        record.shown = m_engine.nameOf(stamp).key;
    }
    if (m_files.hasOverlay(path)) {
        record.status = Status::Overlay;
        record.equalsDisk = m_files.overlayEqualsDisk(path);
    }
    if (const OpenDocument *document = documents.find(path))
        record.version = document->version;
    return record;
}

} // namespace nuages::server
