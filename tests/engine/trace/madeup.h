#pragma once

#include "engine/trace/store.h"

#include <string>
#include <utility>
#include <vector>

namespace nuages::tests {

/// What an engine did that there never was, told line by line.
struct MadeUp {
    trace::Store store;
    trace::Revision revision = 1;
    std::uint64_t sequence = 0;
    trace::RequestId request = 0;

    explicit MadeUp(trace::Store::Limits limits = {}) : store(limits) { }

    void tell(trace::Batch batch)
    {
        batch.revision = revision;
        batch.kinds = store.kinds();
        store.apply(batch);
    }

    trace::NodeId add(const std::string &kind, const std::string &key, const std::string &field = {},
                      const std::string &file = {})
    {
        trace::Batch batch;
        batch.nodes.push_back({store.lastNode() + 1, kind, key, field, file, !field.empty()});
        tell(batch);
        return store.lastNode();
    }

    void memo(trace::NodeId node, std::vector<trace::NodeId> reads,
              trace::Durability durability = trace::Durability::Low)
    {
        trace::Batch batch;
        batch.memos.push_back({node, store.state(node).changedAt, revision, durability, false, std::move(reads)});
        tell(batch);
    }

    trace::Execution happened(trace::NodeId node, trace::Outcome outcome, trace::NodeId cause = 0,
                              std::uint64_t selfNs = 0, std::uint32_t edges = 0)
    {
        trace::Batch batch;
        const bool isCaused = cause != 0;
        batch.executions.push_back(
            {.node = node,
             .revision = revision,
             .outcome = outcome,
             .reason = isCaused ? trace::Reason::DependencyChanged : trace::Reason::NeverComputed,
             .cause = cause,
             .request = request,
             .durationNs = selfNs,
             .selfNs = selfNs,
             .since = revision - 1,
             .sequence = ++sequence,
             .edges = edges});
        if (isExecution(outcome) && isChange(outcome))
            batch.memos.push_back({node, revision, revision, store.state(node).durability, false, store.reads(node)});
        tell(batch);
        return batch.executions.front();
    }

    /// Opens the next revision by setting these.
    void set(const std::vector<trace::NodeId> &inputs)
    {
        ++revision;
        trace::Batch batch;
        batch.commits.push_back({.revision = revision, .label = "edit", .sequence = ++sequence});
        tell(batch);
        for (const trace::NodeId input : inputs)
            happened(input, trace::Outcome::InputSet);
    }
};

} // namespace nuages::tests
