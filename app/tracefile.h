#pragma once

#include "app/failure.h"
#include "engine/trace/batch.h"

#include <expected>
#include <fstream>
#include <string>
#include <unordered_map>

namespace nuages::app {

/// What the engine did, as lines of a text file: "3 written by textDocument/didChange" for a revision, and for each
/// thing that happened in it "3 ran, changed: Template(base.html)".
///
/// Belongs to one thread.
class TraceFile
{
public:
    /// Empties the file, or makes it.
    [[nodiscard]] static std::expected<TraceFile, Failure> create(const std::string &path);

    /// Appends a batch, and gives it to the system at once.
    void write(const trace::Batch &batch);

private:
    explicit TraceFile(std::ofstream file) : m_file(std::move(file)) { }

    std::ofstream m_file;
    std::unordered_map<trace::NodeId, std::string> m_names;
};

} // namespace nuages::app
