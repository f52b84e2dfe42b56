#include "lsp/server/filetrace.h"

#include <algorithm>
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
    std::vector<std::string> paths;
    for (const trace::Node &node : batch.nodes) {
        if (!node.isInput || node.file.empty())
            continue;
        if (const auto view = m_files.view(node.file))
            m_inputs.emplace_back(node.id, view->file);
        paths.push_back(node.file);
    }
    for (const trace::Execution &execution : batch.executions) {
        if (execution.outcome != trace::Outcome::InputSet)
            continue;
        const auto input =
            std::ranges::lower_bound(m_inputs, execution.node, {}, &std::pair<trace::NodeId, source::File>::first);
        if (input != m_inputs.end() && input->first == execution.node)
            paths.push_back(pathOf(input->second));
    }
    if (std::exchange(m_looksAtAll, false)) {
        for (const auto &[node, file] : m_inputs)
            paths.push_back(pathOf(file));
    }
    const std::map<std::string, Seen, std::less<>> before = std::exchange(m_open, {});
    for (const auto &[path, document] : documents.all()) {
        const Seen seen{document.instance, document.version, m_disk.state(path).stamp};
        const auto known = before.find(path);
        if (known == before.end() || known->second != seen)
            paths.push_back(path);
        m_open.emplace(path, seen);
    }
    for (const auto &[path, seen] : before) {
        if (!m_open.contains(path))
            paths.push_back(path);
    }
    std::ranges::sort(paths);
    paths.erase(std::ranges::unique(paths).begin(), paths.end());
    batch.files.reserve(batch.files.size() + paths.size());
    for (const std::string &path : paths)
        batch.files.push_back(recordOf(path, documents));
    for (const source::Files::Reading &reading : m_files.takeReadings())
        batch.texts.push_back({reading.path, reading.revision, reading.text.bytes()});
}

std::string FileTrace::pathOf(source::File file) const
{
    return m_engine.nameOf(m_engine.keyOf<&source::FileData::stamp>(file)).path;
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
