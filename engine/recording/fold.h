#pragma once

#include "engine/trace/store.h"

#include <map>
#include <string>

namespace nuages::recording {

/// Many batches become one that a store can begin with: all names, the last that was told of each thing, and the counts
/// of each revision. What else happened in them is forgotten.
class Fold
{
public:
    /// In order.
    void add(trace::Batch batch);

    trace::Batch take();

private:
    trace::Store m_store{
        {.executions = 0, .waits = 0, .revisions = 1'000'000, .requests = 1, .textBytes = 0, .valueBytes = 0}};
    trace::Batch m_last; ///< With the nodes of all.
    std::map<trace::NodeId, trace::Memo> m_memos;
    std::map<trace::RequestId, trace::RequestRecord> m_requests; ///< Not yet ended.
    std::map<std::string, trace::FileRecord> m_files;
    std::map<std::string, trace::LookRecord> m_looks; ///< By path: the last, with what was found.
    std::map<trace::Revision, trace::Commit> m_commits; ///< Of the present revision.
};

} // namespace nuages::recording
