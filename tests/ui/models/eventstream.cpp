#include "tests/ui/models/eventstream.h"

#include <algorithm>
#include <format>

namespace nuages::tests {

using trace::NodeId;
using trace::Outcome;

EventStream::EventStream(unsigned seed, int files) : m_random(seed), m_others(std::size_t(files))
{
    for (std::vector<int> &others : m_others) {
        for (int count = below(4); count > 0; --count)
            others.push_back(below(files));
    }
}

std::string EventStream::pathOf(int file) { return std::format("/shop/templates/{:04}.html", file); }

std::shared_ptr<const trace::Batch> EventStream::first()
{
    auto batch = std::make_shared<trace::Batch>();
    begin(*batch);
    for (int file = 0; file < int(m_others.size()); ++file)
        addFile(*batch, file);
    for (int file = 0; file < int(m_others.size()); ++file) {
        for (const Stage stage : {Text, Tree, Findings}) {
            add(*batch, idOf(file, stage), Outcome::ExecutedNew);
            addMemo(*batch, file, stage);
        }
    }
    return batch;
}

std::shared_ptr<const trace::Batch> EventStream::edit()
{
    auto batch = std::make_shared<trace::Batch>();
    ++m_revision;
    begin(*batch);
    const int file = below(int(m_others.size()));
    const std::uint64_t sequence = ++m_sequence;
    batch->commits.push_back({m_revision, "textDocument/didChange", query::Durability::Low, 1, sequence});
    add(*batch, idOf(file, Stamp), Outcome::InputSet);
    add(*batch, idOf(file, Text), Outcome::ExecutedChanged, idOf(file, Stamp));
    const bool isSame = below(2) == 0;
    add(*batch, idOf(file, Tree), isSame ? Outcome::ExecutedBackdated : Outcome::ExecutedChanged, idOf(file, Text));
    add(*batch, idOf(file, Findings), isSame ? Outcome::Validated : Outcome::ExecutedChanged, idOf(file, Tree));
    for (const int other : m_others[std::size_t(file)])
        add(*batch, idOf(other, Findings), below(5) == 0 ? Outcome::Cancelled : Outcome::Validated);
    if (below(4) == 0 && !isSame) { // It reads others from now on.
        m_others[std::size_t(file)] = {below(int(m_others.size()))};
        addMemo(*batch, file, Findings);
    }
    addRequest(*batch, file);
    batch->files.push_back({.path = pathOf(file),
                            .shown = pathOf(file).substr(6),
                            .status = trace::FileRecord::Status::Overlay,
                            .version = std::int32_t(m_revision),
                            .equalsDisk = below(2) == 0,
                            .changedAt = m_revision});
    return batch;
}

void EventStream::begin(trace::Batch &batch)
{
    batch.number = ++m_batches;
    batch.revision = m_revision;
    const auto files = std::uint64_t(m_others.size());
    for (const char *kind : {"Findings", "Text", "Tree"})
        batch.kinds.push_back({kind, false, files, {}});
    batch.kinds.push_back({"File", true, files, {}});
}

void EventStream::addFile(trace::Batch &batch, int file)
{
    const std::string path = pathOf(file);
    const std::string key = path.substr(6);
    batch.nodes.push_back({idOf(file, Stamp), "File", key, "stamp", path, true});
    batch.nodes.push_back({idOf(file, Text), "Text", key, {}, path, false});
    batch.nodes.push_back({idOf(file, Tree), "Tree", key, {}, path, false});
    batch.nodes.push_back({idOf(file, Findings), "Findings", key, {}, path, false});
    trace::FileRecord record;
    record.path = path;
    record.shown = key;
    record.status = trace::FileRecord::Status::Disk;
    record.changedAt = 1;
    batch.files.push_back(std::move(record));
}

void EventStream::add(trace::Batch &batch, NodeId node, Outcome outcome, NodeId cause)
{
    trace::Execution execution;
    execution.node = node;
    execution.revision = m_revision;
    execution.outcome = outcome;
    execution.reason = cause == 0 ? query::Reason::NeverComputed : query::Reason::DependencyChanged;
    execution.cause = cause;
    execution.request = m_request;
    execution.selfNs = execution.durationNs = std::uint64_t(1 + below(1'000'000));
    execution.since = m_revision - 1;
    execution.sequence = ++m_sequence;
    execution.edges = 1;
    batch.executions.push_back(execution);
}

void EventStream::addMemo(trace::Batch &batch, int file, Stage stage)
{
    trace::Memo memo;
    memo.node = idOf(file, stage);
    memo.changedAt = memo.verifiedAt = m_revision;
    memo.reads = {idOf(file, Stage(stage - 1))};
    if (stage == Findings) {
        for (const int other : m_others[std::size_t(file)]) {
            if (const NodeId read = idOf(other, Tree); !std::ranges::contains(memo.reads, read))
                memo.reads.push_back(read);
        }
    }
    batch.memos.push_back(std::move(memo));
}

void EventStream::addRequest(trace::Batch &batch, int file)
{
    using State = trace::RequestRecord::State;
    if (m_request == 0 || below(3) > 0)
        ++m_request;
    batch.requests.push_back({.id = m_request,
                              .method = "textDocument/hover",
                              .document = pathOf(file),
                              .state = State(below(5)),
                              .begun = m_revision,
                              .ended = m_revision,
                              .attempts = 1,
                              .at = 1,
                              .durationNs = std::uint64_t(below(1'000'000))});
}

} // namespace nuages::tests
