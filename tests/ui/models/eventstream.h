#pragma once

#include "engine/trace/batch.h"

#include <memory>
#include <random>
#include <string>
#include <vector>

namespace nuages::tests {

/// Makes batches as a recorder would, of a made-up project: files are inputs, and each has a text, a tree and findings
/// that read each other and some trees of other files. The same seed gives the same batches.
class EventStream
{
public:
    EventStream(unsigned seed, int files);

    /// Everything runs for the first time.
    std::shared_ptr<const trace::Batch> first();

    /// One edit of one file: its chain runs, whoever reads it is checked or not, a request comes by.
    std::shared_ptr<const trace::Batch> edit();

    static std::string pathOf(int file);

private:
    enum Stage { Stamp, Text, Tree, Findings, StageCount };

    static trace::NodeId idOf(int file, Stage stage) { return trace::NodeId(file * StageCount + stage + 1); }
    int below(int bound) { return int(m_random() % unsigned(bound)); }

    void begin(trace::Batch &batch);
    void addFile(trace::Batch &batch, int file);
    void add(trace::Batch &batch, trace::NodeId node, trace::Outcome outcome, trace::NodeId cause = 0);
    void addMemo(trace::Batch &batch, int file, Stage stage);
    void addRequest(trace::Batch &batch, int file);

    std::mt19937 m_random;
    std::vector<std::vector<int>> m_others; ///< Of each file, those whose trees its findings read.
    trace::Revision m_revision = 1;
    std::uint64_t m_batches = 0;
    std::uint64_t m_sequence = 0;
    trace::RequestId m_request = 0;
};

} // namespace nuages::tests
