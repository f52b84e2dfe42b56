#include "app/tracefile.h"

#include <cerrno>
#include <cstring>
#include <format>
#include <utility>

namespace nuages::app {

std::expected<TraceFile, Failure> TraceFile::create(const std::string &path)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    if (!file)
        return std::unexpected(Failure{std::format("cannot write the trace {}: {}", path, std::strerror(errno))});
    return TraceFile(std::move(file));
}

void TraceFile::write(const trace::Batch &batch)
{
    for (const trace::Node &node : batch.nodes)
        m_names.insert_or_assign(node.id, nameOf(node)); // Numbers begin anew when an inspector comes.
    for (const trace::Commit &commit : batch.commits)
        m_file << std::format("{} written by {}\n", commit.revision, commit.label);
    for (const trace::Execution &execution : batch.executions)
        m_file << std::format("{} {}: {}\n", execution.revision, nameOf(execution.outcome), m_names[execution.node]);
    m_file.flush();
}

} // namespace nuages::app
